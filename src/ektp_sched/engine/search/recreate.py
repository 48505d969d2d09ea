"""Stops taken out of tours one by one and put in where they gain most (compiled loops)."""

from typing import NamedTuple

import numpy as np

from ektp_sched.engine.instance.arrays import NO_LIMIT, BoolArray, IntArray
from ektp_sched.engine.search.exchange import count_visit
from ektp_sched.engine.search.insertion import capacity, lesson_percent, runs_out
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
from ektp_sched.engine.tours.day import TourArrays
from ektp_sched.engine.tours.jit import kernel, variable
from ektp_sched.engine.tours.pricing import FloatArray
from ektp_sched.engine.tours.schedule import FREE, Timing, leave_by, ready_from, time_tour


class Field(NamedTuple):
    """What a search over stops needs besides the arrays of the problem.

    `team_days` lists by school (from `ptr` [S + 1]) those that may visit it, `near` [S, N] each
    school's nearest ones, itself first; `shortest` [S] is the shortest stay with any team,
    `minutes` [S] the time, at least 1, that one visit to all its pupils would take. `weights` [7]
    gives the worth of a unit of each term.
    """

    ptr: IntArray
    team_days: IntArray
    near: IntArray
    shortest: IntArray
    minutes: FloatArray
    weights: FloatArray


class Work(NamedTuple):
    """What has been touched since the plan was last taken over, and what blanks are left.

    `drawable` [D]: cards that may be drawn up to each day, later days minded.
    """

    team_day: BoolArray
    school: BoolArray
    drawable: IntArray
    take: IntArray
    best_take: IntArray


@kernel
def update_drawable(state: PlanState, work: Work) -> None:
    """Count anew what may be drawn up to each day."""
    least = 1 << 40
    for d in range(len(state.blanks) - 1, -1, -1):
        least = min(least, state.blanks[d])
        work.drawable[d] = least


@kernel
def call(
    cohorts: IntArray,
    record_day: IntArray,
    card_day: IntArray,
    left: IntArray,
    drawable: IntArray,
    day: int,
    most: int,
    take: IntArray,
) -> int:
    """Choose up to `most` pupils whom R7 and R11 allow, from cohorts in the order of calling.

    Cards drawn on different days by one visit are added up, which may allow a few less.
    """
    first, total, drawn = cohorts.min() if len(cohorts) else 0, 0, 0
    take[:] = 0
    for c in cohorts:
        if record_day[c] > day:
            continue
        pupils = min(left[c], most - total)
        drawn_on = max(day, card_day[c])
        if drawn_on < len(drawable):
            pupils = max(0, min(pupils, drawable[drawn_on] - drawn))
            drawn += pupils
        take[c - first] = pupils
        total += pupils
    return total


@kernel
def retime(a: TourArrays, state: PlanState, timing: Timing, j: int) -> bool:
    """Make both passes over a team-day of a plan; tells whether its tour is possible."""
    return time_tour(a, timing, j, state.school[j], state.stay[j], state.fixed[j], state.length[j])


@kernel
def drop(
    a: TourArrays, demand: Demand, state: PlanState, work: Work, j: int, position: int
) -> None:
    """Take one stop out of a tour; the passes over it are left as they were."""
    school = state.school[j, position]
    count_visit(demand, state, school, a.td_day[j], state.take[j, position], -1)
    for i in range(position, state.length[j] - 1):
        for rows in (state.school, state.stay, state.start, state.fixed):
            rows[j, i] = rows[j, i + 1]
        state.take[j, i] = state.take[j, i + 1]
    state.length[j] -= 1
    work.team_day[j] = work.school[school] = True


@kernel
def _place(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    work: Work,
    j: int,
    position: int,
    school: int,
    stay: int,
    start: int,
) -> None:
    for i in range(state.length[j], position, -1):
        for rows in (state.school, state.stay, state.start, state.fixed):
            rows[j, i] = rows[j, i - 1]
        state.take[j, i] = state.take[j, i - 1]
    state.school[j, position], state.stay[j, position] = school, stay
    state.start[j, position], state.fixed[j, position] = start, FREE
    state.take[j, position] = work.best_take
    state.length[j] += 1
    count_visit(demand, state, school, a.td_day[j], work.best_take, 1)
    work.team_day[j] = work.school[school] = True


