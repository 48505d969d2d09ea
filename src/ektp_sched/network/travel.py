"""Travel times between all places."""

import numpy as np

from ektp_sched.domain import EstimatedTravel, MatrixTravel, Problem
from ektp_sched.network.arrays import IntArray

EARTH_RADIUS_KM = 6371.0088


def travel_minutes(problem: Problem) -> IntArray:
    """Minutes from place to place [P, P]: bases first, then schools; 0 from a place to itself."""
    travel = problem.travel
    if isinstance(travel, MatrixTravel):
        row = {place: index for index, place in enumerate(travel.places)}
        order = [row[place] for place in problem.place_ids]
        table = np.array(travel.minutes, dtype=np.int64).reshape(len(row), len(row))
        minutes = table[np.ix_(order, order)]
    else:
        minutes = _estimated(problem, travel)
    index = {place: number for number, place in enumerate(problem.place_ids)}
    for way in travel.overrides:
        minutes[index[way.from_place], index[way.to_place]] = way.minutes
    np.fill_diagonal(minutes, 0)
    return minutes


def _estimated(problem: Problem, travel: EstimatedTravel) -> IntArray:
    points = [base.location for base in problem.bases]
    points += [school.location for school in problem.schools]
    lon = np.radians([point.lon for point in points])
    lat = np.radians([point.lat for point in points])
    half_chord = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half_chord, 1)))
    exact = travel.fixed_minutes + 60 * travel.detour * km / travel.speed_kmh
    # A millionth of a minute is forgiven so that rounding errors never add a whole minute.
    minutes: IntArray = np.ceil(np.round(exact, 6)).astype(np.int64)
    same_point = (lon[:, None] == lon) & (lat[:, None] == lat)
    minutes[same_point] = 0
    return minutes
