"""Backward pass over one team-day: the most that any continuation of a tour can still gain.

A continuation may repeat schools, but never goes straight back to the school it came from: each
entry has a best and a second-best worth, which differ in the stop that comes next (the elimination
of two-cycles; Christofides, Mingozzi and Toth, Mathematical Programming 20, 1981).
"""

from typing import NamedTuple

import numpy as np

from ektp_sched.engine.instance.arrays import BoolArray, IntArray
from ektp_sched.engine.tours.day import DayArrays, ShortArray
from ektp_sched.engine.tours.jit import kernel
from ektp_sched.engine.tours.pricing import (
    NONE,
    FloatArray,
    Prices,
    first_ready,
    grid_steps,
    is_timed,
    worth_of_stay,
)
from ektp_sched.engine.tours.schedule import NEVER, home_until, leave_by, ready_from


class Completion(NamedTuple):
    """Worth to come, [2, 2, G, n + 1] by rank (best, second), state of the break, step and place.

    `after` counts from the end of a stay at that step (place n, step 0: from the base), `begin`
    from a stay that begins at that step or later, itself included; -inf where the team cannot get
    home. `after_next` and `begin_next` name the next stop (n: the base), NONE where there is none.
    """

    after: FloatArray
    after_next: ShortArray
    begin: FloatArray
    begin_next: ShortArray


@kernel
def to_begin(to_come: Completion, state: int, g: int, q: int, here: int) -> float:
    """Worth of a stay at q from step g or later on, for a team that comes from here."""
    base = to_come.begin.shape[3] - 1
    # From base to a school and straight home is a tour like any other.
    rank = 1 if here != base and to_come.begin_next[0, state, g, q] == here else 0
    return to_come.begin[rank, state, g, q]


@kernel
def open_rank(worth_next: ShortArray, state: int, g: int, q: int, visited: BoolArray) -> int:
    """Rank whose next stop is not visited yet (`visited` [n + 1], the base never is), else 1."""
    follower = worth_next[0, state, g, q]
    return 1 if follower != NONE and visited[follower] else 0


