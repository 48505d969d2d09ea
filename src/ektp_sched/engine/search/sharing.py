"""Visits that may be made and the pupils, dates, blanks and resources they share, for CP-SAT.

What allotting pupils to given stops and choosing among whole tours have in common: R7, R8, R11
and the terms that follow from who is recorded where. A PlanState gives what there is to share.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

from ortools.sat.python import cp_model

from ektp_sched.engine.instance import Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.state import (
    LESSONS,
    SCHOOLS,
    SHORTFALL,
    STUDENTS,
    WAIT,
    Demand,
    PlanState,
)

Expr = cp_model.LinearExpr | int


@dataclass(slots=True)
class Candidate:
    """A visit that may be made, with what it may record by cohort."""

    team_day: int
    school: int
    day: int
    made: cp_model.IntVar
    take: dict[int, cp_model.IntVar] = field(default_factory=dict)
    lessons: Expr = 0  # pupils × percent

    @property
    def recorded(self) -> Expr:
        """Pupils recorded by the visit."""
        return sum(self.take.values())


C = TypeVar("C", bound=Candidate)


def by_school(visits: Iterable[C]) -> dict[int, list[C]]:
    """Visits by their school."""
    found: dict[int, list[C]] = defaultdict(list)
    for visit in visits:
        found[visit.school].append(visit)
    return found


def share(
    network: Network,
    demand: Demand,
    state: PlanState,
    model: cp_model.CpModel,
    visits: Mapping[int, Sequence[Candidate]],
) -> None:
    """R7, R8, R11 and the limits of resources for `visits` by school."""
    every = [visit for rows in visits.values() for visit in rows]
    for school, rows in visits.items():
        _limit_visits(network, demand, state, model, rows)
        for c in network.cohorts_of(school):
            takes = [visit.take[c] for visit in rows if c in visit.take]
            model.add(sum(takes) <= int(state.left[c]))
    _limit_blanks(network, state, model, every)
    for use, spare in zip(network.resource_use.tolist(), state.spare.tolist(), strict=True):
        model.add(sum(use[visit.school] * visit.made for visit in every) <= max(0, spare))


def _limit_visits(
    network: Network,
    demand: Demand,
    state: PlanState,
    model: cp_model.CpModel,
    visits: Sequence[Candidate],
) -> None:
    """R8 of one school: visits in all, on a date, and days between."""
    school = visits[0].school
    model.add(sum(visit.made for visit in visits) <= max(0, int(state.visits_left[school])))
    gap, on_day = int(network.min_gap[school]), state.on_day[school]
    for day in sorted({visit.day for visit in visits}):
        here = [visit.made for visit in visits if visit.day == day]
        near = on_day[max(0, day - gap) : day + gap + 1].sum() > on_day[day]
        barred = near or demand.barred[school, day]
        room = 0 if barred else max(0, int(network.max_teams[school] - on_day[day]))
        model.add(sum(here) <= room)
        later = [visit.made for visit in visits if day < visit.day <= day + gap]
        for one, other in product(here, later):
            model.add_at_most_one(one, other)


def _limit_blanks(
    network: Network, state: PlanState, model: cp_model.CpModel, visits: Sequence[Candidate]
) -> None:
    """R11, at the last day of each level of the blanks."""
    last = network.days - 1
    for day in range(network.days) if network.cards == "reserve" else ():
        if day < last and state.blanks[day] == state.blanks[day + 1]:
            continue
        drawn = [
            pupils
            for visit in visits
            for c, pupils in visit.take.items()
            if network.draw_day(c, visit.day) <= day
        ]
        model.add(sum(drawn) <= max(0, int(state.blanks[day])))


def worth_of_pupils(
    network: Network,
    state: PlanState,
    model: cp_model.CpModel,
    visits: Mapping[int, Sequence[Candidate]],
    weights: IntArray,
) -> Expr:
    """T1–T4 and T7 of `visits` by school, each times its weight: to be maximised."""
    total: Expr = 0
    every = [visit for rows in visits.values() for visit in rows]
    for visit in every:
        total += int(weights[LESSONS]) * network.minutes_away * visit.lessons
        for c, pupils in visit.take.items():
            each = int(weights[WAIT]) * visit.day
            total += (each + int(weights[STUDENTS]) * int(network.priority[c])) * pupils
    if weights[SHORTFALL]:
        for group, target in zip(network.floor_of, state.missing, strict=True):
            missing = model.new_int_var(0, max(0, int(target)), "")
            recorded = sum(visit.recorded for visit in every if group[visit.school])
            model.add(missing >= int(target) - recorded)
            total += int(weights[SHORTFALL]) * missing
    if weights[SCHOOLS]:
        for school, rows in visits.items():
            if state.visits[school] == 0:
                served = model.new_bool_var("")
                model.add(served <= sum(visit.made for visit in rows))
                total += int(weights[SCHOOLS]) * served
    return total
