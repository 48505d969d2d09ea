"""Tours taken out of a plan and put in again, and what the plan is worth (compiled loops)."""

import numpy as np

from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.insertion import (
    call_pupils,
    capacity,
    least_pupils,
    lesson_percent,
    may_visit,
    runs_out,
)
from ektp_sched.engine.search.state import (
    LESSONS,
    SCHOOLS,
    SHORTFALL,
    STUDENTS,
    TEAM_DAYS,
    TRAVEL,
    WAIT,
    Demand,
    PlanState,
)
from ektp_sched.engine.tours.day import DayArrays, TourArrays
from ektp_sched.engine.tours.jit import kernel
from ektp_sched.engine.tours.labels import Pool
from ektp_sched.engine.tours.price_tours import COMMITTED, best_tour
from ektp_sched.engine.tours.pricing import FloatArray, Prices, stay_for
from ektp_sched.engine.tours.schedule import FREE, schedule


@kernel
def terms_of(a: TourArrays, demand: Demand, state: PlanState) -> IntArray:
    """The value of each term for the visits to come, in the order of the tier weights' columns."""
    terms = np.zeros(7, dtype=np.int64)
    for j in range(len(state.length)):
        day, here = a.td_day[j], a.home[j]
        terms[TEAM_DAYS] += 1 if state.length[j] > 0 else 0
        for i in range(state.length[j]):
            school, start = state.school[j, i], state.start[j, i]
            first, pupils = demand.cohort_ptr[school], 0
            for c in range(first, demand.cohort_ptr[school + 1]):
                pupils += state.take[j, i, c - first]
                terms[STUDENTS] += state.take[j, i, c - first] * demand.priority[c]
            percent = lesson_percent(a, school, day, start, start + state.stay[j, i])
            terms[LESSONS] += pupils * demand.minutes_away * percent
            terms[WAIT] += pupils * day
            terms[TRAVEL] += a.travel[here, a.first_school_place + school]
            here = a.first_school_place + school
        terms[TRAVEL] += a.travel[here, a.home[j]]
    terms[SCHOOLS] = (state.visits > 0).sum()
    for missing in state.missing:
        terms[SHORTFALL] += max(0, missing)
    return terms


@kernel
def keeps_sizes(a: TourArrays, demand: Demand, state: PlanState, rank: IntArray) -> bool:
    """Whether every visit to come records enough pupils (R10).

    A small visit may count on those before it, which an exchange takes out or moves. `rank` [K]
    is the place of each team's id among all.
    """
    for j in range(len(state.length)):
        for i in range(state.length[j]):
            school, pupils = state.school[j, i], state.take[j, i].sum()
            if pupils >= max(1, demand.min_students[school]):
                continue
            left = demand.recordable[school, a.td_day[j]]
            left -= state.recorded[school, : a.td_day[j]].sum()
            left -= _recorded_before(a, state, j, i, rank)
            if pupils < max(1, left):
                return False
    return True


@kernel
def _recorded_before(a: TourArrays, state: PlanState, j: int, i: int, rank: IntArray) -> int:
    """Pupils that earlier visits of a stop's date record at its school."""
    school, start, before = state.school[j, i], state.start[j, i], 0
    for other in range(len(state.length)):
        if a.td_day[other] != a.td_day[j]:
            continue
        for p in range(state.length[other]):
            earlier = state.start[other, p] < start or (
                state.start[other, p] == start and rank[a.td_team[other]] < rank[a.td_team[j]]
            )
            if state.school[other, p] == school and earlier:
                before += state.take[other, p].sum()
    return before


@kernel
def take_out(a: TourArrays, demand: Demand, state: PlanState, j: int) -> None:
    """Remove every stop of a team-day that is not committed, and give back what it used."""
    day, kept = a.td_day[j], 0
    for i in range(state.length[j]):
        school = state.school[j, i]
        if state.fixed[j, i] != FREE:
            for rows in (state.school, state.stay, state.start, state.fixed):
                rows[j, kept] = rows[j, i]
            state.take[j, kept] = state.take[j, i]
            kept += 1
            continue
        count_visit(demand, state, school, day, state.take[j, i], -1)
    state.length[j] = kept


@kernel
def count_visit(
    demand: Demand, state: PlanState, school: int, day: int, take: IntArray, sign: int
) -> None:
    """Book a visit (sign 1) or give it back (-1)."""
    first, pupils = demand.cohort_ptr[school], 0
    for c in range(first, demand.cohort_ptr[school + 1]):
        state.left[c] -= sign * take[c - first]
        state.blanks[max(day, demand.card_day[c]) :] -= sign * take[c - first]
        pupils += take[c - first]
    state.visits_left[school] -= sign
    state.visits[school] += sign
    state.on_day[school, day] += sign
    state.recorded[school, day] += sign * pupils
    for f in range(len(state.missing)):
        state.missing[f] -= sign * demand.floor_of[f, school] * pupils
    state.spare[:] -= sign * demand.resource_use[:, school]


