"""A good tour at once: follow the completion worth from stop to stop without repeats."""

import numpy as np

from ektp_sched.network.arrays import BoolArray, IntArray
from ektp_sched.tours.completion import Completion, open_rank
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.jit import kernel, variable
from ektp_sched.tours.pricing import (
    NONE,
    TINY,
    FloatArray,
    Prices,
    gets_home,
    ready_states,
    worth_of_stay,
)
from ektp_sched.tours.schedule import NEVER


@kernel
def dive(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    first: int,
    barred: BoolArray,
) -> IntArray:
    """Stops [stops, 3]: local school, first and last step; none where nothing is gained.

    Each next stop is the one with the most worth to come among schools not visited yet.

    Parameters
    ----------
    first
        School to begin with, NONE to leave that open.
    barred
        [n + 1] schools to leave out (n, the base, never is).
    """
    n = len(day.schools)
    stops = np.zeros((to_come.after.shape[2], 3), dtype=np.int64)
    visited = barred.copy()
    choice = np.zeros(4, dtype=np.int64)
    here, since, length, driven = n, day.shift_start, 0, variable(0)
    anywhere = variable(NONE)
    state = 1 if day.break_minutes == 0 else 0
    stop_here, homeward = 0.0, 0
    while length < min(len(stops), day.max_visits):
        only = first if length == 0 else anywhere
        gain = _best_next(
            day, prices, untimed, to_come, here, since, state, driven, visited, only, choice
        )
        if gain <= stop_here + TINY:
            break
        q = choice[0]
        stops[length, 0], stops[length, 1], stops[length, 2] = q, choice[1], choice[2]
        driven += day.travel[here, q]
        visited[q] = True
        here, since, state = q, choice[2] * day.step, choice[3]
        length += 1
        # Where ways are no metric, the way home may lead over a school that is no choice any more.
        stop_here, home = -np.inf, day.travel[q, n]
        if driven + home <= day.max_travel and gets_home(day, since, home, state == 1):
            stop_here, homeward = -prices.minute * home, length
    return stops[:homeward]


@kernel
def _best_next(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    here: int,
    since: int,
    state: int,
    driven: int,
    visited: BoolArray,
    only: int,
    choice: IntArray,
) -> float:
    """Most worth to come by a next stop; write it: school, first and last step, state."""
    n, best = len(day.schools), -np.inf
    ready = np.zeros(2, dtype=np.int64)
    for q in range(n):
        minutes = day.travel[here, q]
        if visited[q] or (only not in (NONE, q)):
            continue
        if driven + minutes + day.drive_home[q] > day.max_travel:
            continue
        cost = prices.minute * minutes + prices.visit[q]
        ready_states(day, since, minutes, state, here == n, ready)
        for then in range(2):
            g = -(-ready[then] // day.step)
            if ready[then] >= NEVER or g >= to_come.begin.shape[2]:
                continue
            rank = open_rank(to_come.begin_next, then, g, q, visited)
            if to_come.begin[rank, then, g, q] - cost > best:
                best = to_come.begin[rank, then, g, q] - cost
                choice[0], choice[1], choice[3] = q, g, then
    if best > -np.inf:
        _find_stay(day, prices, untimed, to_come, visited, choice)
    return best


@kernel
def _find_stay(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    visited: BoolArray,
    choice: IntArray,
) -> None:
    """Complete a choice: the step at which the stay begins and ends."""
    i, state, g = choice[0], choice[3], choice[1]
    # The latest begin of the most worth is where it is earned.
    while g + 1 < to_come.begin.shape[2]:
        rank = open_rank(to_come.begin_next, state, g, i, visited)
        later = open_rank(to_come.begin_next, state, g + 1, i, visited)
        if to_come.begin[later, state, g + 1, i] < to_come.begin[rank, state, g, i]:
            break
        g += 1
    start, best = g * day.step, -np.inf
    for w in range(day.window_ptr[i], day.window_ptr[i + 1]):
        if not day.window_start[w] <= start < day.window_end[w]:
            continue
        for k in range(
            prices.shortest[i] // day.step,
            min(prices.longest[i], day.window_end[w] - start) // day.step + 1,
        ):
            rank = open_rank(to_come.after_next, state, g + k, i, visited)
            gain = worth_of_stay(day, prices, untimed, i, start, start + k * day.step)
            gain += to_come.after[rank, state, g + k, i]
            if gain > best:
                best = gain
                choice[1], choice[2] = g, g + k
