"""When the stops of one tour can take place.

A tour is a list of schools in driving order with the length of each stay. Since arriving earlier
never hurts, the earliest start of each stop, with and without the break already taken, decides
whether a tour can be driven at all (R2, R3, R4, R5, R14).
"""

import numpy as np

from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.arrays import TourArrays
from ektp_sched.tours.jit import kernel

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
