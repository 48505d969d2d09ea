"""Better plans by taking some tours out and pricing new ones for what is left."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ektp_sched.engine.budget import Budget
from ektp_sched.engine.instance import Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.exchange import keeps_sizes, refill, take_out, terms_of
from ektp_sched.engine.search.improve import Incumbent, Value
from ektp_sched.engine.search.insertion import fill_team_day
from ektp_sched.engine.search.state import (
    LESSONS,
    SCHOOLS,
    SHORTFALL,
    STUDENTS,
    TEAM_DAYS,
    TRAVEL,
    WAIT,
    Demand,
    PlanState,
    copy_of,
)
from ektp_sched.engine.tours.day import DayArrays, TourArrays, days_of, tour_arrays
from ektp_sched.engine.tours.labels import make_pool
from ektp_sched.engine.tours.pricing import FloatArray, grid_steps

LABELS = 50_000
MOST_FREED = 6
# What a later tier counts against an earlier one while tours are priced.
FADE = 0.02
# Units of work, about a second each, of a tour priced anew, by step and pair of schools.
TRY_UNIT = 1e-8


@dataclass(slots=True)
class Neighbourhoods:
    """A large-neighbourhood search over whole tours from a plan that keeps all rules."""

    network: Network
    demand: Demand
    budget: Budget
    arrays: TourArrays = field(init=False)
    rank: IntArray = field(init=False)  # [K] place of each team's id among all
    days: dict[int, DayArrays] = field(init=False)
    weights: FloatArray = field(init=False)  # [7] worth of a unit of each term
    priced: FloatArray = field(init=False)  # the same, lessons by a pupil's whole absence

    def __post_init__(self) -> None:
        network = self.network
        self.arrays = tour_arrays(network)
        self.rank = np.argsort(np.argsort(np.array(network.team_ids)))
        self.days = days_of(network)
        self.weights = _blended(network, self.demand)
        self.priced = self.weights.copy()
        self.priced[LESSONS] *= max(1, network.minutes_away * 100)

    def value(self, state: PlanState) -> Value:
        """Each tier's value, to be maximised."""
        terms = terms_of(self.arrays, self.demand, state)
        return tuple((self.demand.tier_weights @ terms).tolist())

    def is_allowed(self, state: PlanState) -> bool:
        """Whether a plan made of allowed tours and allotted pupils keeps R10, too."""
        return keeps_sizes(self.arrays, self.demand, state, self.rank)

    def run(
        self, incumbent: Incumbent, *, seed: int, until: float, stop: Callable[[], bool]
    ) -> None:
        """Offer better plans until so much of the budget is used, or `stop` says so."""
        rng = np.random.default_rng(seed)
        most = max((len(day.schools) for day in self.days.values()), default=1)
        steps = max((grid_steps(day) for day in self.days.values()), default=1)
        finish, arrival = make_pool(LABELS, steps, most), make_pool(LABELS, steps, most)
        even = np.full(self.network.schools, 100, dtype=np.int64)
        plain = np.ones(self.network.schools)

        def over() -> bool:
            return stop() or self.budget.past(until)

        while self.days and not over():
            trial = copy_of(incumbent.state)
            freed = self.choose_days(rng, trial, int(rng.integers(2, MOST_FREED + 1)))
            for j in freed:
                take_out(self.arrays, self.demand, trial, j)
            worth = rng.uniform(0.5, 1.5, self.network.schools)
            for place, j in enumerate(freed):
                price = plain if place == len(freed) - 1 else worth
                refill(
                    self.arrays,
                    self.demand,
                    trial,
                    self.days[j],
                    j,
                    price,
                    self.priced,
                    finish,
                    arrival,
                )
                if over():  # on a long, fine grid a tour takes seconds
                    return
            for j in freed:
                fill_team_day(self.arrays, self.demand, trial, j, even)
            self.budget.charge(len(freed) * TRY_UNIT * steps * most * most)
            if self.is_allowed(trial):
                incumbent.offer(trial)

    def choose_days(self, rng: np.random.Generator, state: PlanState, count: int) -> list[int]:
        """Team-days to free: any, near in time, or those that do or could visit one school."""
        every = np.array(list(self.days), dtype=np.int64)
        count = min(len(every), count)
        kind = rng.integers(3)
        if kind == 0:
            return [int(j) for j in rng.choice(every, count, replace=False)]
        if kind == 1:
            first = int(rng.integers(0, len(every) - count + 1))
            return [int(j) for j in rng.permutation(every[first : first + count])]
        school = int(rng.integers(self.network.schools))
        here = [j for j in every if school in state.school[j, : state.length[j]]]
        could = [j for j in every if school in self.days[j].schools and j not in here]
        chosen = [*here, *rng.permutation(np.array(could, dtype=np.int64))][:count]
        return [int(j) for j in rng.permutation(np.array(chosen, dtype=np.int64))]


def _blended(network: Network, demand: Demand) -> FloatArray:
    """One weight a term for all searches: tiers faded one by the other, terms on one scale."""
    scale = np.ones(7)
    scale[LESSONS] = 1 / max(1, network.minutes_away * 100)
    scale[TRAVEL] = 0.1
    scale[WAIT] = 1 / max(1, network.days)
    scale[[STUDENTS, SHORTFALL, SCHOOLS, TEAM_DAYS]] = 1.0
    blended = np.zeros(7)
    gaining = [t for t, row in enumerate(demand.tier_weights) if row[[STUDENTS, SHORTFALL]].any()]
    main = gaining[0] if gaining else 0
    for tier, row in enumerate(demand.tier_weights):
        largest = max(1, int(np.abs(row).max()))
        blended += row / largest * scale * FADE ** (tier - main)
    return blended
