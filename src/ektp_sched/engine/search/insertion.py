"""Fill team-days by inserting schools one after the other, best worth for the time first."""

from collections.abc import Sequence

import numpy as np

from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import IntArray
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
    empty_state,
    make_demand,
    visits_of,
)
from ektp_sched.engine.tours.day import TourArrays, tour_arrays
from ektp_sched.engine.tours.jit import kernel, variable
from ektp_sched.engine.tours.schedule import FREE, schedule


@kernel
def runs_out(demand: Demand, state: PlanState, school: int) -> bool:
    """Whether a visit would use up more of a resource than is left."""
    return bool((demand.resource_use[:, school] > state.spare).any())


@kernel
def may_visit(demand: Demand, state: PlanState, days: int, school: int, day: int) -> bool:
    """Whether R8 and resources leave room for one more visit of a school on a date."""
    if state.visits_left[school] <= 0 or demand.barred[school, day]:
        return False
    if runs_out(demand, state, school):
        return False
    if state.on_day[school, day] >= demand.max_teams[school]:
        return False
    gap = demand.min_gap[school]
    for other in range(max(0, day - gap), min(days, day + gap + 1)):
        if other != day and state.on_day[school, other] > 0:
            return False
    return True


@kernel
def least_pupils(demand: Demand, state: PlanState, school: int, day: int) -> int:
    """Pupils that a visit must record at least (R10)."""
    left = demand.recordable[school, day]
    for earlier in range(day):
        left -= state.recorded[school, earlier]
    return max(1, min(demand.min_students[school], left))


@kernel
def call_pupils(
    demand: Demand, state: PlanState, school: int, day: int, most: int, take: IntArray
) -> int:
    """Choose up to `most` pupils whom R7 and R11 allow; write them by cohort and count them."""
    first, total = demand.cohort_ptr[school], 0
    blanks = state.blanks.copy()
    take[:] = 0
    for position in range(first, demand.cohort_ptr[school + 1]):
        c = demand.cohort_order[position]
        if demand.record_day[c] > day:
            continue
        pupils = min(state.left[c], most - total)
        drawn_on = max(day, demand.card_day[c])
        for d in range(drawn_on, len(blanks)):
            pupils = min(pupils, blanks[d])
        pupils = max(0, pupils)
        blanks[drawn_on:] -= pupils
        take[c - first] = pupils
        total += pupils
    return total


@kernel
def lesson_percent(a: TourArrays, school: int, day: int, start: int, end: int) -> int:
    """Share of lessons of the open interval that holds most of a stay (T4)."""
    row, most, percent = school * a.days + day, 0, 0
    for p in range(a.piece_ptr[row], a.piece_ptr[row + 1]):
        overlap = min(end, a.piece_end[p]) - max(start, a.piece_start[p])
        if overlap > most:
            most, percent = overlap, a.piece_percent[p]
    return percent


