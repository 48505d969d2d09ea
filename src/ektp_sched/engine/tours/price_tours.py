"""The tours of a class of team-days worth adding, and a bound on all there are."""

import numpy as np

from ektp_sched.engine.instance.arrays import BoolArray, IntArray
from ektp_sched.engine.tours.completion import Completion, completion, open_rank
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.jit import kernel, variable
from ektp_sched.engine.tours.labels import Pool, search, stops_of
from ektp_sched.engine.tours.pricing import (
    NONE,
    TINY,
    FloatArray,
    Prices,
    gets_home,
    ready_states,
    stay_worth,
    worth_of_stay,
)
from ektp_sched.engine.tours.schedule import NEVER


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
