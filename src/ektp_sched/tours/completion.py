"""Backward pass over one team-day: the most that any continuation of a tour can still gain.

A continuation may repeat schools, but never goes straight back to the school it came from: each
entry has a best and a second-best worth, which differ in the stop that comes next (the elimination
of two-cycles; Christofides, Mingozzi and Toth, Mathematical Programming 20, 1981).
"""

from typing import NamedTuple

import numpy as np

from ektp_sched.network.arrays import BoolArray, IntArray
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.jit import kernel
from ektp_sched.tours.pricing import (
    NONE,
    FloatArray,
    Prices,
    first_ready,
    gets_home,
    grid_steps,
    is_timed,
    worth_of_stay,
)

HopArray = np.ndarray[tuple[int], np.dtype[np.int16]]


class Completion(NamedTuple):
    """Worth to come, [2, 2, G, n + 1] by rank (best, second), state of the break, step and place.

    `after` counts from the end of a stay at that step (place n, step 0: from the base), `begin`
    from a stay that begins at that step or later, itself included; -inf where the team cannot get
    home. `after_next` and `begin_next` name the next stop (n: the base), NONE where there is none.
    """

    after: FloatArray
    after_next: IntArray
    begin: FloatArray
    begin_next: IntArray


@kernel
def to_begin(to_come: Completion, state: int, g: int, q: int, here: int) -> float:
    """Worth of a stay at q from step g or later on, for a team that comes from here."""
    base = to_come.begin.shape[3] - 1
    # From base to a school and straight home is a tour like any other.
    rank = 1 if here != base and to_come.begin_next[0, state, g, q] == here else 0
    return to_come.begin[rank, state, g, q]


@kernel
def open_rank(worth_next: IntArray, state: int, g: int, q: int, visited: BoolArray) -> int:
    """Rank whose next stop is not visited yet (`visited` [n + 1], the base never is), else 1."""
    follower = worth_next[0, state, g, q]
    return 1 if follower != NONE and visited[follower] else 0


