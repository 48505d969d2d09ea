"""Static pictures for notebooks and documents; they need matplotlib, of the extra `plot`."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import cos, radians
from typing import Any, Literal

from ektp_sched.domain import Plan, Problem, ServiceState, Visit, VisitStatus, minute_of
from ektp_sched.errors import extra
from ektp_sched.report.dates import period, short_day
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome, figures, outcome_in
from ektp_sched.report.texts import text
from ektp_sched.texts.language import Language, usual_language
from ektp_sched.texts.vocabulary import word

with extra("plot"):
    from matplotlib import pyplot
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch, Rectangle
    from matplotlib.text import Text
    from matplotlib.ticker import FuncFormatter
    from matplotlib.transforms import ScaledTranslation
    from PIL import Image

# Okabe and Ito's colours; a second sign (hatch, marker, dashes) tells the same.
BLUE, ORANGE, PURPLE, RED, GREY = "#0072b2", "#e69f00", "#a8326d", "#b42318", "#6e7781"
FILLS: dict[VisitStatus, str] = {
    "proposed": "#d6e8f5",
    "confirmed": BLUE,
    "done": GREY,
    "contingent": "#fff6e0",
}
INKS: dict[VisitStatus, str] = {
    "proposed": "black",
    "confirmed": "white",
    "done": "white",
    "contingent": "black",
}
HATCHES: dict[VisitStatus, str] = {"proposed": "", "confirmed": "", "done": "", "contingent": "///"}
MARKERS: dict[ServiceState, str] = {"served": "o", "partly": "D", "not": "s", "nobody": "^"}
COLOURS: dict[ServiceState, str] = {
    "served": BLUE,
    "partly": ORANGE,
    "not": PURPLE,
    "nobody": GREY,
}

_BELOW = 22 / 72  # inches from the axes to the legend, which the numbers along them need
_PADDING = 0.6  # of the height of its letters, before the end of a bar


def axes_for(ax: Axes | None, *, width: float, height: float) -> Axes:
    """`ax`, or the axes of a new figure of that size in inches."""
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def legend_below(ax: Axes, *, columns: int, handles: Sequence[Artist] | None = None) -> None:
    """Say below the axes what is what, where it covers nothing."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    lower = ScaledTranslation(0, -_BELOW, figure.dpi_scale_trans)
    ax.legend(
        handles=ax.get_legend_handles_labels()[0] if handles is None else handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=ax.transAxes + lower,
        borderaxespad=0,
        ncols=columns,
        fontsize=8,
        frameon=False,
    )


def plain(text: str) -> str:
    """A text that matplotlib takes for no formula."""
    return text.replace("$", r"\$")