@kernel
def shortest_stay(a: TourArrays, team: int, school: int, pupils: int) -> int:
    """Shortest stay on the grid in which a team can record that many pupils (R9, R14)."""
    working = -(-pupils * a.seconds[team, school] // (60 * a.kits[team]))
    return -(-(a.overhead[school] + working) // a.step) * a.step


@kernel
def capacity(a: TourArrays, team: int, school: int, stay: int) -> int:
    """Most pupils a team can record in a stay (R9)."""
    working = max(0, stay - a.overhead[school])
    return working * 60 * a.kits[team] // a.seconds[team, school]


@kernel
def longest_fit(
    a: TourArrays,
    state: PlanState,
    team_day: int,
    position: int,
    school: int,
    least: int,
    most: int,
    scratch: IntArray,
) -> int:
    """Longest stay from `least` to `most` with which a school fits in at a position; 0 if none.

    `scratch` [4, M + 1] receives the tour with the new stop: schools, stays, fixed, starts.
    """
    length = state.length[team_day]
    for i in range(length):
        to = i if i < position else i + 1
        scratch[0, to] = state.school[team_day, i]
        scratch[1, to] = state.stay[team_day, i]
        scratch[2, to] = state.fixed[team_day, i]
    scratch[0, position], scratch[2, position] = school, FREE
    best, trial = variable(0), most
    low, high = least, most
    while low <= high:
        scratch[1, position] = trial
        if schedule(a, team_day, scratch[0], scratch[1], scratch[2], length + 1, scratch[3]):
            best, low = trial, trial + a.step
        else:
            high = trial - a.step
        trial = (low + high) // 2 // a.step * a.step
        trial = max(trial, low)
    if best > 0:
        scratch[1, position] = best
        schedule(a, team_day, scratch[0], scratch[1], scratch[2], length + 1, scratch[3])
    return best


@kernel
def extra_travel(a: TourArrays, state: PlanState, team_day: int, position: int, school: int) -> int:
    """Minutes of driving that a new stop adds to a tour."""
    length, home = state.length[team_day], a.home[team_day]
    here = a.first_school_place + school
    before, after = home, home
    if position > 0:
        before = a.first_school_place + state.school[team_day, position - 1]
    if position < length:
        after = a.first_school_place + state.school[team_day, position]
    detour = a.travel[before, here] + a.travel[here, after]
    return detour - (a.travel[before, after] if length > 0 else 0)


@kernel
def gains(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    team_day: int,
    position: int,
    tour: IntArray,
    driven: int,
    take: IntArray,
    changes: IntArray,
) -> None:
    """Write what a stop with these pupils, put in as `tour` says, changes in each term."""
    day, school = a.td_day[team_day], tour[0, position]
    start, stay, first = tour[3, position], tour[1, position], demand.cohort_ptr[school]
    pupils, worth = 0, 0
    for c in range(first, demand.cohort_ptr[school + 1]):
        pupils += take[c - first]
        worth += take[c - first] * demand.priority[c]
    percent = lesson_percent(a, school, day, start, start + stay)
    changes[STUDENTS] = worth
    changes[SHORTFALL] = 0
    for f in range(len(state.missing)):
        changes[SHORTFALL] -= demand.floor_of[f, school] * max(0, min(pupils, state.missing[f]))
    changes[SCHOOLS] = 1 if state.visits[school] == 0 else 0
    changes[LESSONS] = pupils * percent + _shifted_lessons(a, state, team_day, position, tour)
    changes[LESSONS] *= demand.minutes_away
    changes[TRAVEL] = driven
    changes[TEAM_DAYS] = 1 if state.length[team_day] == 0 else 0
    changes[WAIT] = pupils * day


@kernel
def _shifted_lessons(
    a: TourArrays, state: PlanState, team_day: int, position: int, tour: IntArray
) -> int:
    """What the other stops lose or gain when the new one shifts them: pupils × percent."""
    day, total = a.td_day[team_day], 0
    for i in range(state.length[team_day]):
        to = i if i < position else i + 1
        school, stay, pupils = tour[0, to], tour[1, to], state.take[team_day, i].sum()
        was, now = state.start[team_day, i], tour[3, to]
        if was != now:
            total += pupils * lesson_percent(a, school, day, now, now + stay)
            total -= pupils * lesson_percent(a, school, day, was, was + stay)
    return total


@kernel
def put_in(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    team_day: int,
    position: int,
    tour: IntArray,
    take: IntArray,
) -> None:
    """Add a stop: `tour` [4, ≥ length + 1] is the whole tour with it, as longest_fit writes it."""
    length, day, school = state.length[team_day], a.td_day[team_day], tour[0, position]
    for i in range(length, position, -1):
        state.take[team_day, i] = state.take[team_day, i - 1]
    state.take[team_day, position] = take
    state.length[team_day] = length + 1
    for i in range(length + 1):
        state.school[team_day, i] = tour[0, i]
        state.stay[team_day, i] = tour[1, i]
        state.fixed[team_day, i] = tour[2, i]
        state.start[team_day, i] = tour[3, i]
    first, pupils = demand.cohort_ptr[school], 0
    for c in range(first, demand.cohort_ptr[school + 1]):
        state.left[c] -= take[c - first]
        state.blanks[max(day, demand.card_day[c]) :] -= take[c - first]
        pupils += take[c - first]
    state.visits_left[school] -= 1
    state.visits[school] += 1
    state.on_day[school, day] += 1
    state.recorded[school, day] += pupils
    for f in range(len(state.missing)):
        state.missing[f] -= demand.floor_of[f, school] * pupils
    state.spare[:] -= demand.resource_use[:, school]


@kernel
def fill_team_day(
    a: TourArrays, demand: Demand, state: PlanState, team_day: int, bias: IntArray
) -> None:
    """Insert schools into a team-day while that improves the plan, best worth for the time first.

    Parameters
    ----------
    bias
        Percent by which each school's worth counts, [S].
    """
    most_stops = min(state.school.shape[1], a.td_max_visits[team_day])
    scratch = np.zeros((4, state.school.shape[1] + 1), dtype=np.int64)
    best_tour, best_take = scratch.copy(), np.zeros(state.take.shape[2], dtype=np.int64)
    take, changes = best_take.copy(), np.zeros(7, dtype=np.int64)
    day, team = a.td_day[team_day], a.td_team[team_day]
    longest = a.shift_end[team_day] // a.step * a.step
    while state.length[team_day] < most_stops:
        best_tier, best_rate, best_position = len(demand.tier_weights), 0.0, variable(-1)
        for option in range(a.option_ptr[team_day], a.option_ptr[team_day + 1]):
            school = a.option_school[option]
            if school in state.school[team_day, : state.length[team_day]]:
                continue
            if not may_visit(demand, state, a.days, school, day):
                continue
            wanted = call_pupils(demand, state, school, day, 1_000_000, take)
            needed = least_pupils(demand, state, school, day)
            if wanted < needed:
                continue
            least = shortest_stay(a, team, school, needed)
            most = min(longest, shortest_stay(a, team, school, wanted))
            for position in range(state.length[team_day] + 1):
                stay = longest_fit(a, state, team_day, position, school, least, most, scratch)
                if stay == 0:
                    continue
                call_pupils(demand, state, school, day, capacity(a, team, school, stay), take)
                driven = extra_travel(a, state, team_day, position, school)
                gains(a, demand, state, team_day, position, scratch, driven, take, changes)
                tier, gain = _first_gain(demand.tier_weights, changes)
                # Where ways are no metric, a stop can save more driving than it takes time.
                rate = gain * bias[school] / max(1, stay + driven)
                if tier < best_tier or (tier == best_tier and rate > best_rate):
                    best_tier, best_rate, best_position = tier, rate, position
                    best_tour[:], best_take[:] = scratch, take
        if best_position < 0:
            return
        put_in(a, demand, state, team_day, best_position, best_tour, best_take)


@kernel
def _first_gain(tier_weights: IntArray, changes: IntArray) -> tuple[int, int]:
    """The first tier that changes for the better and by how much; past the last tier if none."""
    for tier in range(len(tier_weights)):
        gain = (tier_weights[tier] * changes).sum()
        if gain < 0:
            break
        if gain > 0:
            return tier, gain
    return len(tier_weights), 0


def first_plan(
    network: Network,
    tiers: Sequence[tuple[WeightedTerm, ...]],
    budget: Budget,
    *,
    keep: Sequence[FixedVisit] = (),
) -> list[FixedVisit]:
    """Fill the team-days one after the other, keeping the visits of `keep` as they are.

    Parameters
    ----------
    keep
        Visits that together break no rule: the confirmed ones, or a whole plan to start from.

    Notes
    -----
    Stops early, with the team-days filled so far, when the budget is over.
    """
    arrays, demand, state = tour_arrays(network), make_demand(network, tiers), empty_state(network)
    place_visits(network, arrays, demand, state, keep)
    bias = np.full(network.schools, 100, dtype=np.int64)
    for j in range(network.team_days):
        if budget.over:
            break
        fill_team_day(arrays, demand, state, j, bias)
    return visits_of(network, state)


def place_visits(
    network: Network,
    arrays: TourArrays,
    demand: Demand,
    state: PlanState,
    visits: Sequence[FixedVisit],
) -> None:
    """Put visits that together break no rule into an empty state; confirmed ones stay fixed."""
    confirmed = set(network.confirmed)
    for j in sorted({visit.team_day for visit in visits}):
        tour = sorted((v for v in visits if v.team_day == j), key=lambda visit: visit.start)
        fixed = [visit.start if visit in confirmed else FREE for visit in tour]
        for position, visit in enumerate(tour):
            take = np.zeros(state.take.shape[2], dtype=np.int64)
            take[: len(visit.take)] = visit.take
            rows = _drawn(state, tour[: position + 1], fixed)
            put_in(arrays, demand, state, j, position, rows, take)


def _drawn(state: PlanState, tour: Sequence[FixedVisit], fixed: Sequence[int]) -> IntArray:
    """A tour as longest_fit writes it: rows of schools, stays, fixed starts and starts."""
    columns = [(v.school, v.end - v.start, at, v.start) for v, at in zip(tour, fixed, strict=False)]
    rows = np.zeros((4, state.school.shape[1] + 1), dtype=np.int64)
    rows[:, : len(tour)] = np.array(columns, dtype=np.int64).T
    return rows
