"""The search over stops (see ruin.py), run in slices so that time and a cancel are heard."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ektp_sched.engine.budget import Budget
from ektp_sched.engine.instance import Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.instance.build import shortest_stays
from ektp_sched.engine.search.exchange import terms_of
from ektp_sched.engine.search.recreate import Field, Work, retime, update_drawable
from ektp_sched.engine.search.ruin import anneal
from ektp_sched.engine.search.state import STUDENTS, Demand, PlanState, copy_of
from ektp_sched.engine.tours.day import TourArrays
from ektp_sched.engine.tours.pricing import FloatArray
from ektp_sched.engine.tours.schedule import Timing, make_timing

Value = tuple[int, ...]
MOST_SEEN = 20


class Incumbent:
    """The best plan that any search has offered; a plan never changes once it is here.

    Parameters
    ----------
    value_of
        Each tier's value of a plan, to be maximised.
    told
        Called with every better plan's value, by one search at a time.
    """

    def __init__(
        self,
        state: PlanState,
        value_of: Callable[[PlanState], Value],
        told: Callable[[Value], None],
    ) -> None:
        self._value_of, self._told = value_of, told
        self._lock = threading.Lock()
        self._state, self._value = copy_of(state), value_of(state)
        self._seen: deque[PlanState] = deque([self._state], maxlen=MOST_SEEN)

    @property
    def state(self) -> PlanState:
        """The plan, to be read only."""
        return self._state

    @property
    def value(self) -> Value:
        """Its value."""
        return self._value

    def offer(self, state: PlanState) -> bool:
        """Take a plan that keeps all rules over, if it is better."""
        value = self._value_of(state)
        with self._lock:
            if value <= self._value:
                return False
            self._state, self._value = copy_of(state), value
            self._seen.append(self._state)
            self._told(value)
        return True

    def show(self, state: PlanState) -> None:
        """Let others see a plan that keeps all rules, better or not: its tours may be of use."""
        self._seen.append(copy_of(state))

    def seen(self) -> list[PlanState]:
        """Plans shown or taken over since this was asked before, the newest ones."""
        found = []
        while self._seen:
            found.append(self._seen.popleft())
        return found


NEAREST = 40
SLICE = 0.1  # seconds, or units of work
HOT, COLD = 0.3, 0.002  # temperatures in units of a visit's mean worth
# Share of the time left that an annealing takes, at least so many seconds; each begins less hot.
CYCLE_SHARE, SHORTEST_CYCLE, COOLER = 0.45, 2.0, 0.5
# A blank's worth against a pupil's: at first, and from slice to slice; short is this share of all.
FIRST_CARD, DEARER, CHEAPER, SHORT = 0.2, 1.1, 0.93, 0.002
# Units of work, about a second each, of trying a school in a team-day.
TRIAL_UNIT = 4e-7


@dataclass(slots=True)
class StopSearch:
    """Ruin and recreate on plans that keep all rules.

    Parameters
    ----------
    rank
        [K] place of each team's id among all.
    weights
        [7] worth of a unit of each term.
    """

    network: Network
    arrays: TourArrays
    demand: Demand
    rank: IntArray
    weights: FloatArray
    budget: Budget
    field: Field = field(init=False)

    def __post_init__(self) -> None:
        self.field = make_field(self.network, self.arrays, self.weights)

    def run(
        self, incumbent: Incumbent, *, seed: int, until: float, stop: Callable[[], bool]
    ) -> None:
        """Offer better plans until so much of the budget is used, or `stop` says so.

        Anneals again and again from the best plan there is.
        """
        if not len(self.field.team_days):
            return  # no team-day can visit a school
        rng, hot = np.random.default_rng(seed), HOT
        while not stop() and not self.budget.past(until):
            span = max(SHORTEST_CYCLE, CYCLE_SHARE * (until - self.budget.used))
            self._anneal(incumbent, rng, hot, min(until, self.budget.used + span), stop)
            hot *= COOLER

    def _anneal(
        self,
        incumbent: Incumbent,
        rng: np.random.Generator,
        hot: float,
        until: float,
        stop: Callable[[], bool],
    ) -> None:
        best, now, trial = (copy_of(incumbent.state) for _ in range(3))
        timing, work = self._passes(now)
        terms = terms_of(self.arrays, self.demand, now)
        visit = abs(float(self.weights @ terms)) / max(1, int(now.length.sum()))
        begun, turns = self.budget.used, 20
        most = max(0.0, float(self.weights[STUDENTS]))
        short, card = SHORT * int(self.network.allowance[-1]), most * FIRST_CARD
        unit = TRIAL_UNIT * max(1.0, len(self.field.team_days))
        while not stop() and not self.budget.past(until):
            since = self.budget.used
            done = (since - begun) / (until - begun)
            heat = visit * hot * (COLD / hot) ** done
            better = anneal(
                self.arrays,
                self.demand,
                self.field,
                self.rank,
                now,
                trial,
                best,
                timing,
                work,
                heat,
                card,
                turns,
                int(rng.integers(2**31)),
            )
            if better:
                incumbent.offer(best)
            incumbent.show(now)
            # Blanks are worth more while none are left, less while some are.
            card = min(most, card * DEARER if now.blanks[-1] <= short else card * CHEAPER)
            self.budget.charge(turns * unit)
            took = self.budget.used - since
            turns = max(1, min(100_000, int(turns * SLICE / max(1e-4, took))))

    def _passes(self, state: PlanState) -> tuple[Timing, Work]:
        """The passes over a plan's tours, and nothing touched."""
        team_days, _, cohorts = state.take.shape
        timing = make_timing(team_days, state.school.shape[1])
        for j in range(team_days):
            retime(self.arrays, state, timing, j)
        work = Work(
            team_day=np.zeros(team_days, dtype=np.bool_),
            school=np.zeros(len(state.visits), dtype=np.bool_),
            drawable=np.zeros(len(state.blanks), dtype=np.int64),
            take=np.zeros(cohorts, dtype=np.int64),
            best_take=np.zeros(cohorts, dtype=np.int64),
        )
        update_drawable(state, work)
        return timing, work


def make_field(network: Network, arrays: TourArrays, weights: FloatArray) -> Field:
    """Gather what the search needs besides the arrays of the problem."""
    team_day = np.repeat(np.arange(network.team_days), np.diff(arrays.option_ptr))
    order = np.argsort(arrays.option_school, kind="stable")
    first = network.first_school_place
    between = network.travel[first:, first:] + network.travel[first:, first:].T
    np.fill_diagonal(between, -1)
    school_of = np.repeat(np.arange(network.schools), np.diff(network.cohort_ptr))
    pupils = np.bincount(school_of, weights=network.cohort_left, minlength=network.schools)
    pace = (network.seconds / (60 * network.kits[:, None])).min(axis=0, initial=np.inf)
    return Field(
        ptr=np.searchsorted(arrays.option_school[order], np.arange(network.schools + 1)),
        team_days=team_day[order],
        near=np.argsort(between, axis=1, kind="stable")[:, :NEAREST].copy(),
        shortest=shortest_stays(network).min(axis=0, initial=1 << 40),
        minutes=np.maximum(1.0, network.overhead + pace * pupils),
        weights=weights,
    )
