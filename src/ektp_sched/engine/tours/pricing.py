"""The best tour of one team-day at given prices: label-setting over time (see docs/design.md).

A finish label stands for a partial tour that ends its last stay at some minute; an arrival label
for one that begins a stay. Both carry the worth so far, whether the break was taken, stops and
minutes driven so far (for R12), and which critical schools it may not repeat. Labels are treated
in the order of time: first those finishing, then those arriving.

Only critical schools are remembered by dominance, so a tour found may repeat others. Its worth is
then a bound on every proper tour's, and the schools it repeats become critical for the next try
(decremental state-space relaxation; Righini and Salani, Networks 51(3), 2008).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.jit import kernel
from ektp_sched.engine.tours.schedule import NEVER, ready_from

FloatArray = npt.NDArray[np.float64]
NONE = -1
TINY = 1e-9


class Prices(NamedTuple):
    """What a team-day gains and pays, by local index.

    `rate` [n, classes] is the worth of a pupil recorded in a stay of a lesson class, `visit` [n]
    the price of a stop, `minute` that of a minute driven. A stop records at most `most` [n] pupils
    in a stay of `shortest` to `longest` [n] minutes on the grid; it is barred where the shortest
    is longer than the longest.
    """

    rate: FloatArray
    visit: FloatArray
    minute: float
    most: IntArray
    shortest: IntArray
    longest: IntArray


@kernel
def grid_steps(day: DayArrays) -> int:
    """Steps of the grid up to the end of the shift, and one beyond."""
    return day.shift_end // day.step + 2


@kernel
def pupils_in(day: DayArrays, i: int, stay: int) -> int:
    """Most pupils recorded in a stay (R9)."""
    return max(0, stay - day.overhead[i]) * day.pace[i, 0] // day.pace[i, 1]


@kernel
def stay_for(day: DayArrays, i: int, pupils: int) -> int:
    """Shortest stay on the grid for that many pupils (R9, R14)."""
    working = -(-pupils * day.pace[i, 1] // day.pace[i, 0])
    return -(-(day.overhead[i] + working) // day.step) * day.step


@kernel
def stays_for(day: DayArrays, pupils: IntArray) -> IntArray:
    """Shortest stay for `pupils` [n] of each school."""
    stays = np.zeros(len(pupils), dtype=np.int64)
    for i in range(len(pupils)):
        stays[i] = stay_for(day, i, pupils[i])
    return stays


@kernel
def longest_rooms(day: DayArrays) -> IntArray:
    """Pupils recorded in the longest stay that a team-day has at each school, [n]."""
    rooms = np.zeros(len(day.schools), dtype=np.int64)
    for i in range(len(rooms)):
        for w in range(day.window_ptr[i], day.window_ptr[i + 1]):
            rooms[i] = max(rooms[i], pupils_in(day, i, day.window_end[w] - day.window_start[w]))
    return rooms


@kernel
def lesson_classes(day: DayArrays) -> IntArray:
    """How many neighbouring open intervals of a school differ in lessons, and one, [n]."""
    counts = np.ones(len(day.schools), dtype=np.int64)
    for i in range(len(counts)):
        for p in range(day.piece_ptr[i] + 1, day.piece_ptr[i + 1]):
            counts[i] += day.piece_class[p] != day.piece_class[p - 1]
    return counts


@kernel
def lesson_class(day: DayArrays, i: int, start: int, end: int) -> int:
    """Class of the open interval that holds most of a stay (T4)."""
    most, found = 0, 0
    for p in range(day.piece_ptr[i], day.piece_ptr[i + 1]):
        overlap = min(end, day.piece_end[p]) - max(start, day.piece_start[p])
        if overlap > most:
            most, found = overlap, day.piece_class[p]
    return found


@kernel
def first_ready(day: DayArrays, since: int, minutes: int, from_base: bool) -> int:
    """First minute of being at the next stop with the break taken in the gap before it (R5)."""
    rest, earliest, latest = day.break_minutes, day.break_earliest, day.break_latest
    return ready_from(since, NEVER, minutes, rest, earliest, latest, from_base)[1]


@kernel
def gets_home(day: DayArrays, end: int, minutes: int, rested: bool) -> bool:
    """Whether a team can drive home after `end`, with its break on the way if still to come."""
    if end + minutes > day.shift_end:
        return False
    rest = day.break_minutes
    if rested or rest == 0:
        return True
    if max(end + minutes, day.break_earliest) + rest <= day.break_latest:
        return True
    before = max(end, day.break_earliest) + rest
    return before <= day.break_latest and before + minutes <= day.shift_end


@kernel
def ready_states(
    day: DayArrays, since: int, minutes: int, state: int, from_base: bool, ready: IntArray
) -> None:
    """Write the first minute at the next stop for both states after a gap; NEVER where barred.

    State 0: the break is still to come; 1: it was taken (always, where there is none).
    """
    ready[0] = ready[1] = NEVER
    ready[state] = since + minutes
    if state == 0:
        ready[1] = first_ready(day, since, minutes, from_base)


@kernel
def stay_worth(day: DayArrays, prices: Prices) -> FloatArray:
    """Worth of the pupils recorded in a stay of k steps where its time of day does not matter."""
    n = len(day.schools)
    worth = np.zeros((n, grid_steps(day)))
    for i in range(n):
        for k in range(prices.shortest[i] // day.step, prices.longest[i] // day.step + 1):
            worth[i, k] = prices.rate[i, 0] * min(prices.most[i], pupils_in(day, i, k * day.step))
    return worth


@kernel
def is_timed(prices: Prices, i: int) -> bool:
    """Whether the time of day decides what a pupil of a school is worth."""
    return prices.rate[i].max() > prices.rate[i].min()


@kernel
def worth_of_stay(
    day: DayArrays, prices: Prices, untimed: FloatArray, i: int, start: int, end: int
) -> float:
    """Worth of the pupils recorded in a stay; `untimed` comes from stay_worth()."""
    if not is_timed(prices, i):
        return untimed[i, (end - start) // day.step]
    pupils = min(prices.most[i], pupils_in(day, i, end - start))
    return prices.rate[i, lesson_class(day, i, start, end)] * pupils
