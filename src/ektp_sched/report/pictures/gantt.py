"""The Gantt chart: a row for each team and day with visits, a bar for each visit."""

from typing import Any

from ektp_sched.domain import Plan, Problem, Visit, VisitStatus, minute_of
from ektp_sched.language import Language, usual_language
from ektp_sched.report.dates import short_day
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome, outcome_in
from ektp_sched.report.pictures.common import (
    FILLS,
    HATCHES,
    INKS,
    Axes,
    BarLabel,
    Patch,
    axes_for,
    legend_below,
    plain,
)
from ektp_sched.report.texts import text
from ektp_sched.report.vocabulary import word

_HEIGHT = 0.8
_INCHES_PER_ROW = 0.24
_HIGHEST = 400  # inches; no picture can have more than 65,536 pixels
_NAME_FROM = 60  # minutes that a bar must last to have room for its school's name


def plot_gantt(
    problem: Problem, plan: Plan, ax: Axes | None = None, *, language: Language | None = None
) -> Axes:
    """Draw the visits: hours of the day across, teams and days down.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    language = language or usual_language()
    outcome = outcome_in(language, problem, plan)
    routes = outcome.routes
    ax = axes_for(ax, width=10, height=gantt_height(len(routes)))
    for row, route in enumerate(routes):
        for visit in route.visits:
            _draw(ax, row, visit, outcome.school_names[visit.school], language)
    rows = [f"{short_day(r.date, language)} · {outcome.team_names[r.team]}" for r in routes]
    ax.set_yticks(range(len(rows)), [plain(row) for row in rows])
    ax.set_ylim(max(1, len(rows)) - 0.5, -0.5)
    _hours(ax, [visit for route in routes for visit in route.visits])
    _legend(ax, outcome, language)
    ax.set_title(plain(f"{problem.name}: {text('calendar', language)}"))
    return ax


def gantt_height(rows: int) -> float:
    """The inches that so many team-days need."""
    return min(_HIGHEST, 1.2 + _INCHES_PER_ROW * max(4, rows))


def _draw(ax: Axes, row: int, visit: Visit, school: str, language: Language) -> None:
    start, end = minute_of(visit.start), minute_of(visit.end)
    bars = ax.barh(
        row,
        end - start,
        left=start,
        height=_HEIGHT,
        color=FILLS[visit.status],
        edgecolor="black",
        linewidth=0.5,
        hatch=HATCHES[visit.status],
    )
    label = number(visit.recorded, language)
    if end - start >= _NAME_FROM:
        label += f" · {school}"
    style: dict[str, Any] = {"fontsize": 7, "color": INKS[visit.status]}
    if HATCHES[visit.status]:  # letters stand out from the hatch
        style["bbox"] = {"facecolor": FILLS[visit.status], "edgecolor": "none", "pad": 1}
    ax.add_artist(BarLabel(bars[0], start + 3, row, label, **style))


def _legend(ax: Axes, outcome: Outcome, language: Language) -> None:
    """What the colours mean, where there are several."""
    statuses = [one for one in FILLS if any(visit.status == one for visit in outcome.visits)]
    if len(statuses) > 1:
        legend_below(ax, columns=len(statuses), handles=[_key(one, language) for one in statuses])


def _key(status: VisitStatus, language: Language) -> Patch:
    return Patch(
        facecolor=FILLS[status],
        edgecolor="black",
        linewidth=0.5,
        hatch=HATCHES[status],
        label=word(status, language),
    )


def _hours(ax: Axes, visits: list[Visit]) -> None:
    first = min((visit.start.hour for visit in visits), default=7)
    last = max((-(-minute_of(visit.end) // 60) for visit in visits), default=16)
    hours = range(first, last + 1)
    ax.set_xticks([hour * 60 for hour in hours], [f"{hour:02d}:00" for hour in hours])
    ax.set_xlim(first * 60, last * 60)
    ax.grid(axis="x", alpha=0.3)
    ax.set_axisbelow(True)
