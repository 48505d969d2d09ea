"""An instance as a network: vertices are schools with one pupil each, tours are team-days.

A pupil's priority is the vertex's score, so that pupils recorded (T1) are the score collected.
Times are tenths of the instance's unit, and so is the grid. There is one team, and a day of it for
each tour, so that windows may differ by tour; tours that are alike are one class for the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise
from math import gcd, isqrt

import numpy as np

from benchmarks.published.checker import Call
from benchmarks.published.instance import Instance, InstanceError, Vertex, whole
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import NO_LIMIT, IntArray
from ektp_sched.engine.instance.build import with_options

TENTHS = 10
FIRST_DAY = date(2000, 1, 1)  # any: only day indices matter


@dataclass(frozen=True, slots=True)
class Mapped:
    """A network, and what one unit of its score is worth in the instance.

    The unit is the greatest common divisor of all scores: a bound in whole units is then rounded
    down to what can be reached at all.
    """

    network: Network
    unit: int


def mapped(instance: Instance) -> Mapped:
    """Turn an instance into a network.

    Raises
    ------
    InstanceError
        A number is finer than tenths, or a vertex without service time shares its place.
    """
    vertices, tours, n = instance.vertices, instance.tours, len(instance.vertices)
    services = _array(_tenths(vertex.duration) for vertex in vertices)
    stays = np.maximum(1, services)
    travel = _travel(instance)
    # A stay takes at least a step: where service takes no time, the ways onward give it back.
    travel[1:] -= (stays - services)[:, None]
    np.fill_diagonal(travel, 0)
    if travel.min(initial=0) < 0:
        raise InstanceError("a vertex without service time shares its place with another one")
    rows = [
        _windows(vertex, tour, int(stay))
        for vertex, stay in zip(vertices, stays, strict=True)
        for tour in range(1, tours + 1)
    ]
    pointers = _array(accumulate(map(len, rows), initial=0))
    windows = np.array([window for row in rows for window in row], dtype=np.int64).reshape(-1, 2)
    unit = gcd(*(vertex.score for vertex in vertices)) or 1
    use, limit = _resources(instance)
    opens, closes = _tenths(instance.opens), _tenths(instance.closes)
    network = Network(
        step=1,
        first_day=FIRST_DAY,
        days=tours,
        school_ids=tuple(str(vertex.id) for vertex in vertices),
        team_ids=("team",),
        cohort_names=("",) * n,
        cards="none",
        travel=travel,
        way_out=travel[:1, 1:],
        way_back=travel[1:, :1].T,
        base_place=_same(0, 1),
        first_school_place=1,
        kits=_same(1, 1),
        # One pupil takes the last minute of a stay, so it is as long as the service.
        seconds=np.full((1, n), 60, dtype=np.int64),
        skilled=np.ones((1, n), dtype=np.bool_),
        overhead=stays - 1,
        max_visits=_same(1, n),
        min_gap=_same(0, n),
        min_students=_same(1, n),
        max_teams=_same(1, n),
        cohort_ptr=np.arange(n + 1),
        cohort_students=_same(1, n),
        cohort_left=_same(1, n),
        record_day=_same(0, n),
        card_day=_same(0, n),
        priority=_array(vertex.score // unit for vertex in vertices),
        td_team=_same(0, tours),
        td_day=np.arange(tours),
        shift_start=_same(opens, tours),
        shift_end=_same(closes, tours),
        break_minutes=_same(0, tours),
        break_earliest=_same(0, tours),
        break_latest=_same(0, tours),
        td_max_visits=_same(NO_LIMIT, tours),
        td_max_travel=_same(NO_LIMIT, tours),
        window_ptr=pointers,
        window_start=windows[:, 0].copy(),
        window_end=windows[:, 1].copy(),
        piece_ptr=pointers,
        piece_start=windows[:, 0].copy(),
        piece_end=windows[:, 1].copy(),
        piece_percent=_same(0, len(windows)),
        option_ptr=_same(0, tours + 1),
        option_school=_array([]),
        free_cards=_same(0, tours),
        allowance=_same(0, tours),
        floor_of=np.zeros((0, n), dtype=np.bool_),
        floor_target=_array([]),
        resource_use=use,
        resource_limit=limit,
        minutes_away=0,
        confirmed=(),
        done=(),
    )
    return Mapped(with_options(network), unit)


def tours_of(network: Network, visits: Iterable[FixedVisit]) -> list[list[Call]]:
    """The visits of a network as tours of its instance, tour 1 first."""
    tours: list[list[Call]] = [[] for _ in range(network.days)]
    for visit in sorted(visits, key=lambda one: one.start):
        start = Decimal(visit.start) / TENTHS
        tours[visit.day].append(Call(int(network.school_ids[visit.school]), start))
    return tours


def _windows(vertex: Vertex, tour: int, stay: int) -> list[tuple[int, int]]:
    """Where the stay may lie on a tour: a start in [open, close] ends by close + stay.

    Windows may overlap and are not merged: a start between two of them is in neither.
    """
    bounds = list(pairwise(map(_tenths, vertex.times)))
    if vertex.odd_first is not None:
        bounds = bounds[(tour + vertex.odd_first) % 2 :: 2]
    return [(opens, closes + stay) for opens, closes in bounds]


def _travel(instance: Instance) -> IntArray:
    """Ways [1 + n, 1 + n] in tenths, cut off; exact, since roots of integers are."""
    places = [(instance.x, instance.y), *((v.x, v.y) for v in instance.vertices)]
    fine = [(whole(x * 1000), whole(y * 1000)) for x, y in places]
    ways = [
        [isqrt((x - other_x) ** 2 + (y - other_y) ** 2) // 100 for other_x, other_y in fine]
        for x, y in fine
    ]
    return np.array(ways, dtype=np.int64)


def _resources(instance: Instance) -> tuple[IntArray, IntArray]:
    """Use [R, n] and limit [R] of the budget, if there is one, and of each type."""
    vertices, n = instance.vertices, len(instance.vertices)
    rows = [[vertex.types[kind] for vertex in vertices] for kind in range(len(instance.caps))]
    limits = list(instance.caps)
    if instance.budget is not None:
        rows.append([vertex.fee for vertex in vertices])
        limits.append(instance.budget)
    return np.array(rows, dtype=np.int64).reshape(-1, n), _array(limits)


def _tenths(number: Decimal) -> int:
    return whole(number * TENTHS)


def _array(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _same(value: int, count: int) -> IntArray:
    return np.full(count, value, dtype=np.int64)
