"""Pricing one class of team-days: tours worth adding, and a bound on all there are."""

import numpy as np

from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.best import clear, worth_of
from ektp_sched.tours.completion import Completion, completion
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.dive import dive
from ektp_sched.tours.labels import Pool, search, stops_of
from ektp_sched.tours.pricing import (
    NONE,
    FloatArray,
    Prices,
    stay_worth,
)

# More than any tour gains: a tour that leaves out a committed stop is never the best.
COMMITTED = 1e6
EPSILON = 1e-6
FIRST_SCHOOLS = 8
# Tours for each team-day that fit together with those of other classes.
FITTING = 4


def price_tours(
    day: DayArrays,
    prices: Prices,
    least: float,
    finish: Pool,
    arrival: Pool,
    *,
    exact: bool,
    wanted: IntArray,
    teams: int,
    critical: IntArray,
) -> tuple[float, list[IntArray]]:
    """Find tours worth more than `least`, and a bound on the worth of every tour.

    Parameters
    ----------
    exact
        Search on until the bound is met by a proper tour or proves that there is none.
    finish, arrival
        Pools to work in.
    wanted
        [S] visits that would serve each school, less those of tours found for other classes. Up to
        `teams` tours keep to them, and are taken off: tours of one round then fit together.
    critical
        [n] bit of each school that labels remember, NONE for the others. More are added here, and
        are worth keeping for the next prices.

    Returns
    -------
    bound, tours
        The bound holds whether or not `exact`. Tours as stops (see best_tour), the best first.
    """
    n = len(day.schools)
    untimed = stay_worth(day, prices)
    to_come = completion(day, prices, untimed)
    bound = float(to_come.after[0, :, 0, n].max())
    if bound <= least + EPSILON:
        return bound, []
    dived = _dives(day, prices, untimed, to_come, least + EPSILON, wanted, teams)
    if dived or not exact:
        return bound, dived
    found: list[tuple[float, IntArray]] = []
    remembered = bool((critical != NONE).any())
    while True:
        clear(finish)
        clear(arrival)
        best, label = np.full(n + 1, -np.inf), np.full(n + 1, NONE)
        threshold = np.full(1, least + EPSILON)
        complete = search(
            day,
            prices,
            untimed,
            to_come,
            threshold,
            critical,
            False,
            False,
            finish,
            arrival,
            best,
            label,
        )
        found = [
            (float(best[i]), stops_of(finish, arrival, label[i]))
            for i in range(n)
            if best[i] > least + EPSILON
        ]
        if not complete:
            if remembered:
                # Too much to remember, perhaps from other prices: begin anew.
                remembered = False
                critical[:] = NONE
                continue
            break
        bound = min(bound, max(float(best[n]), least + EPSILON))
        if found or best[n] <= least + EPSILON:
            break
        if not _remember(critical, stops_of(finish, arrival, label[n])[:, 0]):
            break
    return bound, _best_first(found)


def _dives(
    day: DayArrays,
    prices: Prices,
    untimed: FloatArray,
    to_come: Completion,
    least: float,
    wanted: IntArray,
    teams: int,
) -> list[IntArray]:
    """Tours worth more than `least` by diving: from promising first schools, and for `wanted`."""
    n = len(day.schools)
    leave = -(-(day.shift_start + day.travel[n, :n]) // day.step)
    begin = to_come.begin[0]
    leave = np.minimum(leave, begin.shape[1] - 1)
    promise = begin[1, leave, np.arange(n)] - prices.visit - prices.minute * day.travel[n, :n]
    if day.break_minutes:
        promise = np.maximum(promise, begin[0, leave, np.arange(n)] - prices.visit)
    barred = np.zeros(n + 1, dtype=np.bool_)
    firsts = [NONE, *np.argsort(-promise)[:FIRST_SCHOOLS].tolist()]
    tours = [dive(day, prices, untimed, to_come, first, barred) for first in firsts]
    for _ in range(teams * FITTING):
        barred[:n] = wanted[day.schools] <= 0
        tours.append(dive(day, prices, untimed, to_come, NONE, barred))
        wanted[day.schools[tours[-1][:, 0]]] -= 1
    found = [(float(worth_of(day, prices, untimed, tour)), tour) for tour in tours if len(tour)]
    return _best_first([(worth, tour) for worth, tour in found if worth > least])


def _best_first(found: list[tuple[float, IntArray]]) -> list[IntArray]:
    return [stops for _, stops in sorted(found, key=lambda pair: -pair[0])]


def _remember(critical: IntArray, visited: IntArray) -> bool:
    """Make critical the schools that a tour repeats; False when there is no bit left for them."""
    schools, counts = np.unique(visited, return_counts=True)
    before = critical.max()
    for school in schools[counts > 1]:
        if critical[school] == NONE and critical.max() < 63:
            critical[school] = critical.max() + 1
    return bool(critical.max() > before)
