"""How early and how late each stop of a tour can be, so that a new stop is judged at once.

A tour is kept by two passes: forward, the earliest end of each stay; backward, the latest minute of
being at each stop from which the rest of the tour can go on (Savelsbergh, Annals of Operations
Research 4, 1985, for time windows). Both are told apart by the state of the break: 0 it is still to
come, 1 it was taken (always, where there is none).
"""

from typing import NamedTuple

import numpy as np

from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.arrays import TourArrays
from ektp_sched.tours.jit import kernel
from ektp_sched.tours.schedule import FREE, NEVER, earliest_start, ready_from

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
