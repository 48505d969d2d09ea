"""The tour engine: bounds by column generation, plans by whole tours, tier after tier."""

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat

import numpy as np

from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.bounds import Bounds, is_within
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.columns.generate import Generator
from ektp_sched.engine.columns.neighbourhoods import Neighbourhoods
from ektp_sched.engine.columns.relaxation import Relaxation
from ektp_sched.engine.columns.restricted_master import WholeTours, tours_of
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.listing import Choice, Listing, choose
from ektp_sched.engine.search.exchange import terms_of
from ektp_sched.engine.search.improve import Incumbent, StopSearch
from ektp_sched.engine.search.insertion import place_visits
from ektp_sched.engine.search.state import (
    SHORTFALL,
    STUDENTS,
    TEAM_DAYS,
    TRAVEL,
    Demand,
    PlanState,
    empty_state,
    make_demand,
    visits_of,
)

# A tier goes through these: how near its bound must come (see _bound), and what share of its time
# may be over once it is bounded, and once whole tours are chosen. Another search runs beside.
PHASES = ((0.03, 0.5, 0.8), (0.0, 0.9, 0.97))
TIER_SHARE = 0.8  # of the time left, for a tier that is not the last
HEAD_START, PATIENCE = 0.03, 0.02  # share of a tier's time, and seconds
FIRST_SHARE = 0.2  # for the search over stops where nothing runs beside it
FIRST_STAGE = 1.0  # units of work of a deterministic run's first stage; each is twice as long
# Of all time: for the exact choice, where the tours of a problem can be listed; in a deterministic
# run so many units of work, whatever the limit.
EXACT_SHARE, EXACT_UNITS = 0.6, 20.0

Report = Callable[[int, int, int | None], None]


