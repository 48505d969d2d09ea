"""Column generation: tours for the linear master problem, and its bound."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from ektp_sched.budget import Budget
from ektp_sched.master.fluid import Fluid
from ektp_sched.master.program import FloatArray, Optimum
from ektp_sched.master.relaxation import Relaxation
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.exact import COMMITTED, EPSILON, price_tours
from ektp_sched.tours.labels import Pool, make_pool
from ektp_sched.tours.pricing import grid_steps

LABELS = 200_000
# Weight of the prices with the best bound so far against the newest ones (Wentges smoothing).
SMOOTHING = 0.6
MOST_TOURS = 12  # of a class and round
FLUID_GAP = 0.02


@dataclass(slots=True)
class Generator:
    """Adds tours to a relaxation until none is worth adding."""

    relaxation: Relaxation
    budget: Budget
    pools: list[tuple[Pool, Pool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        days = [one.day for one in self.relaxation.classes]
        most = max((len(day.schools) for day in days), default=1)
        steps = max(map(grid_steps, days), default=1)
        for _ in range(self.budget.workers):
            self.pools.append((make_pool(LABELS, steps, most), make_pool(LABELS, steps, most)))

    def solve(
        self,
        weights: IntArray,
        *,
        gap: float,
        deadline: float,
        report: Callable[[float], None],
    ) -> tuple[Optimum | None, float]:
        """Maximise a tier over all tours.

        Parameters
        ----------
        gap
            Stop when bound and value of the linear program are this close, relatively.
        deadline
            Budget left (see Budget.remaining) at which to stop.
        report
            Called with every better bound.

        Returns
        -------
        optimum, bound
            The last linear program solved and the best bound proven (infinite if none).
        """
        relaxation = self.relaxation
        bound = relaxation.first_bound(weights)
        fluid = Fluid(relaxation)
        optimum: Optimum | None = None
        centre: FloatArray | None = None
        exact = False
        while not self.budget.over and self.budget.remaining > deadline:
            found = relaxation.program.solve(max(0.1, self.budget.remaining - deadline))
            if found is None:
                break
            optimum = found
            if relaxation.add_broken_rows(optimum.columns):
                continue
            prices = optimum.prices
            smooth = centre is not None and not exact
            if smooth and centre is not None:
                centre = np.pad(centre, (0, len(prices) - len(centre)))
                prices = SMOOTHING * centre + (1 - SMOOTHING) * prices
            added, here = self._round(prices, weights, exact=exact)
            if here < bound - EPSILON:
                bound, centre = here, prices
                report(bound)
            left = (bound - optimum.value) / max(1.0, abs(optimum.value))
            if fluid.is_open:
                if left <= FLUID_GAP or added == 0:
                    fluid.thicken()
                continue
            if left <= gap:
                break
            if added == 0:
                if exact and not smooth:
                    break
                exact = not smooth
                centre = None
        return optimum, bound

    def _round(self, prices: FloatArray, weights: IntArray, *, exact: bool) -> tuple[int, float]:
        """Price every class once; returns tours added and the bound at these prices."""
        relaxation, workers = self.relaxation, self.budget.workers
        numbers = range(len(relaxation.classes))
        fixed = relaxation.fixed_gain(prices, weights)
        wanted = relaxation.whole_visits()

        def work(worker: int) -> list[tuple[int, float, list[IntArray]]]:
            found = []
            for number in numbers[worker::workers]:
                if self.budget.over:
                    break
                priced = self._price(number, prices, weights, fixed, worker, exact, wanted)
                found.append((number, *priced))
            return found

        with ThreadPoolExecutor(workers) as executor:
            priced = sorted(
                (row for rows in executor.map(work, range(workers)) for row in rows),
                key=lambda row: row[0],
            )
        if len(priced) < len(numbers):
            return 0, math.inf
        added = sum(
            relaxation.add_tour(number, tour)
            for number, _, tours in priced
            for tour in tours[:MOST_TOURS]
        )
        return added, relaxation.bound(prices, [gain for _, gain, _ in priced])

    def _price(
        self,
        number: int,
        prices: FloatArray,
        weights: IntArray,
        fixed: float,
        worker: int,
        exact: bool,
        wanted: IntArray,
    ) -> tuple[float, list[IntArray]]:
        relaxation = self.relaxation
        day = relaxation.classes[number].day
        local = relaxation.class_prices(number, prices, weights)
        committed = COMMITTED * int(np.count_nonzero(day.committed))
        least = float(prices[relaxation.team[number]]) - fixed + committed
        finish, arrival = self.pools[worker]
        bound, tours = price_tours(
            day,
            local,
            least,
            finish,
            arrival,
            exact=exact,
            wanted=wanted,
            teams=len(relaxation.classes[number].members),
        )
        return bound + fixed - committed, tours
