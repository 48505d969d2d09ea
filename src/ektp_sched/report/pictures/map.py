"""The map: schools by size and state, and the routes of one day if asked for."""

from datetime import date
from math import cos, radians

from ektp_sched.domain import Plan, Problem
from ektp_sched.language import Language, usual_language
from ektp_sched.report.dates import short_day
from ektp_sched.report.outcome import Outcome, outcome_in
from ektp_sched.report.pictures.common import COLOURS, MARKERS, Axes, axes_for, legend_below, plain
from ektp_sched.report.texts import text

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
    for number, route in enumerate(routes):
        ax.plot(
            [place.lon for place in route.places],
            [place.lat for place in route.places],
            linestyle=_DASHES[number % len(_DASHES)],
            linewidth=1.5,
            color=f"C{number + 4}",
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
