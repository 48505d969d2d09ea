"""Where one more visit to a school could be put into a plan, and what it would push out.

An opening leaves the rest of the plan as it is, but for stops of the same team-day that move or
give way and, tried both ways, other visits of the same school. Blanks are minded afterwards, by
`within_blanks`: they can be taken from any visit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.exchange import count_visit, terms_of
from ektp_sched.engine.search.insertion import (
    call_pupils,
    capacity,
    least_pupils,
    longest_fit,
    may_visit,
    place_visits,
    put_in,
    shortest_stay,
)
from ektp_sched.engine.search.state import (
    STUDENTS,
    Demand,
    PlanState,
    copy_of,
    empty_state,
    make_demand,
    visits_of,
)
from ektp_sched.engine.tours.day import TourArrays, tour_arrays

NOON = 12 * 60
EVERYBODY = 1_000_000
# So many stops of a team-day give way at once, else all that may.
GIVE_WAY = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """A visit put into a plan, the visits that stay beside it, and their worth tier by tier.

    The visits may draw more blanks than there are; the worth counts a pupil less for each. It
    fills no time that is left over.
    """

    visit: FixedVisit
    others: tuple[FixedVisit, ...]
    worth: tuple[int, ...]


class _Found(NamedTuple):
    """An opening before it is told: the visit, its worth, and the plan with it."""

    worth: tuple[int, ...]
    visit: FixedVisit
    state: PlanState


class _Pupils(NamedTuple):
    """How many a visit may record, and must, beside the visits of a state."""

    state: PlanState
    wanted: int
    needed: int


@dataclass(slots=True)
class Openings:
    """The openings of one school in a plan, the best of each team-day and half of the day.

    Parameters
    ----------
    visits
        The plan's visits to come; those of `network.confirmed` stay.
    """

    network: Network
    tiers: Sequence[tuple[WeightedTerm, ...]]
    school: int
    visits: Sequence[FixedVisit]
    arrays: TourArrays = field(init=False)
    demand: Demand = field(init=False)
    firm: frozenset[FixedVisit] = field(init=False)

    def __post_init__(self) -> None:
        self.arrays = tour_arrays(self.network)
        self.demand = make_demand(self.network, self.tiers)
        self.firm = frozenset(self.network.confirmed)

    def found(self) -> list[Opening]:
        """All openings, best worth first."""
        best: dict[tuple[int, bool], _Found] = {}
        for kept in self._ways_to_keep():
            for one in self._beside(kept):
                key = (one.visit.team_day, one.visit.start < NOON)
                if key not in best or one.worth > best[key].worth:
                    best[key] = one
        openings = [
            Opening(visit, tuple(v for v in visits_of(self.network, state) if v != visit), worth)
            for worth, visit, state in best.values()
        ]
        return sorted(openings, key=lambda one: (one.worth, -one.visit.day), reverse=True)

    def _ways_to_keep(self) -> Iterator[list[FixedVisit]]:
        """The plan whole, without each of the school's own visits, and without all of them."""
        own = [v for v in self.visits if v.school == self.school and v not in self.firm]
        yield list(self.visits)
        for visit in own:
            yield [v for v in self.visits if v != visit]
        if len(own) > 1:
            yield [v for v in self.visits if v not in own]

    def _beside(self, kept: Sequence[FixedVisit]) -> Iterator[_Found]:
        """Openings beside some visits of the plan, on every team-day."""
        state = self._state(kept)
        unpressed = self._state([v for v in kept if v.school == self.school or v in self.firm])
        for j in range(self.network.team_days):
            day = int(self.arrays.td_day[j])
            options = slice(int(self.arrays.option_ptr[j]), int(self.arrays.option_ptr[j + 1]))
            if self.school not in self.arrays.option_school[options]:
                continue
            if self.school in state.school[j, : state.length[j]]:
                continue  # R8: a team visits a school at most once a day
            if not may_visit(self.demand, unpressed, self.arrays.days, self.school, day):
                continue
            pupils = self._pupils(unpressed, day)
            if pupils is not None:
                yield from self._on(j, self._without(state, j), pupils, kept)

    def _on(
        self, j: int, bare: PlanState, pupils: _Pupils, kept: Sequence[FixedVisit]
    ) -> Iterator[_Found]:
        """Openings on a team-day that `bare` holds no stop of."""
        stops = [stop for stop in kept if stop.team_day == j]
        removable = [stop for stop in stops if stop not in self.firm]
        for arrays in (self.arrays, *(self._opening_at(j, at) for at in self._beginnings(j))):
            for out in _give_way(removable):
                state, whole = copy_of(bare), False
                stay_on = [stop for stop in stops if stop not in out]
                place_visits(self.network, arrays, self.demand, state, stay_on)
                for found in self._inserted(arrays, state, pupils, j):
                    whole = whole or found.visit.recorded == pupils.wanted
                    yield found
                if whole:
                    break  # whoever else gives way only loses

    def _inserted(
        self, arrays: TourArrays, state: PlanState, pupils: _Pupils, j: int
    ) -> Iterator[_Found]:
        """The visit with all pupils whom promises leave blanks for, or with those the plan does."""
        if state.length[j] >= min(state.school.shape[1], int(arrays.td_max_visits[j])):
            return
        yield from self._calling(arrays, state, pupils, j)
        pressed = self._pupils(state, int(arrays.td_day[j]))
        if pressed is not None and pressed.wanted < pupils.wanted:
            yield from self._calling(arrays, state, pressed, j)

    def _calling(
        self, arrays: TourArrays, state: PlanState, pupils: _Pupils, j: int
    ) -> Iterator[_Found]:
        """The visit at each place in the tour, as long as its pupils need or the tour allows."""
        team, day = int(arrays.td_team[j]), int(arrays.td_day[j])
        longest = int(arrays.shift_end[j]) // arrays.step * arrays.step
        least = int(shortest_stay(arrays, team, self.school, pupils.needed))
        most = min(longest, int(shortest_stay(arrays, team, self.school, pupils.wanted)))
        tour = np.zeros((4, state.school.shape[1] + 1), dtype=np.int64)
        take = np.zeros(state.take.shape[2], dtype=np.int64)
        for at in range(int(state.length[j]) + 1):
            stay = longest_fit(arrays, state, j, at, self.school, least, most, tour)
            if not stay:
                continue
            room = capacity(arrays, team, self.school, stay)
            call_pupils(self.demand, pupils.state, self.school, day, room, take)
            full = copy_of(state)
            put_in(arrays, self.demand, full, j, at, tour, take)
            yield _Found(self._worth(full), self._visit(j, tour[:, at], take), full)

    def _state(self, visits: Sequence[FixedVisit]) -> PlanState:
        state = empty_state(self.network)
        place_visits(self.network, self.arrays, self.demand, state, visits)
        return state

    def _without(self, state: PlanState, j: int) -> PlanState:
        """A plan without any stop of a team-day."""
        bare, day = copy_of(state), self.arrays.td_day[j]
        for i in range(int(bare.length[j])):
            count_visit(self.demand, bare, bare.school[j, i], day, bare.take[j, i], -1)
        bare.length[j] = 0
        return bare

    def _pupils(self, state: PlanState, day: int) -> _Pupils | None:
        take = np.zeros(state.take.shape[2], dtype=np.int64)
        wanted = int(call_pupils(self.demand, state, self.school, day, EVERYBODY, take))
        needed = int(least_pupils(self.demand, state, self.school, day))
        return None if wanted < needed else _Pupils(state, wanted, needed)

    def _beginnings(self, j: int) -> list[int]:
        """Times from which on a visit may be better: noon, and where the lesson percent changes."""
        pieces = self.network.pieces(self.school, int(self.arrays.td_day[j]))
        return sorted({NOON, *(start for start, *_ in pieces[1:])})

    def _opening_at(self, j: int, at: int) -> TourArrays:
        """The arrays with the school opening at `at` on a team-day's date, not before."""
        row = self.school * self.arrays.days + int(self.arrays.td_day[j])
        cut = slice(int(self.arrays.window_ptr[row]), int(self.arrays.window_ptr[row + 1]))
        starts = self.arrays.window_start.copy()
        starts[cut] = np.maximum(starts[cut], at)
        return self.arrays._replace(window_start=starts)

    def _worth(self, state: PlanState) -> tuple[int, ...]:
        """The tiers of a plan; each blank that it lacks will cost a pupil."""
        terms = terms_of(self.arrays, self.demand, state)
        terms[STUDENTS] += min(0, int(state.blanks.min(initial=0)))
        return tuple((self.demand.tier_weights @ terms).tolist())

    def _visit(self, j: int, stop: IntArray, take: IntArray) -> FixedVisit:
        cohorts = len(self.network.cohorts_of(self.school))
        return FixedVisit(
            school=self.school,
            team=int(self.arrays.td_team[j]),
            team_day=j,
            day=int(self.arrays.td_day[j]),
            start=int(stop[3]),
            end=int(stop[3] + stop[1]),
            take=tuple(take[:cohorts].tolist()),
        )


def _give_way(stops: Sequence[FixedVisit]) -> Iterator[tuple[FixedVisit, ...]]:
    """Which stops might make room, those with fewer pupils first."""
    order = sorted(stops, key=lambda stop: stop.recorded)
    for count in range(min(GIVE_WAY, len(order)) + 1):
        yield from combinations(order, count)
    if len(order) > GIVE_WAY:
        yield tuple(order)
