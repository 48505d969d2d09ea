"""A good tour at once: follow the completion worth from stop to stop without repeats."""

import numpy as np

from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.jit import kernel
from ektp_sched.tours.pricing import (
    NEVER,
    NONE,
    TINY,
    FloatArray,
    Prices,
    gets_home,
    ready_states,
    worth_of_stay,
)


@kernel
def dive(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    after: FloatArray,
    begin: FloatArray,
    first: int,
) -> IntArray:
    """Stops [stops, 3]: local school, first and last step; none where nothing is gained.

    Each next stop is the one with the most worth to come among schools not visited yet. If no
    school had to be passed over, the tour is the best there is.

    Parameters
    ----------
    first
        School to begin with, NONE to leave that open.
    """
    n = len(day.schools)
    stops = np.zeros((after.shape[1], 3), dtype=np.int64)
    visited = np.zeros(n, dtype=np.bool_)
    if first != NONE:
        visited[:] = True
        visited[first] = False
    choice = np.zeros(4, dtype=np.int64)
    here, since, length, driven = n, day.shift_start, 0, 0
    state = 1 if day.break_minutes == 0 else 0
    stop_here, homeward = 0.0, 0
    while length < min(len(stops), day.max_visits):
        gain = _best_next(
            day, prices, untimed, after, begin, here, since, state, driven, visited, choice
        )
        if gain <= stop_here + TINY:
            break
        q = choice[0]
        stops[length, 0], stops[length, 1], stops[length, 2] = q, choice[1], choice[2]
        driven += day.travel[here, q]
        if first != NONE and length == 0:
            visited[:] = False
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
    after: FloatArray,
    begin: FloatArray,
    here: int,
    since: int,
    state: int,
    driven: int,
    visited: np.ndarray[tuple[int], np.dtype[np.bool_]],
    choice: IntArray,
) -> float:
    """Most worth to come by a next stop; write it: school, first and last step, state."""
    n, best = len(day.schools), -np.inf
    ready = np.zeros(2, dtype=np.int64)
    for q in range(n):
        minutes = day.travel[here, q]
        if visited[q] or driven + minutes + day.drive_home[q] > day.max_travel:
            continue
        cost = prices.minute * minutes + prices.visit[q]
        ready_states(day, since, minutes, state, here == n, ready)
        for then in range(2):
            g = -(-ready[then] // day.step)
            if ready[then] < NEVER and g < begin.shape[1] and begin[then, g, q] - cost > best:
                best = begin[then, g, q] - cost
                choice[0], choice[1], choice[3] = q, g, then
    if best > -np.inf:
        _find_stay(day, prices, untimed, after, begin, choice)
    return best


@kernel
def _find_stay(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    after: FloatArray,
    begin: FloatArray,
    choice: IntArray,
) -> None:
    """Complete a choice: the step at which the stay begins and ends."""
    i, state = choice[0], choice[3]
    worth, g = begin[state, choice[1], i], choice[1]
    while g + 1 < begin.shape[1] and begin[state, g + 1, i] >= worth:
        g += 1
    # The latest begin of that worth is where it is earned.
    start, best = g * day.step, -np.inf
    for w in range(day.window_ptr[i], day.window_ptr[i + 1]):
        if not day.window_start[w] <= start < day.window_end[w]:
            continue
        stay = prices.shortest[i]
        while stay <= min(prices.longest[i], day.window_end[w] - start):
            end = start + stay
            worth = worth_of_stay(day, prices, untimed, i, start, end)
            gain = worth + after[state, end // day.step, i]
            if gain > best:
                best = gain
                choice[1], choice[2] = g, end // day.step
            stay += day.step
