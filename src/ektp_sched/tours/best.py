"""The best tour of a team-day for one set of prices, quickly: no bound, no repeats."""

import numpy as np

from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.completion import completion
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.dive import dive
from ektp_sched.tours.jit import kernel, variable
from ektp_sched.tours.labels import Pool, search, stops_of
from ektp_sched.tours.pricing import (
    NONE,
    TINY,
    FloatArray,
    Prices,
    stay_worth,
    worth_of_stay,
)


@kernel
def clear(pool: Pool) -> None:
    """Empty a pool."""
    pool.used[0] = 0
    pool.bucket[:] = NONE
    pool.kept[:] = NONE


@kernel
def best_tour(day: DayArrays, prices: Prices, finish: Pool, arrival: Pool) -> IntArray:
    """Stops [stops, 3] (local school, first and last step) of a tour that gains most.

    Schools are told apart only by whether they are on the tour already, so a better tour may be
    missed; without any gain there are no stops.
    """
    n = len(day.schools)
    untimed = stay_worth(day, prices)
    to_come = completion(day, prices, untimed)
    bound = to_come.after[0, :, 0, n].max()
    tour = dive(day, prices, untimed, to_come, variable(NONE), np.zeros(n + 1, dtype=np.bool_))
    threshold = np.full(1, max(0.0, worth_of(day, prices, untimed, tour)))
    if bound <= threshold[0] + TINY:
        return tour
    clear(finish)
    clear(arrival)
    best, label, critical = np.full(n + 1, -np.inf), np.full(n + 1, NONE), np.full(n, NONE)
    search(
        day,
        prices,
        untimed,
        to_come,
        threshold,
        critical,
        True,
        True,
        finish,
        arrival,
        best,
        label,
    )
    return tour if label[n] == NONE else stops_of(finish, arrival, label[n])


@kernel
def worth_of(day: DayArrays, prices: Prices, untimed: FloatArray, tour: IntArray) -> float:
    """What a tour gains at these prices."""
    n, worth = len(day.schools), 0.0
    here = n
    for stop in tour:
        i, start, end = stop[0], stop[1] * day.step, stop[2] * day.step
        worth += worth_of_stay(day, prices, untimed, i, start, end) - prices.visit[i]
        worth -= prices.minute * day.travel[here, i]
        here = i
    return worth - prices.minute * day.travel[here, n]
