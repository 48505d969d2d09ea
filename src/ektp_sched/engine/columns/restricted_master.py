"""Plans of whole tours, chosen among the columns of the master problem by a MIP solver.

First for all team-days at once, which settles cities where pupils of a school are never shared
among visits; then for a few team-days at a time, with the others' tours held: a large-neighbourhood
search whose neighbourhoods are tours at prices near the dual ones.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ektp_sched.engine.columns.generate import Generator
from ektp_sched.engine.columns.neighbourhoods import Neighbourhoods
from ektp_sched.engine.columns.program import FloatArray
from ektp_sched.engine.columns.relaxation import Relaxation
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.exchange import put_back
from ektp_sched.engine.search.improve import Incumbent
from ektp_sched.engine.search.pupils import Stop, allot
from ektp_sched.engine.search.state import PlanState, copy_of
from ektp_sched.engine.tours.day import DayArrays

ALL_SHARE = 0.5  # of the time, for all team-days at once
# Team-days whose tours are chosen anew at once, and what their number is multiplied by next.
FEWEST, FIRST, GROW, SHRINK = 3, 10, 1.2, 0.8
CHOICE_SECONDS, SEARCH_SECONDS = 2.0, 0.4
CHOICE_UNIT = 0.5  # units of work of one choice


@dataclass(slots=True)
class WholeTours:
    """One tier's choice of whole tours.

    Parameters
    ----------
    search
        Runs between two choices; it also says which team-days to choose anew.
    fixed
        What committed visits add to the tier.
    """

    generator: Generator
    search: Neighbourhoods
    promised: PlanState
    incumbent: Incumbent
    tier: int
    fixed: int
    gap: float
    is_done: Callable[[], bool]

    def run(self, until: float) -> None:
        """Offer better plans until so much of the budget is used or nothing is left to choose.

        The number of team-days that are chosen anew follows what could be solved in time.
        """
        generator, relaxation = self.generator, self.generator.relaxation
        budget, weights = generator.budget, self.search.demand.tier_weights[self.tier]
        relaxation.add_dated_rows()
        rng = np.random.default_rng(budget.seed)
        every = list(self.search.days)
        seconds = (until - budget.used) * ALL_SHARE
        proven = self._choose(every, seconds)
        count = float(FIRST)
        while not (proven or self.is_done() or budget.past(until)):
            freed = self.search.choose_days(rng, self.incumbent.state, round(count))
            self.search.run(
                self.incumbent,
                seed=int(rng.integers(2**31)),
                until=min(until, budget.used + SEARCH_SECONDS),
                stop=self.is_done,
            )
            generator.vary({relaxation.class_of[j] for j in freed}, weights, rng)
            relaxation.add_dated_rows()
            seconds = min(CHOICE_SECONDS, until - budget.used)
            if len(freed) == len(every):
                break
            solved = self._choose(freed, seconds)
            count = max(FEWEST, min(len(every), count * (GROW if solved else SHRINK)))

    def _choose(self, freed: list[int], seconds: float) -> bool:
        """Offer the best choice of tours for some team-days; whether it is proven to be that."""
        relaxation, budget = self.generator.relaxation, self.generator.budget
        start: dict[int, float] = defaultdict(float)
        held: dict[int, float] = defaultdict(float)
        for j, stops in tours_of(self.search.days, self.incumbent.state):
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
            budget,
            time_limit=max(0.1, seconds),
            gap=self.gap / 2,
            start=start,
            held=held,
        )
        budget.charge(CHOICE_UNIT)
        if found is None:
            return False
        if round(found.value) + self.fixed > self.incumbent.value[self.tier]:
            chosen = self._lay(relaxation, found.columns)
            if self.search.is_allowed(chosen):
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
            self.search.network,
            self.search.demand,
            self.promised,
            [stop for j, steps in driven for stop in self._stops(j, steps)],
            self.generator.budget,
        )
        state = copy_of(self.promised)
        for j, steps in sorted(driven, key=lambda pair: pair[0]):
            self._drive(state, j, steps, taken)
        return state

    def _stops(self, j: int, steps: IntArray) -> list[Stop]:
        day, step = self.search.days[j], self.search.network.step
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
        put_back(self.search.arrays, self.search.demand, state, day, j, steps, allotted)


def tours_of(days: Mapping[int, DayArrays], state: PlanState) -> list[tuple[int, IntArray]]:
    """The tours of a plan by team-day, as stops in local indices (see best_tour)."""
    found = []
    for j, day in days.items():
        cut = (j, slice(int(state.length[j])))
        if state.length[j]:
            place = np.argsort(day.schools)
            local = place[np.searchsorted(day.schools[place], state.school[cut])]
            first = state.start[cut] // day.step
            last = (state.start[cut] + state.stay[cut]) // day.step
            found.append((j, np.stack([local, first, last], axis=1)))
    return found
