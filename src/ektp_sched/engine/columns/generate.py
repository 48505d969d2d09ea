"""Column generation: tours for the linear master problem, and its bound."""

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from ektp_sched.engine.budget import Budget
from ektp_sched.engine.columns.program import FloatArray, Optimum
from ektp_sched.engine.columns.relaxation import Relaxation
from ektp_sched.engine.instance.arrays import BoolArray, IntArray
from ektp_sched.engine.tours.labels import Pool, make_pool
from ektp_sched.engine.tours.price_tours import COMMITTED, EPSILON, price_tours
from ektp_sched.engine.tours.pricing import NONE, grid_steps

LABELS = 1_000_000
ROOMY = 3  # tours of a round that fit together serve a school so many times over
# How far from its optimum a linear program may be left: prices amid many are better than those of
# a vertex.
LOOSE, TIGHT, TIGHTER = 1e-3, 1e-8, 0.03
SPREAD = 0.15  # share by which prices are moved to vary tours
USED = 1e-6  # least value of a column that a linear program uses
ACTIVE = 3  # tours that take part in a linear program, for each of its rows
# Units of work, about a second each: of pricing a school and step, and of a linear program's entry.
PRICING_UNIT, ENTRY_UNIT = 2e-6, 5e-6


@dataclass(slots=True)
class Generator:
    """Adds tours to a relaxation until none is worth adding."""

    relaxation: Relaxation
    budget: Budget
    workers: int
    pools: list[tuple[Pool, Pool]] = field(default_factory=list)
    critical: list[IntArray] = field(default_factory=list)  # by class, see price_tours()
    bound: float = math.inf  # the best proven
    prices: FloatArray = field(default_factory=lambda: np.zeros(0))  # those of the best bound

    def __post_init__(self) -> None:
        days = [one.day for one in self.relaxation.classes]
        self.critical = [np.full(len(day.schools), NONE) for day in days]
        most = max((len(day.schools) for day in days), default=1)
        steps = max(map(grid_steps, days), default=1)
        for _ in range(self.workers):
            self.pools.append((make_pool(LABELS, steps, most), make_pool(LABELS, steps, most)))

    def solve(
        self,
        weights: IntArray,
        *,
        close: Callable[[float, float], bool],
        until: float,
        enough: Callable[[float], bool],
        more: Callable[[], int],
    ) -> Optimum | None:
        """Maximise a tier over all tours; the first bound is that of begin().

        Parameters
        ----------
        close
            Whether a bound is close enough to the value of the linear program to stop.
        until
            Budget used (see Budget.used) at which to stop.
        enough
            Told of every better bound; stops where it says so.
        more
            Adds tours found elsewhere, before each linear program; returns how many.

        Returns
        -------
        Optimum | None
            The last linear program solved.
        """
        relaxation = self.relaxation
        optimum: Optimum | None = None
        tolerance, exact, calm = LOOSE, False, True
        idle: BoolArray | None = None
        if not len(self.prices):
            self.begin(until)
        done = enough(self.bound)
        while not done and not self.budget.past(until):
            more()
            found = relaxation.program.solve(
                self.budget, time_limit=self._left(until), tolerance=tolerance, without=idle
            )
            self.budget.charge(ENTRY_UNIT * relaxation.program.entries)
            if found is None:
                break
            optimum = found
            broken = relaxation.add_broken_rows(optimum.columns)
            prices = relaxation.repaired(self._moved(optimum.prices, calm=calm))
            added, here = self.price_all(prices, weights, exact=exact)
            moved, calm = not calm, here < self.bound + EPSILON
            if here < self.bound - EPSILON:
                self.bound, self.prices = here, prices
                done = enough(here)
            if broken == 0 and close(self.bound, optimum.value):
                break
            if added + broken == 0:
                calm = True
                # Nothing at prices that were moved says nothing about the newest ones.
                if not moved:
                    if exact and tolerance <= TIGHT:
                        break
                    exact, tolerance = True, tolerance * (TIGHTER if exact else 1)
            idle = relaxation.idle_tours(prices, ACTIVE * relaxation.program.rows)
            # Without the tours that the last program used, prices would swing.
            idle[: len(optimum.columns)] &= optimum.columns < USED
        return optimum

    def begin(self, until: float) -> None:
        """Prove the bound that needs no tour (see Relaxation.first_prices)."""
        relaxation = self.relaxation
        self.prices = relaxation.first_prices(self.budget, time_limit=self._left(until))
        self.bound = relaxation.bound(self.prices, [0.0] * len(relaxation.classes))
        self.budget.charge(ENTRY_UNIT * relaxation.program.entries)

    def _moved(self, prices: FloatArray, *, calm: bool) -> FloatArray:
        """The newest prices; half way back to those of the best bound after they led astray."""
        rows = self.relaxation.program.rows
        prices = np.pad(prices, (0, rows - len(prices)))
        if calm:
            return prices
        centre: FloatArray = np.pad(self.prices, (0, rows - len(self.prices)))
        return (centre + prices) / 2

    def vary(self, numbers: Iterable[int], weights: IntArray, rng: np.random.Generator) -> int:
        """Add tours of some classes that gain nearly enough, at prices moved by chance."""
        relaxation, room = self.relaxation, np.array(self.relaxation.room)
        prices = np.pad(self.prices, (0, relaxation.program.rows - len(self.prices)))
        prices[room] *= rng.uniform(1 - SPREAD, 1 + SPREAD, len(room))
        prices[np.array(relaxation.team)] *= 1 - SPREAD
        fixed = relaxation.fixed_gain(prices, weights)
        wanted = ROOMY * relaxation.whole_visits()
        added = 0
        for number in numbers:
            if self.budget.over:
                break
            _, tours = self._price(number, prices, weights, fixed, 0, exact=False, wanted=wanted)
            added += sum(relaxation.add_tour(number, tour) for tour in tours)
        return added

    def _left(self, until: float) -> float:
        """Seconds that a linear program may take."""
        if self.budget.deterministic:
            return math.inf
        return max(0.1, min(self.budget.remaining, until - self.budget.used))

    def price_all(self, prices: FloatArray, weights: IntArray, *, exact: bool) -> tuple[int, float]:
        """Price every class once; returns tours added and the bound at these prices."""
        relaxation, workers = self.relaxation, self.workers
        numbers = range(len(relaxation.classes))
        fixed = relaxation.fixed_gain(prices, weights)
        wanted = ROOMY * relaxation.whole_visits()

        def work(worker: int) -> list[tuple[int, float, list[IntArray]]]:
            found = []
            for number in numbers[worker::workers]:
                if self.budget.over:
                    break
                priced = self._price(
                    number, prices, weights, fixed, worker, exact=exact, wanted=wanted
                )
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
            relaxation.add_tour(number, tour) for number, _, tours in priced for tour in tours
        )
        return added, relaxation.bound(prices, [gain for _, gain, _ in priced])

    def _price(
        self,
        number: int,
        prices: FloatArray,
        weights: IntArray,
        fixed: float,
        worker: int,
        *,
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
            critical=self.critical[number],
        )
        self.budget.charge(PRICING_UNIT * len(day.schools) * grid_steps(day))
        return bound + fixed - committed, tours
