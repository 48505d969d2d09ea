"""Where one more visit to a school could be put into a plan, and what it would push out.

An opening leaves the rest of the plan as it is, but for stops of the same team-day that move or
give way and, tried both ways, other visits of the same school. Blanks are minded afterwards, by
`within_blanks`: they can be taken from any visit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ektp_sched.domain import WeightedTerm
from ektp_sched.master.exchange import count_visit, terms_of
from ektp_sched.master.greedy import place_visits
from ektp_sched.master.insertion import (
    call_pupils,
    capacity,
    least_pupils,
    longest_fit,
    may_visit,
    put_in,
    shortest_stay,
)
from ektp_sched.master.state import (
    STUDENTS,
    Demand,
    PlanState,
    copy_of,
    empty_state,
    make_demand,
    visits_of,
)
from ektp_sched.network import FixedVisit, Network
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.arrays import TourArrays, tour_arrays

NOON = 12 * 60
EVERYBODY = 1_000_000
# So many stops of a team-day give way one by one or in pairs, else all that may.
GIVE_WAY = 2

Worth = tuple[int, ...]
Found = tuple[Worth, FixedVisit, PlanState]


@dataclass(frozen=True, slots=True)
class Opening:
    """A visit put into a plan, the visits that stay beside it, and their worth tier by tier.

    The visits may draw more blanks than there are; the worth counts a pupil less for each. It
    fills no time that is left over.
    """

    visit: FixedVisit
    others: tuple[FixedVisit, ...]
    worth: Worth


@dataclass(frozen=True, slots=True)
class _Pupils:
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

    def found(self) -> list[Opening]:
        """All openings, best worth first."""
        arrays, demand = tour_arrays(self.network), make_demand(self.network, self.tiers)
        best: dict[tuple[int, bool], Found] = {}
        for kept in self._ways_to_keep():
            for worth, visit, state in self._with(arrays, demand, kept):
                key = (visit.team_day, visit.start < NOON)
                if key not in best or worth > best[key][0]:
                    best[key] = (worth, visit, state)
        openings = [
            Opening(visit, tuple(v for v in visits_of(self.network, state) if v != visit), worth)
            for worth, visit, state in best.values()
        ]
        return sorted(openings, key=lambda one: (one.worth, -one.visit.day), reverse=True)

    def _ways_to_keep(self) -> Iterator[list[FixedVisit]]:
        """The plan whole, without each of the school's own visits, and without all of them."""
        confirmed = set(self.network.confirmed)
        own = [v for v in self.visits if v.school == self.school and v not in confirmed]
        yield list(self.visits)
        for visit in own:
            yield [v for v in self.visits if v != visit]
        if len(own) > 1:
            yield [v for v in self.visits if v not in own]

    def _with(
        self, arrays: TourArrays, demand: Demand, kept: Sequence[FixedVisit]
    ) -> Iterator[Found]:
        confirmed = set(self.network.confirmed)
        state = self._state(arrays, demand, kept)
        own = [v for v in kept if v.school == self.school or v in confirmed]
        unpressed = self._state(arrays, demand, own)
        for j in range(self.network.team_days):
            day = int(self.network.td_day[j])
            options = slice(int(arrays.option_ptr[j]), int(arrays.option_ptr[j + 1]))
            if self.school not in arrays.option_school[options]:
                continue
            if self.school in state.school[j, : state.length[j]]:
                continue  # R8: a team visits a school at most once a day
            if not may_visit(demand, unpressed, arrays.days, self.school, day):
                continue
            pupils = _pupils(demand, unpressed, self.school, day)
            if pupils is not None:
                stops = [v for v in kept if v.team_day == j]
                bare = _without(arrays, demand, state, j)
                yield from self._on(arrays, demand, bare, pupils, j, stops)

    def _state(
        self, arrays: TourArrays, demand: Demand, visits: Sequence[FixedVisit]
    ) -> PlanState:
        state = empty_state(self.network)
        place_visits(self.network, arrays, demand, state, visits)
        return state

    def _on(
        self,
        arrays: TourArrays,
        demand: Demand,
        bare: PlanState,
        pupils: _Pupils,
        j: int,
        stops: Sequence[FixedVisit],
    ) -> Iterator[Found]:
        """Openings on a team-day that `bare` holds no stop of."""
        confirmed = set(self.network.confirmed)
        removable = [stop for stop in stops if stop not in confirmed]
        later = [self._opening_from(arrays, j, at) for at in self._beginnings(j)]
        for timed in (arrays, *later):
            for out in _give_way(removable):
                state = copy_of(bare)
                stay_on = [stop for stop in stops if stop not in out]
                place_visits(self.network, arrays, demand, state, stay_on)
                whole = False
                for found in self._inserted(timed, demand, state, pupils, j):
                    whole = whole or found[1].recorded == pupils.wanted
                    yield found
                if whole:
                    break  # whoever else gives way only loses

    def _beginnings(self, j: int) -> list[int]:
        """Times on which a later visit may be better: noon, and where the share of lessons changes."""
        pieces = self.network.pieces(self.school, int(self.network.td_day[j]))
        return sorted({NOON, *(start for start, *_ in pieces[1:])})

    def _opening_from(self, arrays: TourArrays, j: int, at: int) -> TourArrays:
        """The arrays with the school opening at `at` on a team-day's date, not before."""
        row = self.school * arrays.days + int(self.network.td_day[j])
        cut = slice(int(arrays.window_ptr[row]), int(arrays.window_ptr[row + 1]))
        starts = arrays.window_start.copy()
        starts[cut] = np.maximum(starts[cut], at)
        return arrays._replace(window_start=starts)

    def _inserted(
        self, arrays: TourArrays, demand: Demand, state: PlanState, pupils: _Pupils, j: int
    ) -> Iterator[Found]:
        """The visit at each place in the tour, as long as its pupils need or the tour allows.

        It calls all pupils whom promises leave blanks for, or those whom the plan does.
        """
        if state.length[j] >= min(state.school.shape[1], int(arrays.td_max_visits[j])):
            return
        day = int(arrays.td_day[j])
        yield from self._calling(arrays, demand, state, pupils, j)
        pressed = _pupils(demand, state, self.school, day)
        if pressed is not None and pressed.wanted < pupils.wanted:
            yield from self._calling(arrays, demand, state, pressed, j)

    def _calling(
        self, arrays: TourArrays, demand: Demand, state: PlanState, pupils: _Pupils, j: int
    ) -> Iterator[Found]:
        team, day = int(arrays.td_team[j]), int(arrays.td_day[j])
        longest = int(arrays.shift_end[j]) // arrays.step * arrays.step
        least = int(shortest_stay(arrays, team, self.school, pupils.needed))
        most = min(longest, int(shortest_stay(arrays, team, self.school, pupils.wanted)))
        tour = np.zeros((4, state.school.shape[1] + 1), dtype=np.int64)
        take = np.zeros(state.take.shape[2], dtype=np.int64)
        for position in range(int(state.length[j]) + 1):
            stay = longest_fit(arrays, state, j, position, self.school, least, most, tour)
            if not stay:
                continue
            room = capacity(arrays, team, self.school, stay)
            call_pupils(demand, pupils.state, self.school, day, room, take)
            full = copy_of(state)
            put_in(arrays, demand, full, j, position, tour, take)
            yield _worth(arrays, demand, full), self._visit(arrays, j, tour[:, position], take), full

    def _visit(self, arrays: TourArrays, j: int, stop: IntArray, take: IntArray) -> FixedVisit:
        cohorts = len(self.network.cohorts_of(self.school))
        return FixedVisit(
            school=self.school,
            team=int(arrays.td_team[j]),
            team_day=j,
            day=int(arrays.td_day[j]),
            start=int(stop[3]),
            end=int(stop[3] + stop[1]),
            take=tuple(take[:cohorts].tolist()),
        )


