"""The blank cards over time."""

from ektp_sched.domain import Plan, Problem
from ektp_sched.language import Language, usual_language
from ektp_sched.report.dates import short_day
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome, outcome_in
from ektp_sched.report.pictures.common import (
    BLUE,
    ORANGE,
    RED,
    Axes,
    FuncFormatter,
    axes_for,
    legend_below,
    plain,
)
from ektp_sched.report.texts import text

_INCHES_PER_TICK = 0.85
_WIDE = 7  # inches from which on the legend has two columns


def plot_ledger(
    problem: Problem, plan: Plan, ax: Axes | None = None, *, language: Language | None = None
) -> Axes:
    """Draw the stock of blank cards at the end of each day, its low point, reserve, deliveries.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    language = language or usual_language()
    outcome = outcome_in(language, problem, plan)
    rows = outcome.report.ledger.rows
    days = range(len(rows))
    levels = [row.closing for row in rows]
    ax = axes_for(ax, width=9, height=3.6)
    ax.fill_between(days, levels, step="post", alpha=0.15, color=BLUE)
    ax.step(days, levels, where="post", color=BLUE, label=text("level", language))
    if outcome.is_uncertain:
        uncertain = [row.closing for row in outcome.rows_with_contingent]
        name = text("level_contingent", language)
        ax.step(days, uncertain, where="post", color=ORANGE, linestyle="--", label=name)
    reserve = f"{text('reserve_line', language)} ({number(problem.stock.reserve, language)})"
    ax.axhline(problem.stock.reserve, color=RED, linestyle=":", label=reserve)
    _deliveries(ax, outcome, language)
    _low(ax, levels, language)
    width = ax.get_window_extent().width / ax.figure.dpi
    _ticks(ax, outcome, language, most=max(2, int(width / _INCHES_PER_TICK)))
    legend_below(ax, columns=2 if width >= _WIDE else 1)
    ax.set_title(plain(f"{problem.name}: {text('ledger', language)}"))
    return ax


def _deliveries(ax: Axes, outcome: Outcome, language: Language) -> None:
    for one in outcome.problem.stock.deliveries:
        if one.date not in outcome.days:
            continue
        day = outcome.days.index(one.date)
        rows = outcome.report.ledger.rows if one.confirmed else outcome.rows_with_contingent
        name = "delivery_confirmed" if one.confirmed else "delivery_unconfirmed"
        ax.plot(
            [day],
            [rows[day].closing],
            marker="^",
            markersize=9,
            linestyle="none",
            color="black",
            fillstyle="full" if one.confirmed else "none",
            label=f"{text(name, language)}: {number(one.cards, language)}",
        )


def _low(ax: Axes, levels: list[int], language: Language) -> None:
    low = min(range(len(levels)), key=levels.__getitem__)
    ax.annotate(
        number(levels[low], language),
        (low, levels[low]),
        xytext=(-4, 10),
        textcoords="offset points",
        ha="right" if low > len(levels) / 2 else "left",
        color=RED,
        fontweight="bold",
    )


def _ticks(ax: Axes, outcome: Outcome, language: Language, *, most: int) -> None:
    mondays = [n for n, day in enumerate(outcome.days) if day.weekday() == 0] or [0]
    shown = mondays[:: -(-len(mondays) // most)]
    ax.set_xticks(shown, [short_day(outcome.days[n], language) for n in shown])
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    ax.grid(axis="y", alpha=0.3)
    ax.margins(x=0)