@kernel
def completion(day: DayArrays, prices: Prices, untimed: FloatArray) -> Completion:
    """Pass backwards over a team-day; `untimed` comes from stay_worth()."""
    n, steps = len(day.schools), grid_steps(day)
    shape = (2, 2, steps, n + 1)
    nobody = np.full(shape, NONE, dtype=np.int16)
    to_come = Completion(np.full(shape, -np.inf), nobody, np.full(shape, -np.inf), nobody.copy())
    # What a next stop gains at most if it begins at a step, and schools in the order of that.
    most, order = np.full((2, steps, n), -np.inf), np.zeros((2, steps, n), dtype=np.int64)
    can_end, timed = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    for i in range(n):
        timed[i] = is_timed(prices, i)
    lowest = 1 if day.break_minutes == 0 else 0
    for g in range(day.shift_end // day.step, -(-day.shift_start // day.step) - 1, -1):
        to_come.begin[:, :, g] = to_come.begin[:, :, g + 1]
        to_come.begin_next[:, :, g] = to_come.begin_next[:, :, g + 1]
        # No break has been taken before it can have ended.
        rested = day.break_minutes == 0 or g * day.step >= day.break_earliest + day.break_minutes
        highest = 2 if rested else 1
        for state in range(lowest, highest):
            _begin_stays(day, prices, untimed, to_come, timed, g, state)
            most[state, g] = to_come.begin[0, state, g, :n] - prices.visit
            order[state, g] = np.argsort(-most[state, g])
        _mark_ends(day, prices, g * day.step, can_end)
        for state in range(lowest, highest):
            _follow(day, prices, to_come, most, order, can_end, g, state)
    _leave_base(day, prices, to_come, lowest)
    return to_come


@kernel
def _follow(
    day: DayArrays,
    prices: Prices,
    to_come: Completion,
    most: FloatArray,
    order: IntArray,
    can_end: BoolArray,
    g: int,
    state: int,
) -> None:
    """Fill after[:, state, g]: home, or on to a next stop, with the break before it or not."""
    # Taken out of their tuples once: this is the innermost loop of pricing.
    travel, hops, near = day.travel, day.hops, day.near
    begin, begin_next = to_come.begin, to_come.begin_next
    after, after_next = to_come.after, to_come.after_next
    visit, price = prices.visit, prices.minute
    n, steps, width, minute = len(near), after.shape[2], day.step, g * day.step
    rest, earliest, latest = day.break_minutes, day.break_earliest, day.break_latest
    home_by = home_until(day.shift_end, rest, latest)
    for i in range(n):
        if not can_end[i]:
            continue
        best, best_next, second, second_next = -np.inf, NONE, -np.inf, NONE
        if minute <= leave_by(home_by[0], home_by[1], travel[i, n], rest, earliest, latest)[state]:
            best, best_next = -price * travel[i, n], n
        toll = price * near[i]
        for then in range(state, 2):
            soonest_minute = minute + near[i]
            if then > state:
                if minute + rest > latest:
                    break
                # Nobody is anywhere with the break taken before it can have ended.
                soonest_minute = max(soonest_minute, earliest) + rest
            # No next stop gains more than the nearest way would leave it: once that is too little,
            # so is all that follows in this order.
            soonest = min(-(-soonest_minute // width), steps - 1)
            for place in range(n):
                q = order[then, soonest, place]
                if most[then, soonest, q] - toll <= second:
                    break
                if q == i:
                    continue
                if then > state:
                    ready = ready_from(
                        minute, NEVER, travel[i, q], rest, earliest, latest, base=False
                    )[1]
                    step = min(-(-ready // width), steps - 1)
                else:
                    step = min(g + hops[i, q], steps - 1)
                gain = most[then, step, q]
                if gain <= second:
                    continue
                if begin_next[0, then, step, q] == i:
                    gain = begin[1, then, step, q] - visit[q]
                gain -= price * travel[i, q]
                if q == best_next:
                    best = max(best, gain)
                elif gain > best:
                    best, best_next, second, second_next = gain, q, best, best_next
                elif gain > second:
                    second, second_next = gain, q
        after[0, state, g, i], after_next[0, state, g, i] = best, best_next
        after[1, state, g, i], after_next[1, state, g, i] = second, second_next


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
def _mark_ends(day: DayArrays, prices: Prices, minute: int, can_end: BoolArray) -> None:
    """Tell for each school whether a stay can end at a minute."""
    pointers, starts, ends = day.window_ptr, day.window_start, day.window_end
    shortest, longest = prices.shortest, prices.longest
    for i in range(len(can_end)):
        can_end[i] = False
        if shortest[i] <= longest[i]:
            for w in range(pointers[i], pointers[i + 1]):
                if starts[w] + shortest[i] <= minute <= ends[w]:
                    can_end[i] = True


@kernel
def _begin_stays(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    timed: BoolArray,
    g: int,
    state: int,
) -> None:
    """Raise begin[:, state, g] to the worth of the best stays that begin at step g."""
    begin, begin_next = to_come.begin, to_come.begin_next
    after, after_next = to_come.after, to_come.after_next
    pointers, opens, closes = day.window_ptr, day.window_start, day.window_end
    shortest, longest, width, start = prices.shortest, prices.longest, day.step, g * day.step
    for i in range(len(timed)):
        best, best_next = begin[0, state, g, i], begin_next[0, state, g, i]
        second, second_next = begin[1, state, g, i], begin_next[1, state, g, i]
        for w in range(pointers[i], pointers[i + 1]):
            if not opens[w] <= start < closes[w]:
                continue
            last = min(longest[i], closes[w] - start) // width
            for k in range(shortest[i] // width, last + 1):
                worth = untimed[i, k]
                if timed[i]:
                    worth = worth_of_stay(day, prices, untimed, i, start, start + k * width)
                for rank in range(2):
                    gain = worth + after[rank, state, g + k, i]
                    follower = after_next[rank, state, g + k, i]
                    if gain <= second:
                        break
                    if follower == best_next:
                        best = max(best, gain)
                    elif gain > best:
                        best, best_next, second, second_next = gain, follower, best, best_next
                    else:
                        second, second_next = gain, follower
        begin[0, state, g, i], begin_next[0, state, g, i] = best, best_next
        begin[1, state, g, i], begin_next[1, state, g, i] = second, second_next