class BarLabel(Text):
    """Words in a bar; where it has no room for them all, they end in an ellipsis.

    How much room there is shows only when they are drawn.
    """

    def __init__(self, bar: Rectangle, x: float, y: float, words: str, **style: Any) -> None:
        super().__init__(x, y, words, parse_math=False, va="center", **style)
        self._bar, self._words = bar, words
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Draw as many of the words as there is room for."""
        self.set_text(self._words)
        extent = self.get_window_extent(renderer)
        room = self._bar.get_window_extent(renderer).x1 - extent.x0 - _PADDING * extent.height
        if extent.width > room:
            letters = max(0, int(len(self._words) * room / extent.width) - 1)
            self.set_text(self._words[:letters].rstrip(" ·") + "…")
        super().draw(renderer)


__all__ = [
    "BLUE",
    "COLOURS",
    "FILLS",
    "HATCHES",
    "INKS",
    "MARKERS",
    "ORANGE",
    "RED",
    "Axes",
    "BarLabel",
    "Figure",
    "FuncFormatter",
    "Image",
    "Patch",
    "axes_for",
    "legend_below",
    "plain",
    "pyplot",
]


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


_SMALLEST, _LARGEST = 12.0, 260.0  # areas of symbols, in square points
_DASHES = ("-", "--", ":", "-.")


def plot_map(
    problem: Problem,
    plan: Plan,
    ax: Axes | None = None,
    *,
    day: date | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw the schools where they are, and with `day` the routes of that day.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    language = language or usual_language()
    outcome = outcome_in(language, problem, plan)
    ax = axes_for(ax, width=7, height=7)
    largest = max((one.pupils for one in outcome.schools), default=0) or 1
    by_size = sorted(outcome.schools, key=lambda one: -one.pupils)  # small ones stay in sight
    for state in outcome.states:
        some = [one for one in by_size if one.state == state]
        if not some:
            continue
        ax.scatter(
            [one.school.location.lon for one in some],
            [one.school.location.lat for one in some],
            s=[_SMALLEST + (_LARGEST - _SMALLEST) * one.pupils / largest for one in some],
            marker=MARKERS[state],
            color=COLOURS[state],
            alpha=0.8,
            edgecolors="white",
            linewidths=0.5,
            label=f"{text(state, language)} ({len(some)})",
        )
    if day is not None:
        _routes(ax, outcome, day)
    _frame(ax, outcome)
    legend_below(ax, columns=2)
    shown = f", {short_day(day, language)}" if day else ""
    ax.set_title(plain(f"{problem.name}{shown}"))
    return ax


def _routes(ax: Axes, outcome: Outcome, day: date) -> None:
    routes = [route for route in outcome.routes if route.date == day]
    for turn, route in enumerate(routes):
        ax.plot(
            [place.lon for place in route.places],
            [place.lat for place in route.places],
            linestyle=_DASHES[turn % len(_DASHES)],
            linewidth=1.5,
            color=f"C{turn + 4}",
            label=plain(outcome.team_names[route.team]),
        )
        for order, place in enumerate(route.places[1:-1], start=1):
            ax.annotate(
                str(order),
                (place.lon, place.lat),
                xytext=(5, 5),
                textcoords="offset points",
                fontsize=8,
                fontweight="bold",
            )


def _frame(ax: Axes, outcome: Outcome) -> None:
    """A degree east as long as it is there, and no axes: the picture is about who is where."""
    places = [school.location for school in outcome.problem.schools]
    middle = sum(place.lat for place in places) / max(1, len(places))
    ax.set_aspect(1 / max(0.01, cos(radians(middle))), adjustable="datalim")
    ax.set_xticks([])
    ax.set_yticks([])


_WIDTH, _TOP = 10.0, 5.2  # inches: the sheet, and what stands above the calendar
_FIGURES_TOLD = 3


def plot_plan(
    problem: Problem, plan: Plan, *, day: date | None = None, language: Language | None = None
) -> Figure:
    """Draw map, blank cards and calendar together, with the figures that matter above them.

    Parameters
    ----------
    day
        A day whose routes the map shows.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    language = language or usual_language()
    outcome = outcome_in(language, problem, plan)
    calendar = gantt_height(len(outcome.routes))
    figure = pyplot.figure(figsize=(_WIDTH, _TOP + calendar), layout="constrained")
    grid = figure.add_gridspec(2, 2, height_ratios=[_TOP, calendar], width_ratios=[4, 5])
    chart = plot_map(problem, plan, figure.add_subplot(grid[0, 0]), day=day, language=language)
    chart.set_title(_title_of_map(day, language))
    chart = plot_ledger(problem, plan, figure.add_subplot(grid[0, 1]), language=language)
    chart.set_title(text("ledger", language))
    chart = plot_gantt(problem, plan, figure.add_subplot(grid[1, :]), language=language)
    chart.set_title(text("calendar", language))
    figure.suptitle(plain(_heading(outcome, language)), fontsize=11)
    return figure


def _title_of_map(day: date | None, language: Language) -> str:
    if day is None:
        return text("map_of_schools", language)
    return text("map_of_day", language, day=short_day(day, language))


def _heading(outcome: Outcome, language: Language) -> str:
    problem = outcome.problem
    told = figures(outcome, language)[:_FIGURES_TOLD]
    lines = [f"{one.value} {one.name} ({one.more})" for one in told]
    return "\n".join([f"{problem.name}, {period(problem.start, problem.end, language)}", *lines])


FORMATS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
Show = Literal["plan", "calendar", "map", "blanks"]

_DPI, _COLOURS = 110, 256


def picture_bytes(
    problem: Problem,
    plan: Plan,
    *,
    suffix: str,
    show: Show,
    day: date | None,
    language: Language,
) -> bytes:
    """A picture of a plan or of one part of it, as the bytes of a file.

    Parameters
    ----------
    suffix
        One of FORMATS. A picture in pixels has few colours, so that it is small enough to be sent.
    day
        A day whose routes the map shows.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    pyplot.switch_backend("agg")
    figure = _figure(problem, plan, show, day, language)
    with BytesIO() as file:
        figure.savefig(file, format=FORMATS[suffix], dpi=_DPI)
        pyplot.close(figure)
        return _smaller(file) if suffix == ".png" else file.getvalue()


def _figure(
    problem: Problem, plan: Plan, show: Show, day: date | None, language: Language
) -> Figure:
    match show:
        case "plan":
            return plot_plan(problem, plan, day=day, language=language)
        case "calendar":
            axes = plot_gantt(problem, plan, language=language)
        case "map":
            axes = plot_map(problem, plan, day=day, language=language)
        case "blanks":
            axes = plot_ledger(problem, plan, language=language)
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


def _smaller(picture: BytesIO) -> bytes:
    with Image.open(picture) as drawn, BytesIO() as file:
        few = drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(file, "png", optimize=True)
        return file.getvalue()
