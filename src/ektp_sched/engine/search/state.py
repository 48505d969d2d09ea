"""A plan under construction: tours that grow, and what they leave of pupils, visits and blanks."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ektp_sched.domain import MAXIMISED, WeightedTerm
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.schedule import FREE

# Columns of tier_weights, and of the changes that an insertion makes to each term.
STUDENTS, SHORTFALL, SCHOOLS, LESSONS, TRAVEL, TEAM_DAYS, WAIT = range(7)


class Demand(NamedTuple):
    """What does not change while tours grow.

    `cohort_order` lists each school's cohorts as they are called: higher priority first, then
    those whose card is drawn later. `recordable` [S, D] counts pupils who may be recorded by a day
    and were not by done visits before it. `barred` [S, D] marks days that done visits forbid.
    `tier_weights` [T, 7] has a column for each term, negative where it is minimised.
    """

    cohort_ptr: IntArray
    cohort_order: IntArray
    record_day: IntArray
    card_day: IntArray
    priority: IntArray
    min_students: IntArray
    max_teams: IntArray
    min_gap: IntArray
    recordable: IntArray
    barred: IntArray
    floor_of: IntArray
    resource_use: IntArray
    tier_weights: IntArray
    minutes_away: int


class PlanState(NamedTuple):
    """Tours by team-day and position [J, M], and what is left.

    `take` [J, M, Q] gives pupils by the school's cohorts. `blanks` [D] is the allowance less the
    cards drawn up to each day, `spare` [R] what is left of resources. `on_day` and `recorded`
    [S, D] count visits and pupils.
    """

    length: IntArray
    school: IntArray
    stay: IntArray
    start: IntArray
    fixed: IntArray
    take: IntArray
    left: IntArray
    blanks: IntArray
    visits_left: IntArray
    visits: IntArray
    on_day: IntArray
    recorded: IntArray
    missing: IntArray
    spare: IntArray


def make_demand(network: Network, tiers: Sequence[tuple[WeightedTerm, ...]]) -> Demand:
    """Gather a network's limits and a policy's weights for the insertion loops."""
    reserve = network.cards == "reserve"
    card_day = network.card_day if reserve else np.full_like(network.card_day, network.days)
    school_of = np.repeat(np.arange(network.schools), np.diff(network.cohort_ptr))
    return Demand(
        cohort_ptr=network.cohort_ptr,
        cohort_order=np.lexsort((-card_day, -network.priority, school_of)),
        record_day=network.record_day,
        card_day=card_day,
        priority=network.priority,
        min_students=network.min_students,
        max_teams=network.max_teams,
        min_gap=network.min_gap,
        recordable=_recordable(network),
        barred=_barred(network),
        floor_of=network.floor_of.astype(np.int64),
        resource_use=network.resource_use,
        tier_weights=_tier_weights(tiers),
        minutes_away=network.minutes_away,
    )


def empty_state(network: Network) -> PlanState:
    """A plan without visits to come; done visits have taken their pupils, visits and blanks."""
    most_stops = _most_stops(network)
    shape = (network.team_days, most_stops)
    cohorts = int(np.max(np.diff(network.cohort_ptr), initial=1))
    on_day = np.zeros((network.schools, network.days), dtype=np.int64)
    visits = np.zeros(network.schools, dtype=np.int64)
    missing = network.floor_target.copy()
    for visit in network.done:
        visits[visit.school] += 1
        missing -= np.where(network.floor_of[:, visit.school], visit.recorded, 0)
        if 0 <= visit.day < network.days:
            on_day[visit.school, visit.day] += 1
    return PlanState(
        length=np.zeros(network.team_days, dtype=np.int64),
        school=np.zeros(shape, dtype=np.int64),
        stay=np.zeros(shape, dtype=np.int64),
        start=np.zeros(shape, dtype=np.int64),
        fixed=np.full(shape, FREE, dtype=np.int64),
        take=np.zeros((*shape, cohorts), dtype=np.int64),
        left=network.cohort_left.copy(),
        blanks=network.allowance.copy(),
        visits_left=network.max_visits - visits,
        visits=visits,
        on_day=on_day,
        recorded=np.zeros((network.schools, network.days), dtype=np.int64),
        missing=missing,
        spare=network.resource_limit.copy(),
    )


def copy_of(state: PlanState) -> PlanState:
    """A plan that can change without the other one."""
    return PlanState(*(array.copy() for array in state))


def visits_of(network: Network, state: PlanState) -> list[FixedVisit]:
    """The visits of a state, by team-day and start."""
    found = []
    for j in range(network.team_days):
        for i in range(int(state.length[j])):
            school, start = int(state.school[j, i]), int(state.start[j, i])
            cohorts = len(network.cohorts_of(school))
            visit = FixedVisit(
                school=school,
                team=int(network.td_team[j]),
                team_day=j,
                day=int(network.td_day[j]),
                start=start,
                end=start + int(state.stay[j, i]),
                take=tuple(state.take[j, i, :cohorts].tolist()),
            )
            found.append(visit)
    return found


def _most_stops(network: Network) -> int:
    """Stops that the longest shift has room for."""
    longest = int(np.max(network.shift_end - network.shift_start, initial=0))
    shortest = int(np.min(network.overhead, initial=longest)) + 1
    fixed = np.bincount([visit.team_day for visit in network.confirmed] or [0])
    return max(1, longest // max(shortest, network.step), int(fixed.max()))


def _recordable(network: Network) -> IntArray:
    day = np.arange(network.days)
    history: dict[int, list[FixedVisit]] = defaultdict(list)
    for visit in network.done:
        history[visit.school].append(visit)
    counts = np.zeros((network.schools, network.days), dtype=np.int64)
    for s in range(network.schools):
        cohorts = slice(int(network.cohort_ptr[s]), int(network.cohort_ptr[s + 1]))
        left = np.repeat(network.cohort_students[cohorts, None], network.days, axis=1)
        for visit in history[s]:
            left -= np.outer(visit.take, day > visit.day)
        due = network.record_day[cohorts, None] <= day
        counts[s] = np.where(due, np.maximum(0, left), 0).sum(axis=0)
    return counts


def _barred(network: Network) -> IntArray:
    """Days too near to a done visit, or with as many done visits as a date may hold (R8)."""
    barred = np.zeros((network.schools, network.days), dtype=np.int64)
    day = np.arange(network.days)
    for visit in network.done:
        apart = np.abs(day - visit.day)
        near = (apart > 0) & (apart <= network.min_gap[visit.school])
        barred[visit.school, near] = 1
    return barred


def _tier_weights(tiers: Sequence[tuple[WeightedTerm, ...]]) -> IntArray:
    weights = np.zeros((len(tiers), 7), dtype=np.int64)
    columns = {
        "students": STUDENTS,
        "shortfall": SHORTFALL,
        "schools": SCHOOLS,
        "lessons": LESSONS,
        "travel": TRAVEL,
        "team_days": TEAM_DAYS,
        "wait": WAIT,
    }
    for row, tier in enumerate(tiers):
        for item in tier:
            # An insertion never changes a visit, so T8 has no column.
            if item.term in columns:
                sign = 1 if item.term in MAXIMISED else -1
                weights[row, columns[item.term]] = sign * item.weight
    return weights
