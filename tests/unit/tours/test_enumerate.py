"""Listed tours against all tours there are: each can be driven, and they serve as well."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ektp_sched.engine.instance import FixedVisit, Network, build_network
from ektp_sched.engine.tours.day import DayArrays, days_of
from ektp_sched.engine.tours.enumerate import (
    ENOUGH,
    FREE,
    REST,
    Needs,
    Tour,
    TourStop,
    enumerate_tours,
)
from tests import builders as make
from tests.strategies import micro_problems
from tests.unit.tours.naive import Stay, TeamDay

MANY = 100_000


@dataclass(frozen=True)
class Case:
    """A team-day with random needs."""

    team_day: TeamDay
    day: DayArrays
    needs: Needs

    @property
    def local(self) -> dict[int, int]:
        return {school: i for i, school in enumerate(self.day.schools.tolist())}

    @property
    def published(self) -> set[Stay]:
        return {(int(self.day.schools[i]), a, b) for i, a, b in self.needs.published.tolist()}

    def readings(self, tour: tuple[Stay, ...]) -> Iterator[Tour]:
        """The tour with every role that its stops may have."""
        stops = product(*(list(self._stops(stay)) for stay in tour))
        return (Tour(some, self.team_day.driven(tour)) for some in stops)

    def _stops(self, stay: Stay) -> Iterator[TourStop]:
        school, start, end = stay
        net, i = self.team_day.network, self.local[school]
        team = int(net.td_team[self.team_day.number])
        percent = net.lesson_percent(school, self.team_day.day, start, end)
        percent = percent if self.needs.percents.any() else 0
        room = min(int(self.needs.most[i]), net.capacity(team, school, end - start))
        least = int(self.needs.least[i])
        if school in self.team_day.promised or not self.needs.ordered[i]:
            roles = [(FREE, room)] if room else []
        else:
            roles = [(ENOUGH, room)] if room >= max(1, least) else []
            roles += [(REST, min(room, least - 1))] if min(room, least - 1) > 0 else []
        for role, most in roles:
            yield TourStop(school, start, end, most, percent, role)

    def serves_as_well(self, mine: Tour, other: Tour) -> bool:
        if self.needs.travel and mine.driven > other.driven:
            return False
        stops: Mapping[int, TourStop] = {stop.school: stop for stop in mine.stops}
        if stops.keys() != {stop.school for stop in other.stops}:
            return False
        return all(self._gives_as_much(stops[stop.school], stop) for stop in other.stops)

    def _gives_as_much(self, mine: TourStop, other: TourStop) -> bool:
        if other[:3] in self.published and mine[:3] != other[:3]:
            return False
        late = mine.start - other.start
        in_order = {FREE: True, ENOUGH: late <= 0, REST: late >= 0}[mine.role]
        cheap = mine.percent <= other.percent and mine.room >= other.room
        return in_order and cheap and mine.role == other.role


@st.composite
def cases(draw: st.DrawFn) -> Case:
    network = build_network(draw(micro_problems()))
    days = days_of(network)
    assume(days)
    j = draw(st.sampled_from(sorted(days)))
    day, n = days[j], len(days[j].schools)
    promised = [visit for visit in network.confirmed if visit.team_day == j]
    fixed = {visit.school: visit.recorded for visit in promised}
    assume(len(fixed) == len(promised) and fixed.keys() <= set(day.schools.tolist()))
    assume(all(_is_allowed(network, visit) for visit in promised))
    due = [fixed.get(school, draw(st.integers(0, 4))) for school in day.schools.tolist()]
    steps = st.integers(8, 11)
    published = draw(
        st.sets(st.tuples(st.integers(0, n - 1), steps, st.integers(1, 3)), max_size=3)
    )
    rows = [(i, start * 60, (start + stay) * 60) for i, start, stay in sorted(published)]
    needs = Needs(
        most=np.array(due, dtype=np.int64),
        least=np.array([draw(st.integers(0, 3)) for _ in range(n)], dtype=np.int64),
        ordered=np.array([draw(st.booleans()) for _ in range(n)], dtype=np.bool_),
        percents=day.percents * draw(st.integers(0, 1)),
        travel=draw(st.booleans()),
        published=np.array(rows, dtype=np.int64).reshape(-1, 3),
    )
    open_to = frozenset(int(s) for s, most in zip(day.schools, due, strict=True) if most)
    return Case(TeamDay(network, j, open_to), day, needs)


def _is_allowed(network: Network, visit: FixedVisit) -> bool:
    return network.allows(
        team=visit.team,
        school=visit.school,
        day=visit.day,
        start=visit.start,
        end=visit.end,
        pupils=visit.recorded,
    )


@given(cases())
def test_listed_tours_can_be_driven_and_serve_as_well_as_all_there_are(case: Case) -> None:
    listed = enumerate_tours(case.day, case.needs, MANY)
    assert listed is not None
    every = case.team_day.tours()
    possible = {reading for tour in every for reading in case.readings(tour)}
    assert possible.issuperset(listed)
    for tour in possible:
        assert any(case.serves_as_well(one, tour) for one in listed), tour
    for one, other in product(listed, listed):
        assert one is other or not case.serves_as_well(one, other)


@pytest.mark.parametrize(("limit", "complete"), [(0, False), (14, False), (15, True), (MANY, True)])
def test_more_tours_than_asked_for_are_none(limit: int, *, complete: bool) -> None:
    # Four schools of one pupil each: fifteen sets of schools, and where all ways are alike the
    # order of a set does not matter.
    schools = tuple(make.a_school(f"S{n}", cohorts=1) for n in range(4))
    day = days_of(build_network(make.a_problem(schools=schools, end=make.MONDAY)))[0]
    plain = Needs(
        most=np.ones(4, dtype=np.int64),
        least=np.ones(4, dtype=np.int64),
        ordered=np.zeros(4, dtype=np.bool_),
        percents=np.zeros_like(day.percents),
        travel=True,
        published=np.zeros((0, 3), dtype=np.int64),
    )
    listed = enumerate_tours(day, plain, limit)
    assert (listed is not None) == complete
    if listed is not None:
        assert len(listed) == 15