@kernel
def _worth_of(take: IntArray, first: int, cohorts: int, priority: IntArray) -> int:
    worth = 0
    for c in range(cohorts):
        worth += take[c] * priority[first + c]
    return worth


@kernel
def _light(
    cohorts: IntArray, card_day: IntArray, first: int, day: int, days: int, take: IntArray
) -> int:
    """How many of those taken draw no blank."""
    total = 0
    for c in cohorts:
        if max(day, card_day[c]) >= days:
            total += take[c - first]
    return total


@kernel
def _floors_gain(floor_of: IntArray, missing: IntArray, school: int, pupils: int) -> int:
    """Pupils missing to floors that a visit makes up for."""
    total = 0
    for f in range(len(missing)):
        if floor_of[f, school] and missing[f] > 0:
            total += min(pupils, missing[f])
    return total


@kernel
def insert_best(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    field: Field,
    timing: Timing,
    work: Work,
    school: int,
    minute: float,
    card: float,
    blink: float,
    shorten: bool,
) -> bool:
    """Put a school in where it gains most beyond the price of the time it takes.

    Parameters
    ----------
    minute, card
        Prices of a minute and of a blank.
    blink
        Chance to overlook a team-day (Christiaens and Vanden Berghe, Transportation Science 54(2),
        2020).
    shorten
        Record fewer pupils than could be, by chance.
    """
    if state.visits_left[school] <= 0 or runs_out(demand, state, school):
        return False
    # Arrays taken out once: in the inner loop each look at a tuple of arrays costs more than the
    # arithmetic.
    travel, window_ptr, window_start = a.travel, a.window_ptr, a.window_start
    window_end, ends, latest, step = a.window_end, timing.ends, timing.latest, a.step
    lengths, tours, rooms, driven = state.length, state.school, timing.room, timing.driven
    team_days, weights, shortest = field.team_days, field.weights, field.shortest[school]
    here, most_stops = a.first_school_place + school, state.school.shape[1]
    barred, on_day, floor_of, missing = demand.barred, state.on_day, demand.floor_of, state.missing
    record_day, card_day, left = demand.record_day, demand.card_day, state.left
    recordable, recorded, seconds, kits = demand.recordable, state.recorded, a.seconds, a.kits
    drawable, take, priority = work.drawable, work.take, demand.priority
    first_cohort, last_cohort = demand.cohort_ptr[school], demand.cohort_ptr[school + 1]
    cohorts = demand.cohort_order[first_cohort:last_cohort]
    overhead, fewest = a.overhead[school], demand.min_students[school]
    served = 0.0 if state.visits[school] > 0 else weights[SCHOOLS]
    lesson = weights[LESSONS] * demand.minutes_away
    gap, most_teams = demand.min_gap[school], demand.max_teams[school]
    none = variable(-1)
    best, best_j, best_position, best_stay, best_start = -np.inf, none, none, none, none
    for entry in range(field.ptr[school], field.ptr[school + 1]):
        j = team_days[entry]
        length = lengths[j]
        if rooms[j] < shortest or length >= most_stops or np.random.random() < blink:
            continue
        day, team = a.td_day[j], a.td_team[j]
        if length >= a.td_max_visits[j] or barred[school, day]:
            continue
        if not _is_free(on_day, school, day, most_teams, gap):
            continue
        if position_of(tours[j], length, school) >= 0:
            continue
        wanted = call(cohorts, record_day, card_day, left, drawable, day, NO_LIMIT, take)
        needed = recordable[school, day]
        for earlier in range(day):
            needed -= recorded[school, earlier]
        needed = max(1, min(fewest, needed))
        if wanted < needed:
            continue
        if shorten:
            wanted = np.random.randint(needed, wanted + 1)
            call(cohorts, record_day, card_day, left, drawable, day, wanted, take)
        pace, hands = seconds[team, school], 60 * kits[team]
        least = -(-(overhead - (-needed * pace // hands)) // step) * step
        most = -(-(overhead - (-wanted * pace // hands)) // step) * step
        if rooms[j] < least:
            continue
        light = max(needed, _light(cohorts, card_day, first_cohort, day, len(drawable), take))
        most_light = -(-(overhead - (-light * pace // hands)) // step) * step
        each = weights[STUDENTS] * _worth_of(take, first_cohort, len(cohorts), priority) / wanted
        each += weights[WAIT] * day
        flat = served if length > 0 else served + weights[TEAM_DAYS]
        rest, early, late = a.break_minutes[j], a.break_earliest[j], a.break_latest[j]
        home, most_driven, row = a.home[j], a.td_max_travel[j], school * a.days + day
        first_window, last_window = window_ptr[row], window_ptr[row + 1]
        before = home
        for position in range(length + 1):
            after = home
            if position < length:
                after = a.first_school_place + tours[j, position]
            to_here, onward = travel[before, here], travel[here, after]
            detour = to_here + onward - (travel[before, after] if length > 0 else 0)
            before = after
            if driven[j] + detour > most_driven:
                continue
            ready = ready_from(
                ends[j, position, 0],
                ends[j, position, 1],
                to_here,
                rest,
                early,
                late,
                position == 0,
            )
            leave = leave_by(
                latest[j, position, 0], latest[j, position, 1], onward, rest, early, late
            )
            stay, start = 0, 0
            for rested in range(2):
                if ready[rested] + least > leave[rested]:
                    continue
                first = -(-ready[rested] // step) * step
                for w in range(first_window, last_window):
                    begin = max(first, window_start[w])
                    room = min(most, (min(leave[rested], window_end[w]) - begin) // step * step)
                    if room > stay or (room == stay and room > 0 and begin < start):
                        stay, start = room, begin
            if stay < least:
                continue
            pupils = wanted
            if stay < most:
                pupils = min(wanted, (stay - overhead) * hands // pace)
            gain = flat + each * pupils + weights[TRAVEL] * detour
            if len(missing):
                gain -= weights[SHORTFALL] * _floors_gain(floor_of, missing, school, pupils)
            if lesson != 0:
                gain += lesson * pupils * lesson_percent(a, school, day, start, start + stay)
            score = gain - minute * (detour + stay) - card * max(0, pupils - light)
            if gain > 0 and score > best:
                best, best_j, best_position = score, j, position
                best_stay, best_start = stay, start
            if pupils > light and stay > most_light:
                # Fewer pupils, none or few of whom draw blanks, in less time.
                score -= (each - card) * (pupils - light) - minute * (stay - most_light)
                if gain > each * (pupils - light) and score > best:
                    best, best_j, best_position = score, j, position
                    best_stay, best_start = most_light, start
    if best_j < 0:
        return False
    room = capacity(a, a.td_team[best_j], school, best_stay)
    day, take = a.td_day[best_j], work.best_take
    call(cohorts, record_day, card_day, left, drawable, day, room, take)
    _place(a, demand, state, work, best_j, best_position, school, best_stay, best_start)
    update_drawable(state, work)
    return retime(a, state, timing, best_j)


@kernel
def _is_free(on_day: IntArray, school: int, day: int, most_teams: int, gap: int) -> bool:
    """Whether R8 leaves room for one more visit on a date (as may_visit(), done visits aside)."""
    if on_day[school, day] >= most_teams:
        return False
    for other in range(max(0, day - gap), min(on_day.shape[1], day + gap + 1)):
        if other != day and on_day[school, other] > 0:
            return False
    return True


@kernel
def position_of(tour: IntArray, length: int, school: int) -> int:
    """Position of a school on a tour, -1 where it is not on it."""
    for i in range(length):
        if tour[i] == school:
            return i
    return -1