@kernel
def put_back(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    day: DayArrays,
    j: int,
    tour: IntArray,
    allotted: IntArray,
) -> bool:
    """Lay a tour of local stops (see best_tour) over a team-day that holds its committed ones.

    Parameters
    ----------
    allotted
        Pupils of each stop by cohort [stops, Q]; a stop with none is left out, a stop with a
        negative number calls whom it can.

    Returns
    -------
    bool
        False, and nothing is changed, if a committed stop is not on the tour.
    """
    on_tour = 0
    for stop in tour:
        on_tour += 1 if day.committed[stop[0]] > 0 else 0
    if on_tour < (day.committed > 0).sum() or len(tour) > state.school.shape[1]:
        return False
    held = state.take[j, : state.length[j]].copy()
    holder = state.school[j, : state.length[j]].copy()
    take = np.zeros(state.take.shape[2], dtype=np.int64)
    length = 0
    for s in range(len(tour)):
        i, start, end = tour[s, 0], tour[s, 1] * a.step, tour[s, 2] * a.step
        school, fixed = day.schools[i], FREE
        if day.committed[i] > 0:
            fixed = start
            for other in range(len(holder)):
                if holder[other] == school:
                    take[:] = held[other]
        else:
            take[:] = allotted[s]
            if take[0] < 0:
                room = capacity(a, a.td_team[j], school, end - start)
                call_pupils(demand, state, school, a.td_day[j], room, take)
            least = least_pupils(demand, state, school, a.td_day[j])
            too_few = take.sum() == 0 or (allotted[s, 0] < 0 and take.sum() < least)
            if too_few or runs_out(demand, state, school):
                continue
            count_visit(demand, state, school, a.td_day[j], take, 1)
        state.school[j, length], state.stay[j, length] = school, end - start
        state.start[j, length], state.fixed[j, length] = start, fixed
        state.take[j, length] = take
        length += 1
    state.length[j] = length
    if 0 < length < len(tour):
        # Without the triangle inequality a tour with a stop less may be impossible.
        starts = np.zeros(length, dtype=np.int64)
        if schedule(a, j, state.school[j], state.stay[j], state.fixed[j], length, starts):
            state.start[j, :length] = starts
        else:
            take_out(a, demand, state, j)
    return True


@kernel
def prices_at(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    day: DayArrays,
    j: int,
    worth: FloatArray,
    weights: FloatArray,
    horizon: int,
) -> Prices:
    """Prices of a team-day for what the other team-days leave.

    Parameters
    ----------
    worth
        [S] what a pupil of each school counts, 1 as a rule.
    weights
        [7] one number for each term, in the order of the tier weights' columns.
    """
    n, classes = len(day.schools), len(day.percents)
    rate, visit = np.zeros((n, classes)), np.zeros(n)
    most = np.zeros(n, dtype=np.int64)
    shortest, longest = np.ones(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    take = np.zeros(state.take.shape[2], dtype=np.int64)
    d = a.td_day[j]
    for i in range(n):
        if day.committed[i] > 0:
            shortest[i] = longest[i] = day.committed[i]
            visit[i] = -COMMITTED
            continue
        school = day.schools[i]
        if not may_visit(demand, state, a.days, school, d):
            continue
        most[i] = call_pupils(demand, state, school, d, 1_000_000, take)
        least = least_pupils(demand, state, school, d)
        if most[i] < least:
            continue
        shortest[i] = stay_for(day, i, least)
        longest[i] = min(day.shift_end, stay_for(day, i, most[i]))
        first, counted = demand.cohort_ptr[school], 0
        for c in range(first, demand.cohort_ptr[school + 1]):
            counted += take[c - first] * demand.priority[c]
        each = weights[STUDENTS] * counted / most[i]
        for f in range(len(state.missing)):
            if demand.floor_of[f, school] and state.missing[f] > 0:
                each -= weights[SHORTFALL]
        each *= worth[school]
        each += weights[WAIT] * d / horizon
        for kind in range(classes):
            rate[i, kind] = each + weights[LESSONS] * day.percents[kind] / 100
        if state.visits[school] == 0:
            visit[i] = -weights[SCHOOLS]
    return Prices(rate, visit, -weights[TRAVEL], most, shortest, longest)


@kernel
def refill(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    day: DayArrays,
    j: int,
    worth: FloatArray,
    weights: FloatArray,
    finish: Pool,
    arrival: Pool,
) -> None:
    """Give an emptied team-day the best tour for what the others leave."""
    prices = prices_at(a, demand, state, day, j, worth, weights, a.days)
    tour = best_tour(day, prices, finish, arrival)
    whoever = np.full((len(tour), state.take.shape[2]), -1)
    put_back(a, demand, state, day, j, tour, whoever)
