"""How long the way between two places takes."""

import math
from collections.abc import Iterable

from ektp_sched.domain import EstimatedTravel, Location, MatrixTravel, Problem

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(a: Location, b: Location) -> float:
    """The haversine distance on a sphere of the earth's mean radius."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    square = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, square)))


class TravelTimes:
    """Whole minutes between bases and schools, each way worked out once."""

    def __init__(self, problem: Problem) -> None:
        self._travel = problem.travel
        self._at = {base.id: base.location for base in problem.bases}
        self._at |= {school.id: school.location for school in problem.schools}
        self._stated = {
            (way.from_place, way.to_place): way.minutes for way in problem.travel.overrides
        }
        self._row = (
            {place: row for row, place in enumerate(problem.travel.places)}
            if isinstance(problem.travel, MatrixTravel)
            else {}
        )
        self._known: dict[tuple[str, str], int] = {}

    def minutes(self, start: str, end: str) -> int:
        """Minutes from place `start` to place `end`, both ids."""
        way = (start, end)
        if way not in self._known:
            self._known[way] = self._work_out(start, end)
        return self._known[way]

    def sooner_by(self, others: Iterable[str], start: str, end: str) -> bool:
        """Whether one comes from `start` to `end` sooner by way of some other places."""
        if isinstance(self._travel, EstimatedTravel) and not self._stated:
            return False  # estimates are a metric
        direct, left = self.minutes(start, end), set(others) - {start, end}
        reached = {place: self.minutes(start, place) for place in left}
        while left:  # Dijkstra's algorithm, as far as it can beat the direct way
            place = min(left, key=reached.__getitem__)
            if reached[place] >= direct:
                return False
            if reached[place] + self.minutes(place, end) < direct:
                return True
            left.remove(place)
            for other in left:
                way = reached[place] + self.minutes(place, other)
                reached[other] = min(reached[other], way)
        return False

    def _work_out(self, start: str, end: str) -> int:
        if start == end:
            return 0
        if (start, end) in self._stated:
            return self._stated[start, end]
        if isinstance(self._travel, MatrixTravel):
            return self._travel.minutes[self._row[start]][self._row[end]]
        if self._at[start] == self._at[end]:
            return 0
        return _estimate(self._travel, great_circle_km(self._at[start], self._at[end]))


def _estimate(travel: EstimatedTravel, km: float) -> int:
    minutes = travel.fixed_minutes + 60 * travel.detour * km / travel.speed_kmh
    # Rounded first, so that the last bits of a float never make a minute of their own.
    return math.ceil(round(minutes, 6))
