"""Changes of a problem that take no plan away and make none worse.

Not among them: more pupils (a visit may then be too small, R10), more hours (the lesson percent
of a stay may rise), a longer horizon (the reserve must hold on more dates).
"""

from collections.abc import Callable
from typing import Any

from ektp_sched.domain import MatrixTravel, Problem, Shift, Stock, Team, minute_of
from tests.strategies.frame import clock
from tests.strategies.schools import TAGS

Relaxation = Callable[[Problem], Problem]


def _with_stock(problem: Problem, **changes: Any) -> Problem:
    return problem.model_copy(update={"stock": problem.stock.model_copy(update=changes)})


def _with_each_team(problem: Problem, change: Callable[[Team], dict[str, Any]]) -> Problem:
    teams = tuple(team.model_copy(update=change(team)) for team in problem.teams)
    return problem.model_copy(update={"teams": teams})


def _with_each_school(problem: Problem, **changes: Any) -> Problem:
    schools = tuple(school.model_copy(update=changes) for school in problem.schools)
    return problem.model_copy(update={"schools": schools})


def _longer(shift: Shift) -> Shift:
    start, end = minute_of(shift.start) - 45, minute_of(shift.end) + 45
    return Shift(days=shift.days, start=clock(start), end=clock(end))


def _all_delivered(stock: Stock) -> dict[str, Any]:
    confirmed = {"confirmed": True}
    return {"deliveries": tuple(d.model_copy(update=confirmed) for d in stock.deliveries)}


def _one_more_team(problem: Problem) -> Problem:
    spare = problem.teams[0].model_copy(update={"id": "T-spare"})
    return problem.model_copy(update={"teams": (*problem.teams, spare)})


def _no_way_to_go(problem: Problem) -> Problem:
    places = tuple(problem.place_ids)
    minutes = tuple((0,) * len(places) for _ in places)
    return problem.model_copy(update={"travel": MatrixTravel(places=places, minutes=minutes)})


RELAXATIONS: dict[str, Relaxation] = {
    "more stock": lambda p: _with_stock(p, opening=p.stock.opening + 3),
    "no reserve": lambda p: _with_stock(p, reserve=0),
    "fewer at the counters": lambda p: _with_stock(p, walk_in_per_day=0, walk_in_overrides={}),
    "deliveries confirmed": lambda p: _with_stock(p, **_all_delivered(p.stock)),
    "longer shifts": lambda p: _with_each_team(
        p, lambda team: {"shifts": tuple(map(_longer, team.shifts))}
    ),
    "no breaks": lambda p: _with_each_team(p, lambda team: {"breaks": ()}),
    "one more kit": lambda p: _with_each_team(p, lambda team: {"kits": team.kits + 1}),
    "all skills": lambda p: _with_each_team(p, lambda team: {"skills": frozenset(TAGS)}),
    "no team limits": lambda p: _with_each_team(
        p, lambda team: {"max_visits_per_day": None, "max_travel_minutes": None}
    ),
    "one more team": _one_more_team,
    "smaller visits": lambda p: _with_each_school(p, min_students=0),
    "more visits": lambda p: _with_each_school(p, max_visits=9, min_gap_days=0),
    "more teams at once": lambda p: _with_each_school(p, max_teams_per_day=2),
    "no travel": _no_way_to_go,
}
