"""Forward search for the tours of one team-day that gain most (see pricing.py for the labels)."""

from typing import Any, NamedTuple

import numpy as np

from ektp_sched.engine.instance.arrays import NO_LIMIT, IntArray
from ektp_sched.engine.tours.completion import Completion, to_begin
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.jit import kernel, variable
from ektp_sched.engine.tours.pricing import (
    NONE,
    TINY,
    FloatArray,
    Prices,
    gets_home,
    is_timed,
    pupils_in,
    ready_states,
    worth_of_stay,
)
from ektp_sched.engine.tours.schedule import NEVER

# Columns of a label's whole numbers.
SCHOOL, STEP, STATE, FORMER, STOPS, DRIVEN, NEXT_IN_BUCKET, NEXT_KEPT, WINDOW = range(9)


class Pool(NamedTuple):
    """Labels of one kind: whole numbers [size, 9], worth and memory [size]; used[0] are taken."""

    fields: IntArray
    worth: FloatArray
    memory: np.ndarray[tuple[int], np.dtype[np.uint64]]
    used: IntArray
    bucket: IntArray  # [G] first label of each step
    kept: IntArray  # [2, n] first undominated label of each state and school


def make_pool(size: int, steps: int, schools: int) -> Pool:
    """An empty pool for `size` labels."""
    return Pool(
        fields=np.zeros((size, 9), dtype=np.int64),
        worth=np.zeros(size),
        memory=np.zeros(size, dtype=np.uint64),
        used=np.zeros(1, dtype=np.int64),
        bucket=np.full(steps, NONE, dtype=np.int64),
        kept=np.full((2, schools), NONE, dtype=np.int64),
    )


@kernel
def _push(
    pool: Pool,
    school: int,
    step: int,
    state: int,
    former: int,
    stops: int,
    driven: int,
    window: int,
    worth: float,
    memory: int,
) -> bool:
    label = pool.used[0]
    if label >= len(pool.worth):
        return False
    pool.used[0] = label + 1
    row = pool.fields[label]
    row[SCHOOL], row[STEP], row[STATE], row[FORMER] = school, step, state, former
    row[STOPS], row[DRIVEN], row[WINDOW] = stops, driven, window
    row[NEXT_IN_BUCKET], pool.bucket[step] = pool.bucket[step], label
    pool.worth[label], pool.memory[label] = worth, memory
    return True


@kernel
def _as_good(day: DayArrays, pool: Pool, one: int, other: int) -> bool:
    """Whether a label gains as much as another, remembers no more and has used no more."""
    return (
        pool.worth[one] >= pool.worth[other] - TINY
        and pool.memory[one] & ~pool.memory[other] == 0
        and (pool.fields[one, STOPS] <= pool.fields[other, STOPS] or day.max_visits >= NO_LIMIT)
        and (
            pool.fields[one, DRIVEN] <= pool.fields[other, DRIVEN]
            or day.max_travel >= day.shift_end
        )
    )


@kernel
def _dominated(day: DayArrays, pool: Pool, label: int, timed: bool) -> bool:
    """Whether a label kept before makes this one needless; else keep it.

    Labels come in the order of time, so a label kept is as early. An arrival label can stand in
    for another only if it can wait for it: in the same window, and where the time of day matters
    (`timed`) only at the same step. What a new label makes needless is kept no longer.
    """
    row = pool.fields[label]
    for state in range(row[STATE], 2):
        before, other = NONE, pool.kept[state, row[SCHOOL]]
        while other != NONE:
            rival = pool.fields[other]
            following = rival[NEXT_KEPT]
            past = timed and rival[STEP] != row[STEP]
            if rival[WINDOW] == row[WINDOW] and not past and _as_good(day, pool, other, label):
                return True
            same = rival[WINDOW] == row[WINDOW] and state == row[STATE]
            if past or (same and _as_good(day, pool, label, other)):
                if before == NONE:
                    pool.kept[state, row[SCHOOL]] = following
                else:
                    pool.fields[before, NEXT_KEPT] = following
            else:
                before = other
            other = following
    row[NEXT_KEPT] = pool.kept[row[STATE], row[SCHOOL]]
    pool.kept[row[STATE], row[SCHOOL]] = label
    return False


