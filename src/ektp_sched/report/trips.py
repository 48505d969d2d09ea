"""When a team has to leave for each of its visits, and when it is back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from ektp_sched.desk.promises import in_order
from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.domain.scalars import clock_of
from ektp_sched.rulebook.travel import TravelTimes

_LAST_MINUTE = 24 * 60 - 1


@dataclass(frozen=True, slots=True)
class Trip:
    """A visit with the latest time to leave the place before it.

    `back` is when the team is back at its base; None where it goes on to another school that day.
    """

    visit: Visit
    leave: time
    back: time | None


def coming_trips(problem: Problem, plan: Plan) -> list[Trip]:
    """The visits that are not done, in order of date, start and school."""
    coming = [visit for visit in plan.visits if visit.status != "done"]
    ordered = sorted(coming, key=lambda visit: (visit.team, *in_order(visit)))
    days = groupby(ordered, key=lambda visit: (visit.team, visit.date))
    bases = {team.id: team.base for team in problem.teams}
    travel = TravelTimes(problem)
    trips = (trip for (team, _), visits in days for trip in _day(list(visits), bases[team], travel))
    return sorted(trips, key=lambda trip: in_order(trip.visit))


def _day(visits: list[Visit], base: str, travel: TravelTimes) -> Iterator[Trip]:
    """The trips of one team on one date."""
    place = base
    for number, visit in enumerate(visits, start=1):
        leave = minute_of(visit.start) - travel.minutes(place, visit.school)
        home = minute_of(visit.end) + travel.minutes(visit.school, base)
        yield Trip(visit, _clock(leave), _clock(home) if number == len(visits) else None)
        place = visit.school


def _clock(minute: int) -> time:
    """A time of that day; a plan that breaks rules may ask for one before or after it."""
    return clock_of(min(max(minute, 0), _LAST_MINUTE))