def _worth(arrays: TourArrays, demand: Demand, state: PlanState) -> Worth:
    """The tiers of a plan; each blank that it lacks will cost a pupil."""
    terms = terms_of(arrays, demand, state)
    terms[STUDENTS] += min(0, int(state.blanks.min(initial=0)))
    return tuple((demand.tier_weights @ terms).tolist())


def _pupils(demand: Demand, state: PlanState, school: int, day: int) -> _Pupils | None:
    take = np.zeros(state.take.shape[2], dtype=np.int64)
    wanted = int(call_pupils(demand, state, school, day, EVERYBODY, take))
    needed = int(least_pupils(demand, state, school, day))
    return None if wanted < needed else _Pupils(state, wanted, needed)


def _without(arrays: TourArrays, demand: Demand, state: PlanState, j: int) -> PlanState:
    """A plan without any stop of a team-day."""
    bare = copy_of(state)
    for i in range(int(bare.length[j])):
        count_visit(demand, bare, bare.school[j, i], arrays.td_day[j], bare.take[j, i], -1)
    bare.length[j] = 0
    return bare


def _give_way(stops: Sequence[FixedVisit]) -> Iterator[tuple[FixedVisit, ...]]:
    """Which stops might make room, those with fewer pupils first."""
    order = sorted(stops, key=lambda stop: stop.recorded)
    for count in range(min(GIVE_WAY, len(order)) + 1):
        yield from combinations(order, count)
    if len(order) > GIVE_WAY:
        yield tuple(order)