@kernel
def _visited(finish: Pool, arrival: Pool, label: int, school: int) -> bool:
    while label != NONE:
        if finish.fields[label, SCHOOL] == school:
            return True
        label = arrival.fields[finish.fields[label, FORMER], FORMER]
    return False


@kernel
def search(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    threshold: FloatArray,
    critical: IntArray,
    proper_only: bool,
    only_best: bool,
    finish: Pool,
    arrival: Pool,
    best: FloatArray,
    best_label: IntArray,
) -> bool:
    """Find tours that gain more than `threshold[0]`.

    Parameters
    ----------
    threshold
        [1]; raised to the best worth found so far if `only_best`.
    untimed, to_come
        From stay_worth() and completion().
    critical
        [n] bit of each critical school, NONE for the others.
    proper_only
        Never repeat a school: quick, and no bound. Otherwise schools that are not critical may be
        repeated and `best[n]` is a bound on every proper tour.
    finish, arrival
        Empty pools.
    best, best_label
        [n + 1]: worth and finish label of the best proper tour by last school; entry n is the best
        tour of all, proper or not. Start as -inf and NONE.

    Returns
    -------
    bool
        False when a pool was too small: then nothing is proven.
    """
    n = len(day.schools)
    ready = np.zeros(2, dtype=np.int64)
    state = 1 if day.break_minutes == 0 else 0
    none, zero = variable(NONE), variable(0)
    fresh: Any = np.uint64(0)
    for q in range(n):
        ready_states(day, day.shift_start, day.travel[n, q], state, True, ready)
        if not _arrive(
            day, prices, to_come, threshold, arrival, ready, q, none, zero, zero, 0.0, fresh, n
        ):
            return False
    for g in range(day.shift_start // day.step, day.shift_end // day.step + 1):
        label = finish.bucket[g]
        while label != NONE:
            if not _dominated(day, finish, label, False):
                _complete(day, prices, finish, arrival, label, best, best_label)
                if only_best:
                    threshold[0] = max(threshold[0], best[n])
                if not _extend(
                    day, prices, to_come, threshold, critical, proper_only, finish, arrival, label
                ):
                    return False
            label = finish.fields[label, NEXT_IN_BUCKET]
        label = arrival.bucket[g]
        while label != NONE:
            row = arrival.fields[label]
            timed = is_timed(prices, row[SCHOOL])
            if not _dominated(day, arrival, label, timed):
                if not _stay(
                    day, prices, untimed, to_come, threshold, critical, finish, arrival, label
                ):
                    return False
                if timed and not _linger(day, to_come, threshold, arrival, label):
                    return False
            label = row[NEXT_IN_BUCKET]
    return True


@kernel
def _extend(
    day: DayArrays,
    prices: Prices,
    to_come: Completion,
    threshold: FloatArray,
    critical: IntArray,
    proper_only: bool,
    finish: Pool,
    arrival: Pool,
    label: int,
) -> bool:
    row, memory = finish.fields[label], finish.memory[label]
    if row[STOPS] >= day.max_visits:
        return True
    ready = np.zeros(2, dtype=np.int64)
    here, minute = row[SCHOOL], row[STEP] * day.step
    for q in range(len(day.schools)):
        if q == here:
            continue
        if critical[q] != NONE and (memory >> np.uint64(critical[q])) & np.uint64(1):
            continue
        if proper_only and _visited(finish, arrival, label, q):
            continue
        ready_states(day, minute, day.travel[here, q], row[STATE], False, ready)
        if not _arrive(
            day,
            prices,
            to_come,
            threshold,
            arrival,
            ready,
            q,
            label,
            row[STOPS],
            row[DRIVEN],
            finish.worth[label],
            memory,
            here,
        ):
            return False
    return True


@kernel
def _arrive(
    day: DayArrays,
    prices: Prices,
    to_come: Completion,
    threshold: FloatArray,
    arrival: Pool,
    ready: IntArray,
    q: int,
    former: int,
    stops: int,
    driven: int,
    worth: float,
    memory: int,
    here: int,
) -> bool:
    minutes = day.travel[here, q]
    driven += minutes
    if driven + day.drive_home[q] > day.max_travel:
        return True
    worth -= prices.minute * minutes + prices.visit[q]
    for state in range(2):
        if ready[state] >= NEVER:
            continue
        earliest = -(-ready[state] // day.step) * day.step
        for w in range(day.window_ptr[q], day.window_ptr[q + 1]):
            start = max(earliest, day.window_start[w])
            g = start // day.step
            if (
                start >= day.window_end[w]
                or worth + to_begin(to_come, state, g, q, here) <= threshold[0]
            ):
                continue
            if not _push(arrival, q, g, state, former, stops + 1, driven, w, worth, memory):
                return False
    return True


@kernel
def _linger(
    day: DayArrays, to_come: Completion, threshold: FloatArray, arrival: Pool, label: int
) -> bool:
    """Begin the stay a step later, where the time of day decides what a pupil is worth."""
    row, worth = arrival.fields[label], arrival.worth[label]
    i, state, g = row[SCHOOL], row[STATE], row[STEP] + 1
    if (
        g * day.step >= day.window_end[row[WINDOW]]
        or worth + to_come.begin[0, state, g, i] <= threshold[0]
    ):
        return True
    return _push(
        arrival,
        i,
        g,
        state,
        row[FORMER],
        row[STOPS],
        row[DRIVEN],
        row[WINDOW],
        worth,
        arrival.memory[label],
    )


@kernel
def _stay(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    threshold: FloatArray,
    critical: IntArray,
    finish: Pool,
    arrival: Pool,
    label: int,
) -> bool:
    row, memory = arrival.fields[label], arrival.memory[label]
    i, state, start = row[SCHOOL], row[STATE], row[STEP] * day.step
    if critical[i] != NONE:
        memory |= np.uint64(1) << np.uint64(critical[i])
    longest = min(prices.longest[i], day.window_end[row[WINDOW]] - start)
    stay = prices.shortest[i]
    recorded = -1
    while stay <= longest:
        end = start + stay
        pupils = min(prices.most[i], pupils_in(day, i, stay))
        if pupils > recorded or is_timed(prices, i):
            recorded = pupils
            worth = arrival.worth[label] + worth_of_stay(day, prices, untimed, i, start, end)
            g = end // day.step
            gainful = worth + to_come.after[0, state, g, i] > threshold[0]
            if gainful and not _push(
                finish, i, g, state, label, row[STOPS], row[DRIVEN], 0, worth, memory
            ):
                return False
        stay += day.step
    return True


@kernel
def _complete(
    day: DayArrays,
    prices: Prices,
    finish: Pool,
    arrival: Pool,
    label: int,
    best: FloatArray,
    best_label: IntArray,
) -> None:
    row, n = finish.fields[label], len(day.schools)
    i = row[SCHOOL]
    home = day.travel[i, n]
    if row[DRIVEN] + home > day.max_travel:
        return
    if not gets_home(day, row[STEP] * day.step, home, row[STATE] == 1):
        return
    worth = finish.worth[label] - prices.minute * home
    if worth > best[n]:
        best[n], best_label[n] = worth, label
    if worth > best[i] and _is_proper(finish, arrival, label):
        best[i], best_label[i] = worth, label


@kernel
def _is_proper(finish: Pool, arrival: Pool, label: int) -> bool:
    while label != NONE:
        before = arrival.fields[finish.fields[label, FORMER], FORMER]
        if _visited(finish, arrival, before, finish.fields[label, SCHOOL]):
            return False
        label = before
    return True


@kernel
def stops_of(finish: Pool, arrival: Pool, label: int) -> IntArray:
    """The stops of a finish label's tour, [stops, 3]: local school, first and last step."""
    stops = np.zeros((finish.fields[label, STOPS], 3), dtype=np.int64)
    while label != NONE:
        row = finish.fields[label]
        begun = arrival.fields[row[FORMER]]
        stop = stops[row[STOPS] - 1]
        stop[0], stop[1], stop[2] = row[SCHOOL], begun[STEP], row[STEP]
        label = begun[FORMER]
    return stops