@kernel
def completion(day: DayArrays, prices: Prices, untimed: FloatArray) -> Completion:
    """Pass backwards over a team-day; `untimed` comes from stay_worth()."""
    n, steps = len(day.schools), grid_steps(day)
    shape = (2, 2, steps, n + 1)
    to_come = Completion(
        np.full(shape, -np.inf), np.full(shape, NONE), np.full(shape, -np.inf), np.full(shape, NONE)
    )
    near = _nearest(day)
    # Short numbers keep the ways of a large city in the processor's cache.
    hops = (-(-day.travel // day.step)).clip(0, steps).astype(np.int16)
    # What a next stop gains at most if it begins at a step, and schools in the order of that.
    most, order = np.full((2, steps, n), -np.inf), np.zeros((2, steps, n), dtype=np.int64)
    lowest = 1 if day.break_minutes == 0 else 0
    for g in range(day.shift_end // day.step, -(-day.shift_start // day.step) - 1, -1):
        to_come.begin[:, :, g] = to_come.begin[:, :, g + 1]
        to_come.begin_next[:, :, g] = to_come.begin_next[:, :, g + 1]
        # No break has been taken before it can have ended.
        rested = day.break_minutes == 0 or g * day.step >= day.break_earliest + day.break_minutes
        highest = 2 if rested else 1
        for state in range(lowest, highest):
            _begin_stays(day, prices, untimed, to_come, g, state)
            most[state, g] = to_come.begin[0, state, g, :n] - prices.visit
            order[state, g] = np.argsort(-most[state, g])
        for i in range(n):
            if _can_end(day, prices, i, g * day.step):
                for state in range(lowest, highest):
                    _follow(day, prices, to_come, hops[i], near[i], most, order, g, state, i)
    _leave_base(day, prices, to_come, lowest)
    return to_come


@kernel
def _follow(
    day: DayArrays,
    prices: Prices,
    to_come: Completion,
    hops: HopArray,
    near: int,
    most: FloatArray,
    order: IntArray,
    g: int,
    state: int,
    i: int,
) -> None:
    """Fill after[:, state, g, i]: home, or on to a next stop, with the break before it or not."""
    n, steps, minute = len(day.schools), to_come.after.shape[2], g * day.step
    best, best_next, second, second_next = -np.inf, NONE, -np.inf, NONE
    if gets_home(day, minute, day.travel[i, n], state == 1):
        best, best_next = -prices.minute * day.travel[i, n], n
    toll = prices.minute * near
    for then in range(state, 2):
        rest = day.break_minutes if then > state else 0
        if then > state and minute + rest > day.break_latest:
            break
        # No next stop gains more than the nearest way would leave it: once that is too little, so
        # is all that follows in this order.
        soonest = min(-(-(minute + near + rest) // day.step), steps - 1)
        for q in order[then, soonest]:
            if most[then, soonest, q] - toll <= second:
                break
            if q == i:
                continue
            if then > state:
                ready = first_ready(day, minute, day.travel[i, q], False)
                step = min(-(-ready // day.step), steps - 1)
            else:
                step = min(g + hops[q], steps - 1)
            gain = most[then, step, q]
            if gain <= second:
                continue
            if to_come.begin_next[0, then, step, q] == i:
                gain = to_come.begin[1, then, step, q] - prices.visit[q]
            gain -= prices.minute * day.travel[i, q]
            if q == best_next:
                best = max(best, gain)
            elif gain > best:
                best, best_next, second, second_next = gain, q, best, best_next
            elif gain > second:
                second, second_next = gain, q
    to_come.after[0, state, g, i], to_come.after_next[0, state, g, i] = best, best_next
    to_come.after[1, state, g, i], to_come.after_next[1, state, g, i] = second, second_next


@kernel
def _nearest(day: DayArrays) -> IntArray:
    """Minutes from each school to the nearest other one."""
    n = len(day.schools)
    near = np.full(n, day.shift_end)
    for i in range(n):
        for q in range(n):
            if q != i:
                near[i] = min(near[i], day.travel[i, q])
    return near


@kernel
def _leave_base(day: DayArrays, prices: Prices, to_come: Completion, state: int) -> None:
    n, steps = len(day.schools), to_come.after.shape[2]
    for q in range(n):
        cost = prices.minute * day.travel[n, q] + prices.visit[q]
        for then in range(state, 2):
            ready = day.shift_start + day.travel[n, q]
            if then > state:
                ready = first_ready(day, day.shift_start, day.travel[n, q], True)
            g = -(-ready // day.step)
            if g < steps and to_come.begin[0, then, g, q] - cost > to_come.after[0, state, 0, n]:
                to_come.after[0, state, 0, n] = to_come.begin[0, then, g, q] - cost
                to_come.after_next[0, state, 0, n] = q


@kernel
def _can_end(day: DayArrays, prices: Prices, i: int, minute: int) -> bool:
    if prices.shortest[i] > prices.longest[i]:
        return False
    for w in range(day.window_ptr[i], day.window_ptr[i + 1]):
        if day.window_start[w] + prices.shortest[i] <= minute <= day.window_end[w]:
            return True
    return False


@kernel
def _begin_stays(
    day: DayArrays, prices: Prices, untimed: FloatArray, to_come: Completion, g: int, state: int
) -> None:
    """Raise begin[:, state, g] to the worth of the best stays that begin at step g."""
    start = g * day.step
    for i in range(len(day.schools)):
        best, best_next = to_come.begin[0, state, g, i], to_come.begin_next[0, state, g, i]
        second, second_next = to_come.begin[1, state, g, i], to_come.begin_next[1, state, g, i]
        timed = is_timed(prices, i)
        for w in range(day.window_ptr[i], day.window_ptr[i + 1]):
            if not day.window_start[w] <= start < day.window_end[w]:
                continue
            longest = min(prices.longest[i], day.window_end[w] - start) // day.step
            for k in range(prices.shortest[i] // day.step, longest + 1):
                worth = untimed[i, k]
                if timed:
                    worth = worth_of_stay(day, prices, untimed, i, start, start + k * day.step)
                for rank in range(2):
                    gain = worth + to_come.after[rank, state, g + k, i]
                    follower = to_come.after_next[rank, state, g + k, i]
                    if gain <= second:
                        break
                    if follower == best_next:
                        best = max(best, gain)
                    elif gain > best:
                        best, best_next, second, second_next = gain, follower, best, best_next
                    else:
                        second, second_next = gain, follower
        to_come.begin[0, state, g, i], to_come.begin_next[0, state, g, i] = best, best_next
        to_come.begin[1, state, g, i], to_come.begin_next[1, state, g, i] = second, second_next