@dataclass(slots=True)
class Engine:
    """One solve of a network by tours.

    Parameters
    ----------
    report
        Called with a tier's number, the best value and the best bound so far.
    baseline
        The published visits that T8 compares with; only the exact choice counts it.
    infeasible
        Proven: the commitments contradict the rules.
    bounds
        What is proven of each tier.
    """

    network: Network
    tiers: Sequence[tuple[WeightedTerm, ...]]
    budget: Budget
    gap: float
    report: Report
    baseline: Sequence[FixedVisit] = ()
    infeasible: bool = field(init=False, default=False)
    bounds: Bounds = field(init=False)
    demand: Demand = field(init=False)
    tour_search: Neighbourhoods = field(init=False)
    stop_search: StopSearch = field(init=False)
    promised: PlanState = field(init=False)
    incumbent: Incumbent = field(init=False)
    fixed: IntArray = field(init=False)  # by tier: what committed visits add to it
    history: IntArray = field(init=False)  # by tier: what done visits add to it
    tours: list[tuple[int, IntArray]] = field(default_factory=list)  # team-day and its stops
    tier: int = 0  # the one at work
    kept: tuple[int | None, ...] = ()  # what its relaxation keeps of the tiers before

    def __post_init__(self) -> None:
        self.bounds = Bounds(len(self.tiers))
        self.demand = make_demand(self.network, self.tiers)
        self.tour_search = Neighbourhoods(self.network, self.demand, self.budget)
        self.stop_search = StopSearch(
            self.network,
            self.tour_search.arrays,
            self.demand,
            self.tour_search.rank,
            self.tour_search.weights,
            self.budget,
        )
        self.promised = self._state(self.network.confirmed)
        terms = terms_of(self.tour_search.arrays, self.demand, self.promised)
        # The relaxation counts shortfall, travel and team-days of committed visits itself.
        terms[[SHORTFALL, TRAVEL, TEAM_DAYS]] = 0
        self.fixed = self.demand.tier_weights @ terms
        recorded = sum(
            int(self.network.priority[c]) * count
            for visit in self.network.done
            for c, count in zip(self.network.cohorts_of(visit.school), visit.take, strict=True)
        )
        self.history = self.demand.tier_weights[:, STUDENTS] * recorded

    def first_plan(self) -> list[FixedVisit] | None:
        """A plan where the commitments alone break rules that more visits can mend (R10)."""
        choice = self._choose_exactly(None)
        if choice is None:
            return None
        self.infeasible = choice.infeasible
        return choice.visits

    def improve(self, visits: Sequence[FixedVisit]) -> list[FixedVisit]:
        """The best plan found, from one that keeps all rules."""
        choice, found = self._choose_exactly(visits), list(visits)
        if choice is not None and choice.visits is not None:
            found = choice.visits
        self._begin_at(found)
        if self.is_closed:
            return found
        return max([found, self._by_columns()], key=self._reached)

    @property
    def is_closed(self) -> bool:
        """Whether the best plan is proven in every tier, as far as the gap asks for."""
        return all(map(self._is_closed, range(len(self.tiers))))

    def rehearse(self, visits: Sequence[FixedVisit]) -> None:
        """Take each step once, so that all loops are compiled."""
        self._begin_at(visits)
        for search in (self.stop_search, self.tour_search):
            turns = repeat(False, 2)
            search.run(self.incumbent, seed=0, until=math.inf, stop=partial(next, turns, True))
        relaxation = self._relaxation()
        prices = np.zeros(relaxation.program.rows)
        prices[relaxation.room] = 1.0
        generator = Generator(relaxation, self.budget, 1)
        for exact in (False, True):
            generator.price_all(prices, self.demand.tier_weights[0], exact=exact)
        self._listing().tours()

    def generator_for(self, tier: int, visits: Sequence[FixedVisit]) -> Generator:
        """Column generation for one tier beside a plan, whose earlier tiers it keeps."""
        self.tier = tier
        self._begin_at(visits)
        relaxation = self._relaxation()
        self._add_seen(relaxation)
        return Generator(relaxation, self.budget, self.budget.workers)

    def _begin_at(self, visits: Sequence[FixedVisit]) -> None:
        self.incumbent = Incumbent(
            self._state(visits), self.tour_search.value, lambda _: self._tell()
        )

    def _by_columns(self) -> list[FixedVisit]:
        """Tours generated and chosen stage by stage, for the tiers that are not proven yet.

        A longer deterministic run does all that a shorter one does, and then more, so that it never
        ends worse.
        """
        self._bound_at_once()
        span = FIRST_STAGE if self.budget.deterministic else self.budget.remaining
        while not self.budget.over:
            self._stage(self.budget.used + span)
            if self.is_closed:
                break
            span *= 2
        return visits_of(self.network, self.incumbent.state)

    def _bound_at_once(self) -> None:
        """Give each tier that has no bound the one that needs no tour: it may be all there is."""
        for tier in range(len(self.tiers)):
            self.tier = tier
            if self._best_bound() is None and not self.budget.over:
                generator = Generator(self._relaxation(), self.budget, 0)
                generator.begin(self.budget.limit)
                self._is_enough(generator.bound)

    def _stage(self, until: float) -> None:
        """All tiers that are open, one after the other."""
        for tier in range(len(self.tiers)):
            self.tier = tier
            left = max(0.0, until - self.budget.used)
            last = tier == len(self.tiers) - 1
            if not self._is_done():
                self._tier(self.budget.used + left * (1 if last else TIER_SHARE))

    def _choose_exactly(self, visits: Sequence[FixedVisit] | None) -> Choice | None:
        left = self.budget.remaining
        units = EXACT_UNITS if self.budget.deterministic else left * EXACT_SHARE
        spare = max(0.0, left - units)
        return choose(
            self._listing(),
            self.budget,
            gap=self.gap,
            start=visits,
            report=self.report,
            bounds=self.bounds,
            spare=spare,
        )

    def _listing(self) -> Listing:
        days = self.tour_search.days
        return Listing(self.network, self.demand, self.promised, days, self.tiers, self.baseline)

    def _reached(self, visits: Sequence[FixedVisit]) -> list[int]:
        """The tiers of a plan, less history, with T8."""
        kept = len(set(self.baseline) & {*visits, *self.network.done})
        value = self.tour_search.value(self._state(visits))
        weights = [
            sum(item.weight for item in tier if item.term == "changes") for tier in self.tiers
        ]
        return [total + weight * kept for total, weight in zip(value, weights, strict=True)]

    def _sums(self) -> tuple[int, ...]:
        """The tiers of the best plan, history included; T8 counts as nothing changed."""
        value = np.array(self.incumbent.value, dtype=np.int64)
        return tuple((value + self.history).tolist())

    def _best_bound(self) -> int | None:
        """The best bound of the tier at work that holds for the best plan."""
        return self.bounds.best(self.tier, self._sums())

    def _tell(self) -> None:
        self.report(self.tier, self._sums()[self.tier], self._best_bound())

    def _state(self, visits: Sequence[FixedVisit]) -> PlanState:
        state = empty_state(self.network)
        place_visits(self.network, self.tour_search.arrays, self.demand, state, visits)
        return state

    def _tier(self, until: float) -> None:
        """Bound a tier, choose whole tours for it, and search for better plans meanwhile."""
        self._tell()
        begun, seed = self.budget.used, self.budget.seed
        beside = self.budget.workers > 1
        relaxation = self._relaxation()
        generator = Generator(relaxation, self.budget, max(1, self.budget.workers - 1))
        choice = self._choice(generator)
        generator.begin(until)
        self._is_enough(generator.bound)
        with self._searching(until) if beside else nullcontext():
            # Tours of good plans make good prices from the first linear program on.
            if beside:
                self._wait(begun + (until - begun) * HEAD_START)
            else:
                first = begun + (until - begun) * FIRST_SHARE
                self.stop_search.run(self.incumbent, seed=seed, until=first, stop=self._is_done)
            for near, bounded, chosen in PHASES:
                self._bound(generator, near, begun + (until - begun) * bounded)
                if not self._is_done():
                    choice.run(begun + (until - begun) * chosen)
            search = self.tour_search if beside else self.stop_search
            search.run(self.incumbent, seed=seed + 1, until=until, stop=self._is_done)

    def _choice(self, generator: Generator) -> WholeTours:
        return WholeTours(
            generator=generator,
            search=self.tour_search,
            promised=self.promised,
            incumbent=self.incumbent,
            tier=self.tier,
            fixed=int(self.fixed[self.tier]),
            gap=self.gap,
            is_done=self._is_done,
        )

    def _wait(self, until: float) -> None:
        while not self.budget.past(until) and not self._is_done():
            time.sleep(PATIENCE)

    @contextmanager
    def _searching(self, until: float) -> Iterator[None]:
        """Search over stops in a thread of its own, until the block is left."""
        left = threading.Event()
        failed: list[BaseException] = []

        def search() -> None:
            try:
                self.stop_search.run(
                    self.incumbent,
                    seed=self.budget.seed,
                    until=until,
                    stop=lambda: left.is_set() or self._is_done(),
                )
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=search, daemon=True)
        thread.start()
        try:
            yield
        finally:
            left.set()
            thread.join()
        if failed:
            raise failed[0]

    def _bound(self, generator: Generator, near: float, until: float) -> None:
        """Generate tours for a tier; its bound and the tours are kept.

        Parameters
        ----------
        near
            Of what the best plan lacks to the bound: less left to gain is not worth waiting for.
        """
        relaxation = generator.relaxation
        generator.solve(
            self.demand.tier_weights[self.tier],
            close=partial(self._is_near, near),
            until=until,
            enough=self._is_enough,
            more=lambda: self._add_seen(relaxation),
        )
        one_of = [one.members[0] for one in relaxation.classes]
        self.tours = [
            (one_of[tour.of_class], steps)
            for tour, steps in zip(relaxation.tours, relaxation.steps, strict=True)
        ]

    def _add_seen(self, relaxation: Relaxation) -> int:
        """Add the tours of plans that the searches have seen lately."""
        return sum(
            relaxation.add_tour(relaxation.class_of[j], stops)
            for state in self.incumbent.seen()
            for j, stops in tours_of(self.tour_search.days, state)
        )

    def _is_enough(self, bound: float) -> bool:
        """Note a bound of the relaxation; whether the tier needs no more of them."""
        whole, known = self._whole(self.tier, bound), self._best_bound()
        if whole is not None:
            self.bounds.add(self.tier, whole, self.kept)
            if self._best_bound() != known:
                self._tell()
        return self._is_done()

    def _is_near(self, near: float, bound: float, optimum: float) -> bool:
        """Whether a bound has little left to gain, beside what the best plan lacks."""
        lacking = bound + float(self.fixed[self.tier]) - self.incumbent.value[self.tier]
        least = self.gap / 2 * max(1.0, abs(optimum))
        return bound - optimum <= max(least, near * lacking)

    def _is_done(self) -> bool:
        """Whether the tier at work is closed, or the budget is over before its share is."""
        return self.budget.over or self._is_closed(self.tier)

    def _is_closed(self, tier: int) -> bool:
        sums = self._sums()
        return is_within(sums[tier], self.bounds.best(tier, sums), self.gap)

    def _whole(self, tier: int, bound: float) -> int | None:
        """The relaxation's bound as one on the whole tier, in whole numbers."""
        if not math.isfinite(bound):
            return None
        forgiven = 1e-4 + 1e-9 * abs(bound)  # what sums of floating-point numbers may be off
        return math.floor(bound + forgiven) + int(self.fixed[tier] + self.history[tier])

    def _relaxation(self) -> Relaxation:
        """The master problem of the tier at work, with the tours known so far."""
        tier = self.tier
        weights = self.demand.tier_weights[: tier + 1].copy()
        for number, earlier in enumerate(self.tiers[:tier]):
            if any(item.term == "changes" for item in earlier):
                # Without T8 in the account, a better plan may seem worse in that tier.
                weights[number] = 0
        relaxation = Relaxation(self.network, self.tour_search.days, self.promised, weights)
        for j, stops in self.tours:
            relaxation.add_tour(relaxation.class_of[j], stops)
        value = np.array(self.incumbent.value)
        for row, least in zip(weights[:-1], (value - self.fixed).tolist(), strict=False):
            relaxation.keep_tier(row, least if row.any() else 0)
        sums = (value + self.history).tolist()
        self.kept = tuple(
            least if row.any() else None for row, least in zip(weights[:-1], sums, strict=False)
        )
        return relaxation
