"""When the stops of a tour can take place, and how early and how late each of them."""

from typing import NamedTuple

import numpy as np

from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.day import TourArrays
from ektp_sched.engine.tours.jit import kernel

NEVER = 1 << 40
FREE = -1


@kernel
def earliest_start(a: TourArrays, school: int, day: int, ready: int, stay: int) -> int:
    """First start on the grid at or after `ready` of a stay inside one window; NEVER if none."""
    row = school * a.days + day
    on_grid = -(-ready // a.step) * a.step
    for w in range(a.window_ptr[row], a.window_ptr[row + 1]):
        start = max(on_grid, a.window_start[w])
        if start + stay <= a.window_end[w]:
            return start
    return NEVER


@kernel
def ready_from(
    end: int, rested_end: int, minutes: int, rest: int, earliest: int, latest: int, base: bool
) -> tuple[int, int]:
    """First minute at the next stop in both states, from the ends of the stay before in both (R5).

    State 0: the break is still to come; 1: it was taken (always, where there is none). The drive
    comes before the break or after it, never in two parts. On numbers alone, as this is the
    innermost loop of all searches.

    Parameters
    ----------
    base
        The gap begins at base, where a break may lie before the shift.
    """
    ready = end + minutes if end < NEVER else NEVER
    rested = rested_end + minutes if rested_end < NEVER else NEVER
    if rest > 0 and end < NEVER:
        before = earliest if base else max(end, earliest)
        if before + rest <= latest:
            rested = min(rested, max(before + rest, end) + minutes)
        after = max(end + minutes, earliest)
        if after + rest <= latest:
            rested = min(rested, after + rest)
    return ready, rested


@kernel
def can_return(a: TourArrays, team_day: int, end: int, minutes: int, rested: bool) -> bool:
    """Whether a team can drive home after `end`, with the break on the way if still to be taken."""
    shift_end = a.shift_end[team_day]
    if end + minutes > shift_end:
        return False
    if rested:
        return True
    rest, earliest = a.break_minutes[team_day], a.break_earliest[team_day]
    latest = a.break_latest[team_day]
    if max(end + minutes, earliest) + rest <= latest:
        return True
    before = max(end, earliest) + rest
    return before <= latest and before + minutes <= shift_end


@kernel
def ready_at(
    a: TourArrays, team_day: int, since: IntArray, minutes: int, state: int, from_base: bool
) -> tuple[int, int]:
    """First minute of being at the next stop in a state, and the state before that it comes from.

    `since` holds the end of the former stay by state.
    """
    rest, earliest = a.break_minutes[team_day], a.break_earliest[team_day]
    ready = ready_from(
        since[0], since[1], minutes, rest, earliest, a.break_latest[team_day], from_base
    )[state]
    stayed = since[state] < NEVER and ready == since[state] + minutes
    return ready, state if stayed or ready >= NEVER else 0


@kernel
def schedule(
    a: TourArrays,
    team_day: int,
    schools: IntArray,
    stays: IntArray,
    fixed: IntArray,
    length: int,
    starts: IntArray,
) -> bool:
    """Start every stop as early as possible; write `starts` and tell whether the tour is possible.

    Parameters
    ----------
    schools, stays, fixed
        The first `length` entries are the stops: school, minutes, and start if it is given (a
        commitment) or FREE.
    """
    day, place = a.td_day[team_day], a.home[team_day]
    ends = np.full((length + 1, 2), NEVER, dtype=np.int64)
    came_from = np.zeros((length + 1, 2), dtype=np.int64)
    ends[0, 0] = a.shift_start[team_day]
    if a.break_minutes[team_day] == 0:
        ends[0, 1] = a.shift_start[team_day]
    driven = 0
    for i in range(length):
        here = a.first_school_place + schools[i]
        minutes = a.travel[place, here]
        for state in range(2):
            ready, former = ready_at(a, team_day, ends[i], minutes, state, i == 0)
            start = NEVER
            if fixed[i] != FREE and ready <= fixed[i]:
                start = fixed[i]
            elif fixed[i] == FREE and ready < NEVER:
                start = earliest_start(a, schools[i], day, ready, stays[i])
            if start < NEVER:
                ends[i + 1, state] = start + stays[i]
                came_from[i + 1, state] = former
        place = here
        driven += minutes
    home = a.travel[place, a.home[team_day]]
    if driven + home > a.td_max_travel[team_day]:
        return False
    for state in range(2):
        last = ends[length, state]
        if last < NEVER and can_return(a, team_day, last, home, state == 1):
            _write_starts(ends, came_from, stays, length, state, starts)
            return True
    return False


@kernel
def _write_starts(
    ends: IntArray, came_from: IntArray, stays: IntArray, length: int, state: int, starts: IntArray
) -> None:
    for i in range(length, 0, -1):
        starts[i - 1] = ends[i, state] - stays[i - 1]
        state = came_from[i, state]


TOO_LATE = -(1 << 40)


class Timing(NamedTuple):
    """Passes over the tours of all team-days, in minutes.

    `ends` [J, M + 2, 2] holds the earliest end of the stop before position i (0: the base), NEVER
    where it cannot be; `latest` [J, M + 2, 2] the latest minute at position i (the last: the base),
    TOO_LATE where it cannot be. `room` [J] is the most minutes between leaving one stop and being
    at the next, `driven` [J] all minutes driven.
    """

    ends: IntArray
    latest: IntArray
    room: IntArray
    driven: IntArray


def make_timing(team_days: int, stops: int) -> Timing:
    """Arrays for tours of at most so many stops."""
    shape = (team_days, stops + 2, 2)
    return Timing(
        np.full(shape, NEVER, dtype=np.int64),
        np.full(shape, TOO_LATE, dtype=np.int64),
        np.zeros(team_days, dtype=np.int64),
        np.zeros(team_days, dtype=np.int64),
    )


@kernel
def place_at(a: TourArrays, j: int, schools: IntArray, length: int, position: int) -> int:
    """Place of a position of a tour; the base before the first and after the last."""
    if position < 0 or position >= length:
        return a.home[j]
    return a.first_school_place + schools[position]


@kernel
def time_tour(
    a: TourArrays,
    timing: Timing,
    j: int,
    schools: IntArray,
    stays: IntArray,
    fixed: IntArray,
    length: int,
) -> bool:
    """Make both passes over a team-day's tour; tells whether it is possible."""
    _pass_forward(a, timing, j, schools, stays, fixed, length)
    _pass_backward(a, timing, j, schools, stays, fixed, length)
    ends, latest = timing.ends[j], timing.latest[j]
    room = 0
    for i in range(length + 1):
        room = max(room, max(latest[i, 0], latest[i, 1]) - min(ends[i, 0], ends[i, 1]))
    timing.room[j] = room
    home = a.travel[place_at(a, j, schools, length, length - 1), a.home[j]]
    rest, earliest, until = a.break_minutes[j], a.break_earliest[j], a.break_latest[j]
    back = ready_from(ends[length, 0], ends[length, 1], home, rest, earliest, until, length == 0)
    in_time = back[0] <= latest[length, 0] or back[1] <= latest[length, 1]
    return timing.driven[j] <= a.td_max_travel[j] and in_time


@kernel
def _pass_forward(
    a: TourArrays,
    timing: Timing,
    j: int,
    schools: IntArray,
    stays: IntArray,
    fixed: IntArray,
    length: int,
) -> None:
    ends = timing.ends[j]
    rest, earliest, latest = a.break_minutes[j], a.break_earliest[j], a.break_latest[j]
    ends[0, 0] = a.shift_start[j] if rest > 0 else NEVER
    ends[0, 1] = NEVER if rest > 0 else a.shift_start[j]
    place, driven = a.home[j], 0
    for i in range(length):
        here = a.first_school_place + schools[i]
        minutes = a.travel[place, here]
        both = ready_from(ends[i, 0], ends[i, 1], minutes, rest, earliest, latest, i == 0)
        for state in range(2):
            ends[i + 1, state] = NEVER
            ready = both[state]
            if ready >= NEVER:
                continue
            if fixed[i] == FREE:
                start = earliest_start(a, schools[i], a.td_day[j], ready, stays[i])
            else:
                start = fixed[i] if ready <= fixed[i] else NEVER
            if start < NEVER:
                ends[i + 1, state] = start + stays[i]
        place = here
        driven += minutes
    timing.driven[j] = driven + a.travel[place, a.home[j]]


@kernel
def _pass_backward(
    a: TourArrays,
    timing: Timing,
    j: int,
    schools: IntArray,
    stays: IntArray,
    fixed: IntArray,
    length: int,
) -> None:
    latest = timing.latest[j]
    rest, earliest, until = a.break_minutes[j], a.break_earliest[j], a.break_latest[j]
    latest[length, 0], latest[length, 1] = home_until(a.shift_end[j], rest, until)
    for i in range(length - 1, -1, -1):
        here = a.first_school_place + schools[i]
        minutes = a.travel[here, place_at(a, j, schools, length, i + 1)]
        both = leave_by(latest[i + 1, 0], latest[i + 1, 1], minutes, rest, earliest, until)
        for state in range(2):
            leave = both[state]
            if fixed[i] == FREE:
                latest[i, state] = _latest_start(a, schools[i], a.td_day[j], leave, stays[i])
            else:
                latest[i, state] = fixed[i] if fixed[i] + stays[i] <= leave else TOO_LATE


@kernel
def _latest_start(a: TourArrays, school: int, day: int, leave: int, stay: int) -> int:
    row, found = school * a.days + day, TOO_LATE
    for w in range(a.window_ptr[row], a.window_ptr[row + 1]):
        start = (min(leave, a.window_end[w]) - stay) // a.step * a.step
        if start >= a.window_start[w]:
            found = max(found, start)
    return found


@kernel
def home_until(shift_end: int, rest: int, latest: int) -> tuple[int, int]:
    """Latest minute at base in both states: a break that is still to come may be taken there."""
    return (min(shift_end, latest - rest) if rest > 0 else TOO_LATE), shift_end


@kernel
def leave_by(
    until: int, rested_until: int, minutes: int, rest: int, earliest: int, latest: int
) -> tuple[int, int]:
    """Latest end of a stay in both states from which the next place is reached in time.

    Parameters
    ----------
    until, rested_until
        Latest minute at the next place by state there, TOO_LATE where it cannot be.
    """
    rested = TOO_LATE if rested_until == TOO_LATE else rested_until - minutes
    leave = TOO_LATE if until == TOO_LATE else until - minutes
    if rest > 0 and rested_until > TOO_LATE:
        begun = min(latest, rested_until - minutes) - rest  # the break comes before the drive
        if begun >= earliest:
            leave = max(leave, begun)
        begun = min(latest, rested_until) - rest  # and here after it
        if begun >= earliest:
            leave = max(leave, begun - minutes)
    return leave, rested
