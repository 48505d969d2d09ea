"""The tour engine: bounds by column generation, plans by whole tours, tier after tier."""

import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from ektp_sched.budget import Budget
from ektp_sched.domain import WeightedTerm
from ektp_sched.master.allot import Stop, allot
from ektp_sched.master.choice import Choice, Listing, choose
from ektp_sched.master.exchange import put_back, terms_of
from ektp_sched.master.generate import Generator
from ektp_sched.master.greedy import place_visits
from ektp_sched.master.improve import StopSearch
from ektp_sched.master.incumbent import Incumbent
from ektp_sched.master.neighbourhoods import Neighbourhoods
from ektp_sched.master.program import FloatArray
from ektp_sched.master.relaxation import Relaxation
from ektp_sched.master.state import (
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
from ektp_sched.network import FixedVisit, Network
from ektp_sched.network.arrays import IntArray

# Of the time of a tier: at most for its bound, then for choosing among its tours; the searches have
# the rest, and all of it where they run beside. A tier that is not the last leaves some to others.
BOUND_SHARE, CHOICE_SHARE, TIER_SHARE = 0.55, 0.2, 0.8
# Team-days whose tours are chosen anew at once, and seconds for that.
FEWEST_FREED, FIRST_FREED, MOST_SECONDS, SEARCH_SECONDS = 3, 10, 2.0, 0.4
NEAR_SHARE = 0.1  # of what the best plan lacks to the bound
HEAD_START, PATIENCE = 0.03, 0.02  # share of a tier's time, and seconds
FIRST_SHARE = 0.2  # for the search over stops where nothing runs beside it
FIRST_STAGE = 1.0  # units of work of a deterministic run's first stage; each is twice as long
# Of all time: for the exact choice, where the tours of a problem can be listed.
EXACT_SHARE = 0.6

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
    """

    network: Network
    tiers: Sequence[tuple[WeightedTerm, ...]]
    budget: Budget
    gap: float
    report: Report
    baseline: Sequence[FixedVisit] = ()
    infeasible: bool = field(init=False, default=False)
    proven: int = field(init=False, default=0)  # tiers, from the first one on
    demand: Demand = field(init=False)
    tour_search: Neighbourhoods = field(init=False)
    stop_search: StopSearch = field(init=False)
    promised: PlanState = field(init=False)
    incumbent: Incumbent = field(init=False)
    fixed: IntArray = field(init=False)  # by tier: what committed visits add to it
    history: IntArray = field(init=False)  # by tier: what done visits add to it
    tours: list[tuple[int, IntArray]] = field(default_factory=list)  # team-day and its stops
    bounds: list[int | None] = field(default_factory=list)
    tier: int = 0  # the one at work

    def __post_init__(self) -> None:
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

    def improve(self, visits: Sequence[FixedVisit]) -> tuple[list[FixedVisit], list[int | None]]:
        """Improve a plan that keeps all rules.

        Returns
        -------
        visits, bounds
            The best plan found, and for each tier (to be maximised) a bound or None.
        """
        choice, found = self._choose_exactly(visits), list(visits)
        self.bounds = [None] * len(self.tiers)
        if choice is not None and choice.visits is not None:
            found, self.proven = choice.visits, choice.closed
            known = zip_longest(choice.bounds, self.history.tolist())
            self.bounds = [None if bound is None else bound - past for bound, past in known]
        if self.proven < len(self.tiers):
            found = max([found, self._by_columns(found)], key=self._reached)
        bounds = [
            None if bound is None else bound + history
            for bound, history in zip(self.bounds, self.history.tolist(), strict=True)
        ]
        return found, bounds

    def _choose_exactly(self, visits: Sequence[FixedVisit] | None) -> Choice | None:
        days = self.tour_search.days
        listing = Listing(self.network, self.demand, self.promised, days, self.tiers, self.baseline)
        spare = self.budget.remaining * (1 - EXACT_SHARE)
        return choose(
            listing, self.budget, gap=self.gap, start=visits, report=self.report, spare=spare
        )

    def _reached(self, visits: Sequence[FixedVisit]) -> list[int]:
        """The tiers of a plan, less history, with T8."""
        kept = len(set(self.baseline) & {*visits, *self.network.done})
        value = self.tour_search.value(self._state(visits))
        weights = [
            sum(item.weight for item in tier if item.term == "changes") for tier in self.tiers
        ]
        return [total + weight * kept for total, weight in zip(value, weights, strict=True)]

    def _by_columns(self, visits: Sequence[FixedVisit]) -> list[FixedVisit]:
        """Tours generated and chosen stage by stage, for the tiers that are not proven yet."""
        self.incumbent = Incumbent(
            self._state(visits), self.tour_search.value, lambda _: self._tell()
        )
        length = FIRST_STAGE
        while not self.budget.over:
            # A longer deterministic run does all that a shorter one does, and then more, so that
            # it never ends worse.
            span = length if self.budget.deterministic else self.budget.remaining
            self._stage(self.budget.used + span)
            length *= 2
            if all(self._is_closed(tier) for tier in range(self.proven, len(self.tiers))):
                break
        return visits_of(self.network, self.incumbent.state)

    def _stage(self, until: float) -> None:
        """All tiers, one after the other."""
        for tier in range(self.proven, len(self.tiers)):
            self.tier = tier
            if self.budget.over:
                break
            last = self.tier == len(self.tiers) - 1
            left = max(0.0, until - self.budget.used)
            self._tier(self.budget.used + left * (1 if last else TIER_SHARE))

    def _tell(self) -> None:
        tier, bound = self.tier, self.bounds[self.tier]
        history = int(self.history[tier])
        value = self.incumbent.value[tier] + history
        self.report(tier, value, None if bound is None else bound + history)

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
        with self._searching(until) if beside else nullcontext():
            if not beside:
                first = begun + (until - begun) * FIRST_SHARE
                self.stop_search.run(self.incumbent, seed=seed, until=first, stop=self._is_done)
            if beside:
                # Tours of good plans make good prices from the first linear program on.
                self._wait(begun + (until - begun) * HEAD_START)
            generator = self._bound(relaxation, begun + (until - begun) * BOUND_SHARE)
            left = until - self.budget.used
            if not self._is_done():
                self._choose(generator, until if beside else self.budget.used + left / 2)
            search = self.tour_search if beside else self.stop_search
            search.run(self.incumbent, seed=seed + 1, until=until, stop=self._is_done)

    def _wait(self, until: float) -> None:
        while self.budget.used < until and not (self.budget.over or self._is_done()):
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

    def _bound(self, relaxation: Relaxation, until: float) -> Generator:
        """Generate tours for a tier; its bound and the tours are kept."""
        workers = self.budget.workers
        generator = Generator(relaxation, self.budget, max(1, workers - 1))
        generator.solve(
            self.demand.tier_weights[self.tier],
            close=self._is_near,
            until=until,
            enough=self._is_enough,
            more=lambda: self._add_seen(relaxation),
        )
        one_of = [one.members[0] for one in relaxation.classes]
        self.tours = [
            (one_of[tour.of_class], steps)
            for tour, steps in zip(relaxation.tours, relaxation.steps, strict=True)
        ]
        return generator

    def _add_seen(self, relaxation: Relaxation) -> int:
        """Add the tours of plans that the searches have seen lately."""
        return sum(
            relaxation.add_tour(relaxation.class_of[j], stops)
            for state in self.incumbent.seen()
            for j, stops in self._tours_of(state)
        )

    def _is_enough(self, bound: float) -> bool:
        """Take a better bound of the relaxation over."""
        whole, known = self._whole(self.tier, bound), self.bounds[self.tier]
        if whole is not None and (known is None or whole < known):
            self.bounds[self.tier] = whole
            self._tell()
        return self._is_done()

    def _is_near(self, bound: float, optimum: float) -> bool:
        """Whether a bound has little left to gain, beside what the best plan lacks."""
        lacking = bound + float(self.fixed[self.tier]) - self.incumbent.value[self.tier]
        least = self.gap / 2 * max(1.0, abs(optimum))
        return bound - optimum <= max(least, NEAR_SHARE * lacking)

    def _is_done(self) -> bool:
        return self._is_closed(self.tier)

    def _is_closed(self, tier: int) -> bool:
        bound, value = self.bounds[tier], self.incumbent.value[tier]
        return bound is not None and bound - value <= self.gap * max(1, abs(value))

    def _whole(self, tier: int, bound: float) -> int | None:
        """The relaxation's bound as one on the whole tier, in whole numbers."""
        if not math.isfinite(bound):
            return None
        forgiven = 1e-4 + 1e-9 * abs(bound)  # what sums of floating-point numbers may be off
        return math.floor(bound + forgiven) + int(self.fixed[tier])

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
        reached = np.array(self.incumbent.value) - self.fixed
        for row, value in zip(weights[:-1], reached.tolist(), strict=False):
            relaxation.keep_tier(row, value if row.any() else 0)
        return relaxation

    def _tours_of(self, state: PlanState) -> list[tuple[int, IntArray]]:
        """The tours of a plan, as stops in local indices."""
        found, step = [], self.network.step
        for j, day in self.tour_search.days.items():
            cut = (j, slice(int(state.length[j])))
            if state.length[j]:
                place = np.argsort(day.schools)
                local = place[np.searchsorted(day.schools[place], state.school[cut])]
                first = state.start[cut] // step
                last = (state.start[cut] + state.stay[cut]) // step
                found.append((j, np.stack([local, first, last], axis=1)))
        return found

    def _choose(self, generator: Generator, until: float) -> None:
        """Choose whole tours among the columns for all team-days, then for some again and again.

        The number of team-days that are chosen anew follows what could be solved in time.
        """
        relaxation, weights = generator.relaxation, self.demand.tier_weights[self.tier]
        relaxation.add_dated_rows()
        rng = np.random.default_rng(self.budget.seed)
        every = list(self.tour_search.days)
        seconds = (until - self.budget.used) * CHOICE_SHARE
        proven = self._choose_some(relaxation, every, seconds)
        count = float(FIRST_FREED)
        while not (proven or self._is_done() or self.budget.over) and self.budget.used < until:
            freed = self.tour_search.choose_days(rng, self.incumbent.state, round(count))
            self.tour_search.run(
                self.incumbent,
                seed=int(rng.integers(2**31)),
                until=min(until, self.budget.used + SEARCH_SECONDS),
                stop=self._is_done,
            )
            generator.vary({relaxation.class_of[j] for j in freed}, weights, rng)
            relaxation.add_dated_rows()
            seconds = min(MOST_SECONDS, until - self.budget.used)
            if len(freed) == len(every):
                break
            solved = self._choose_some(relaxation, freed, seconds)
            count = max(FEWEST_FREED, min(len(every), count * (1.05 if solved else 0.9)))

    def _choose_some(self, relaxation: Relaxation, freed: list[int], seconds: float) -> bool:
        """Offer the best choice of tours for some team-days; whether it is proven to be that."""
        start: dict[int, float] = defaultdict(float)
        held: dict[int, float] = defaultdict(float)
        for j, stops in self._tours_of(self.incumbent.state):
            column = relaxation.column_of(relaxation.class_of[j], stops)
            (start if j in freed else held)[column] += 1.0
        classes = {relaxation.class_of[j] for j in freed}
        found = relaxation.program.solve_whole(
            [
                column
                for tour, column in zip(relaxation.tours, relaxation.tour_column, strict=True)
                if tour.of_class in classes
            ],
            relaxation.tour_column,
            self.budget,
            time_limit=max(0.1, seconds),
            gap=self.gap / 2,
            start=start,
            held=held,
        )
        if found is None:
            return False
        chosen = self._lay(relaxation, found.columns)
        if self.tour_search.is_allowed(chosen):
            self.incumbent.offer(chosen)
        return found.proven

    def _lay(self, relaxation: Relaxation, columns: FloatArray) -> PlanState:
        """Drive the chosen tours and allot the pupils to their stops."""
        driven: list[tuple[int, IntArray]] = []
        free = [list(reversed(one.members)) for one in relaxation.classes]
        for index, column in enumerate(relaxation.tour_column):
            number = relaxation.tours[index].of_class
            driven += [
                (free[number].pop(), relaxation.steps[index])
                for _ in range(min(round(columns[column]), len(free[number])))
            ]
        taken = allot(
            self.network,
            self.demand,
            self.promised,
            [stop for j, steps in driven for stop in self._stops(j, steps)],
            self.budget,
        )
        state = PlanState(*(array.copy() for array in self.promised))
        for j, steps in sorted(driven, key=lambda pair: pair[0]):
            self._drive(state, j, steps, taken)
        return state

    def _stops(self, j: int, steps: IntArray) -> list[Stop]:
        day, step = self.tour_search.days[j], self.network.step
        return [
            (j, int(day.schools[i]), first * step, last * step)
            for i, first, last in steps.tolist()
            if day.committed[i] == 0
        ]

    def _drive(
        self, state: PlanState, j: int, steps: IntArray, taken: dict[tuple[int, int], list[int]]
    ) -> None:
        """Lay a tour over a team-day with the pupils allotted to its stops."""
        day = self.tour_search.days[j]
        allotted = np.zeros((len(steps), state.take.shape[2]), dtype=np.int64)
        for row, i in enumerate(steps[:, 0]):
            pupils = taken.get((j, int(day.schools[i])), [])
            allotted[row, : len(pupils)] = pupils
        put_back(self.tour_search.arrays, self.demand, state, day, j, steps, allotted)
