"""The tour engine: bounds by column generation, plans by whole tours, tier after tier."""

import math
from collections.abc import Callable, Sequence
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
from ektp_sched.master.neighbourhoods import Neighbourhoods, Value
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

# Of the time left to a tier: for the bound, then for choosing among its tours; the rest for
# neighbourhoods. A tier that is not the last leaves some to those after it.
BOUND_SHARE, CHOICE_SHARE, TIER_SHARE = 0.5, 0.4, 0.8
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
    demand: Demand = field(init=False)
    search: Neighbourhoods = field(init=False)
    promised: PlanState = field(init=False)
    fixed: IntArray = field(init=False)  # by tier: what committed visits add to it
    history: IntArray = field(init=False)  # by tier: what done visits add to it
    tours: list[tuple[int, IntArray]] = field(default_factory=list)  # team-day and its stops
    bounds: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.demand = make_demand(self.network, self.tiers)
        self.search = Neighbourhoods(self.network, self.demand, self.budget)
        self.promised = self._state(self.network.confirmed)
        terms = terms_of(self.search.arrays, self.demand, self.promised)
        # The relaxation counts shortfall, travel and team-days of committed visits itself.
        terms[[SHORTFALL, TRAVEL, TEAM_DAYS]] = 0
        self.fixed = self.demand.tier_weights @ terms
        recorded = sum(
            int(self.network.priority[c]) * count
            for visit in self.network.done
            for c, count in zip(self.network.cohorts_of(visit.school), visit.take, strict=True)
        )
        self.history = self.demand.tier_weights[:, STUDENTS] * recorded

    def improve(
        self, visits: Sequence[FixedVisit] | None
    ) -> tuple[list[FixedVisit] | None, list[int | None]]:
        """Improve a plan that keeps all rules; None where the commitments alone break some.

        Returns
        -------
        visits, bounds
            The best plan found (None if there is none), and for each tier (to be maximised) a
            bound or None.
        """
        choice = self._choose_exactly(visits)
        if choice is not None:
            visits, self.infeasible = choice.visits, choice.infeasible
        if visits is None:
            return None, []
        best, proven = self._state(visits), [] if choice is None else choice.bounds
        closed = proven[: choice.closed] if choice else []
        self.bounds = [
            bound - past for bound, past in zip(closed, self.history.tolist(), strict=False)
        ]
        for tier in range(len(self.bounds), len(self.tiers)):
            if self.budget.over:
                break
            best = self._tier(tier, best)
        pairs = zip(self.bounds, self.history.tolist(), strict=False)
        bounds = [None if bound is None else bound + history for bound, history in pairs]
        found = max([visits_of(self.network, best), list(visits)], key=self._reached)
        return found, [_lower(*pair) for pair in zip_longest(bounds, proven)]

    def _choose_exactly(self, visits: Sequence[FixedVisit] | None) -> Choice | None:
        listing = Listing(
            self.network, self.demand, self.promised, self.search.days, self.tiers, self.baseline
        )
        spare = self.budget.remaining * (1 - EXACT_SHARE)
        return choose(
            listing, self.budget, gap=self.gap, start=visits, report=self.report, spare=spare
        )

    def _reached(self, visits: Sequence[FixedVisit]) -> list[int]:
        """The tiers of a plan, less history, with T8."""
        kept = len(set(self.baseline) & {*visits, *self.network.done})
        value = self.search.value(self._state(visits))
        weights = [
            sum(item.weight for item in tier if item.term == "changes") for tier in self.tiers
        ]
        return [total + weight * kept for total, weight in zip(value, weights, strict=True)]

    def _tell(self, tier: int, value: int, bound: int | None) -> None:
        history = int(self.history[tier])
        self.report(tier, value + history, None if bound is None else bound + history)

    def _state(self, visits: Sequence[FixedVisit]) -> PlanState:
        state = empty_state(self.network)
        place_visits(self.network, self.search.arrays, self.demand, state, visits)
        return state

    def _tier(self, tier: int, best: PlanState) -> PlanState:
        last = tier == len(self.tiers) - 1
        after = 0.0 if last else self.budget.remaining * (1 - TIER_SHARE)
        relaxation = self._relaxation(tier, best)
        generator = Generator(relaxation, self.budget)
        weights = self.demand.tier_weights[tier]
        value = self.search.value(best)
        self._tell(tier, value[tier], None)
        optimum, bound = generator.solve(
            weights,
            gap=self.gap / 2,
            deadline=self._after(after, BOUND_SHARE),
            report=lambda better: self._tell(tier, value[tier], self._whole(tier, better)),
        )
        self.bounds.append(self._whole(tier, bound))
        one_of = [one.members[0] for one in relaxation.classes]
        self.tours = [
            (one_of[tour.of_class], steps)
            for tour, steps in zip(relaxation.tours, relaxation.steps, strict=True)
        ]
        if optimum is None or self._close(tier, value):
            return best
        chosen = self._choose(relaxation, after)
        if chosen is not None and self.search.value(chosen) > value:
            best = chosen if self.search.is_allowed(chosen) else best
        return self.search.improve(
            best,
            deadline=after,
            good_enough=lambda reached: self._close(tier, reached),
            report=lambda reached: self._tell(tier, reached[tier], self.bounds[tier]),
        )

    def _whole(self, tier: int, bound: float) -> int | None:
        """The relaxation's bound as one on the whole tier, in whole numbers."""
        if not math.isfinite(bound):
            return None
        forgiven = 1e-4 + 1e-9 * abs(bound)  # what sums of floating-point numbers may be off
        return math.floor(bound + forgiven) + int(self.fixed[tier])

    def _after(self, after: float, share: float) -> float:
        return after + (self.budget.remaining - after) * (1 - share)

    def _close(self, tier: int, value: Value) -> bool:
        bound = self.bounds[tier]
        return bound is not None and bound - value[tier] <= self.gap * max(1, abs(value[tier]))

    def _relaxation(self, tier: int, best: PlanState) -> Relaxation:
        weights = self.demand.tier_weights[: tier + 1].copy()
        for number, earlier in enumerate(self.tiers[:tier]):
            if any(item.term == "changes" for item in earlier):
                # Without T8 in the account, a better plan may seem worse in that tier.
                weights[number] = 0
        relaxation = Relaxation(self.network, self.search.days, self.promised, weights)
        number_of = {
            j: number for number, one in enumerate(relaxation.classes) for j in one.members
        }
        for j, stops in [*self.tours, *self._tours_of(best)]:
            relaxation.add_tour(number_of[j], stops)
        reached = np.array(self.search.value(best)) - self.fixed
        for row, value in zip(weights[:-1], reached.tolist(), strict=False):
            relaxation.keep_tier(row, value if row.any() else 0)
        return relaxation

    def _tours_of(self, state: PlanState) -> list[tuple[int, IntArray]]:
        """The tours of a plan, as stops in local indices."""
        found, step = [], self.network.step
        for j, day in self.search.days.items():
            cut = (j, slice(int(state.length[j])))
            if state.length[j]:
                place = np.argsort(day.schools)
                local = place[np.searchsorted(day.schools[place], state.school[cut])]
                first = state.start[cut] // step
                last = (state.start[cut] + state.stay[cut]) // step
                found.append((j, np.stack([local, first, last], axis=1)))
        return found

    def _choose(self, relaxation: Relaxation, after: float) -> PlanState | None:
        """The best plan made of whole tours among the columns."""
        relaxation.add_dated_rows()
        seconds = (self.budget.remaining - after) * CHOICE_SHARE
        columns = relaxation.program.solve_whole(
            relaxation.tour_column,
            self.budget,
            time_limit=max(0.1, seconds),
            gap=self.gap / 2,
        )
        return None if columns is None else self._lay(relaxation, columns)

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
        day, step = self.search.days[j], self.network.step
        return [
            (j, int(day.schools[i]), first * step, last * step)
            for i, first, last in steps.tolist()
            if day.committed[i] == 0
        ]

    def _drive(
        self, state: PlanState, j: int, steps: IntArray, taken: dict[tuple[int, int], list[int]]
    ) -> None:
        """Lay a tour over a team-day with the pupils allotted to its stops."""
        day = self.search.days[j]
        allotted = np.zeros((len(steps), state.take.shape[2]), dtype=np.int64)
        for row, i in enumerate(steps[:, 0]):
            pupils = taken.get((j, int(day.schools[i])), [])
            allotted[row, : len(pupils)] = pupils
        put_back(self.search.arrays, self.demand, state, day, j, steps, allotted)


def _lower(one: int | None, other: int | None) -> int | None:
    """The lower of two bounds, either of which may be missing."""
    return min((bound for bound in (one, other) if bound is not None), default=None)
