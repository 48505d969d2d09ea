"""Where made schools and bases lie: schools in clusters around the bases of a city."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from ektp_sched.domain import Base, Location

CENTRE = (102.27, -3.80)  # longitude and latitude
KM_PER_DEGREE = 111.2
BASES_APART_KM = 18.0
CLUSTERS_SPREAD_KM = 4.5
SCHOOLS_SPREAD_KM = 0.9
SCHOOLS_PER_CLUSTER = 8
TEAMS_PER_BASE = 5

Point = tuple[float, float]  # km east and north of the centre


def location(point: Point) -> Location:
    """A point on the map, in degrees."""
    lon, lat = CENTRE
    east = point[0] / (KM_PER_DEGREE * math.cos(math.radians(lat)))
    return Location(lon=round(lon + east, 5), lat=round(lat + point[1] / KM_PER_DEGREE, 5))


def base_points(teams: int) -> list[Point]:
    """Bases on a square grid, one for every five teams."""
    count = max(1, teams // TEAMS_PER_BASE)
    width = math.isqrt(count - 1) + 1
    return [(BASES_APART_KM * (n % width), BASES_APART_KM * (n // width)) for n in range(count)]


def bases(points: Sequence[Point]) -> tuple[Base, ...]:
    """The office and its branches."""
    return tuple(
        Base(id=f"base-{n}", name=f"Dukcapil {n}", location=location(point))
        for n, point in enumerate(points, 1)
    )


def school_points(rng: random.Random, schools: int, homes: Sequence[Point]) -> list[Point]:
    """Schools around the centres of clusters, these around the bases."""
    count = max(2, schools // SCHOOLS_PER_CLUSTER)
    centres = [_near(rng, homes[n % len(homes)], CLUSTERS_SPREAD_KM) for n in range(count)]
    return [_near(rng, rng.choice(centres), SCHOOLS_SPREAD_KM) for _ in range(schools)]


def _near(rng: random.Random, point: Point, spread: float) -> Point:
    """A point at twice `spread` in each direction at most."""
    shifts = (max(-2.0, min(2.0, rng.gauss(0, 1))) * spread for _ in range(2))
    return point[0] + next(shifts), point[1] + next(shifts)


def minutes_between(places: Sequence[Point], step: int) -> list[list[int]]:
    """Driving times at 25 km/h with detours and 5 minutes to park, in whole steps.

    Rounding up keeps the triangle inequality.
    """
    return [
        [
            0 if a is b else step * math.ceil((5 + 60 * 1.3 * math.dist(a, b) / 25) / step)
            for b in places
        ]
        for a in places
    ]


def pupil_counts(rng: random.Random, schools: int) -> list[int]:
    """Pupils due at each school: 3 to 240, lognormal, 40 to 90 on average."""
    return [max(3, min(240, round(rng.lognormvariate(3.9, 0.75)))) for _ in range(schools)]


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` cut into whole parts in proportion to `weights`; the parts add up."""
    whole = sum(weights)
    marks = [total * sum(weights[:n]) // whole for n in range(len(weights) + 1)]
    return [after - before for before, after in pairwise(marks)]
