"""A hidden plan, drawn before its problem: tours with times and rests, and pupils recorded."""

from dataclasses import dataclass, field
from datetime import date
from math import asin, ceil, cos, radians, sin, sqrt

from hypothesis import strategies as st

from ektp_sched.domain import Location, School, Team, Travel, Visit
from ektp_sched.domain.places import EstimatedTravel
from tests.strategies.frame import clock
from tests.strategies.visits import capacity

LEAVE = 7 * 60


@dataclass(frozen=True)
class Ground:
    """Where everything is, how to get about, and the grid of the stays."""

    locations: dict[str, Location]
    travel: Travel
    time_step: int

    def minutes(self, here: str, there: str) -> int:
        """Minutes from `here` to `there` by the rule book's formula, matrix and overrides."""
        if here == there:
            return 0
        for way in self.travel.overrides:
            if (way.from_place, way.to_place) == (here, there):
                return way.minutes
        if not isinstance(self.travel, EstimatedTravel):
            places = self.travel.places
            return self.travel.minutes[places.index(here)][places.index(there)]
        if not isinstance(self.travel, EstimatedTravel):
            places = self.travel.places
            return self.travel.minutes[places.index(here)][places.index(there)]
        if self.locations[here] == self.locations[there]:
            return 0
        km = _kilometres(self.locations[here], self.locations[there])
        hours = self.travel.detour * km / self.travel.speed_kmh
        return ceil(round(self.travel.fixed_minutes + 60 * hours, 6))


def _kilometres(a: Location, b: Location) -> float:
    """Great-circle distance by the haversine formula."""
    lat_a, lat_b, dlon = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    root = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(dlon / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(root))


@dataclass
class Tour:
    """One team-day of the hidden plan in minutes after midnight; `rest` is free time used."""

    team: Team
    day: date
    leaves: int
    returns: int = 0
    driven: int = 0
    rest: tuple[int, int] | None = None
    stays: list[tuple[School, int, int]] = field(default_factory=list)


@st.composite
def tours(draw: st.DrawFn, team: Team, day: date, schools: list[School], ground: Ground) -> Tour:
    """A tour to up to two schools, with waiting and perhaps a rest somewhere on the way."""
    stops: list[School] = []
    step = ground.time_step
    if schools:
        stops = draw(st.lists(st.sampled_from(schools), max_size=2, unique_by=lambda s: s.id))
    tour = Tour(team, day, leaves=LEAVE + draw(st.integers(0, 45)))
    now, here = tour.leaves, team.base
    rests_before = draw(st.none() | st.integers(0, len(stops)))
    for number, place in enumerate([*(school.id for school in stops), team.base]):
        if number == rests_before:
            tour.rest = (now, now + draw(st.sampled_from((30, 15, 60))))
            now = tour.rest[1]
        way = ground.minutes(here, place)
        now, here, tour.driven = now + way, place, tour.driven + way
        if number < len(stops):
            starts = (-(-now // step) + draw(st.integers(0, 1))) * step
            now = starts + step * draw(st.integers(1, 2))
            tour.stays.append((stops[number], starts, now))
    tour.returns = now
    return tour


@st.composite
def recordings(draw: st.DrawFn, tour: Tour) -> list[Visit]:
    """The visits of a tour, each with at least one pupil and at most its capacity."""
    visits = []
    for school, starts, ends in tour.stays:
        room = min(12, capacity(school, tour.team, ends - starts))
        students: dict[str, int] = {}
        for cohort in draw(st.permutations(school.cohorts)):
            students[cohort.name] = draw(st.integers(0 if students else 1, room))
            room -= students[cohort.name]
        visit = Visit(
            school=school.id,
            team=tour.team.id,
            date=tour.day,
            start=clock(starts),
            end=clock(ends),
            students=students,
        )
        visits.append(visit)
    return visits
