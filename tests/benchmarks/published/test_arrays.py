"""What the arrays allow is what the checker allows, stop by stop and tour by tour."""

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.published import checker
from benchmarks.published.arrays import TENTHS, mapped, tours_of
from benchmarks.published.checker import Call
from benchmarks.published.instance import Instance, InstanceError, Vertex
from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.engine.tours.day import tour_arrays
from ektp_sched.engine.tours.schedule import FREE, schedule
from tests.benchmarks.published.instances import plain, windows

SCORE = ((WeightedTerm(term="students"),),)

tenths = st.integers(0, 300).map(lambda number: Decimal(number) / 10)
spots = st.integers(0, 40).map(lambda number: Decimal(number) / 4)


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Up to four vertices at places of their own, with windows of either kind."""
    count = draw(st.integers(1, 4))
    apart = st.lists(st.tuples(spots, spots), min_size=count + 1, max_size=count + 1, unique=True)
    (x, y), *places = draw(apart)
    several = draw(st.booleans())
    vertices = tuple(
        Vertex(
            id=number,
            x=place[0],
            y=place[1],
            duration=draw(tenths.map(lambda time: time / 3 // 1 + Decimal("0.1"))),
            score=draw(st.integers(0, 30)),
            times=tuple(sorted(draw(tenths) for _ in range(5 if several else 2))),
            odd_first=draw(st.booleans()) if several else None,
            fee=draw(st.integers(0, 5)),
            types=(draw(st.integers(0, 1)),),
        )
        for number, place in enumerate(places, start=1)
    )
    opens = draw(tenths) / 3 // 1
    closes = opens + 20 + draw(tenths)
    tours, caps = draw(st.integers(1, 3)), (draw(st.integers(1, 3)),)
    budget = draw(st.none() | st.integers(0, 12))
    return Instance(tours, x, y, opens, closes, vertices, budget, caps)


@st.composite
def drives(draw: st.DrawFn) -> tuple[Instance, list[list[tuple[int, int]]]]:
    """An instance and tours of (vertex, start in tenths), close to what is allowed or forbidden."""
    instance = draw(instances())
    numbers = range(1, len(instance.vertices) + 1)
    order = draw(st.permutations(numbers) | st.lists(st.sampled_from(numbers), max_size=4))
    shared = [order[tour :: instance.tours][:2] for tour in range(instance.tours)]
    return instance, [draw(starts(instance, visited)) for visited in shared]


@st.composite
def starts(draw: st.DrawFn, instance: Instance, order: list[int]) -> list[tuple[int, int]]:
    """Starts on arrival or when a window opens or closes, at most a tenth off."""
    stops, here, free = [], (instance.x, instance.y), int(instance.opens * 10)
    for number in order:
        vertex = instance.vertices[number - 1]
        arrival = free + int(10 * math.dist(here, (vertex.x, vertex.y)))
        moments = [arrival, *(int(10 * time) for time in vertex.times)]
        sensible = [moment for moment in moments if moment >= arrival]
        start = draw(st.sampled_from(sensible)) + draw(st.sampled_from((0, 0, 0, 0, 1, -1)))
        stops.append((number, start))
        here, free = (vertex.x, vertex.y), start + int(10 * vertex.duration)
    return stops


def by_arrays(network: Network, tours: list[list[tuple[int, int]]]) -> bool:
    """Whether tours keep everything that the arrays state."""
    visits = [vertex - 1 for tour in tours for vertex, _ in tour]
    if len(visits) != len(set(visits)):
        return False
    use = network.resource_use[:, visits].sum(axis=1)
    return bool((use <= network.resource_limit).all()) and all(
        drivable(network, day, tour) for day, tour in enumerate(tours)
    )


def drivable(network: Network, day: int, tour: list[tuple[int, int]]) -> bool:
    """Whether the stops of a tour can take place at these starts."""
    place, free = 0, int(network.shift_start[day])
    for vertex, start in tour:
        stay = network.shortest_stay(0, vertex - 1, 1)
        assert network.capacity(0, vertex - 1, stay) == 1
        inside = any(a <= start <= b - stay for a, b in network.windows(vertex - 1, day))
        if not inside or start < free + network.travel[place, vertex]:
            return False
        place, free = vertex, start + stay
    return not tour or free + network.travel[place, 0] <= network.shift_end[day]


def calls(tours: list[list[tuple[int, int]]]) -> list[list[Call]]:
    return [[Call(vertex, Decimal(start) / TENTHS) for vertex, start in tour] for tour in tours]


def closing_at(closes: int, *, tours: int) -> Instance:
    """Too early for all three vertices on one tour, if it is before 33.8."""
    return replace(plain(tours), closes=Decimal(closes))


@given(drives())
def test_the_arrays_allow_what_the_checker_allows(
    drive: tuple[Instance, list[list[tuple[int, int]]]],
) -> None:
    instance, tours = drive
    faults = list(checker.faults(instance, calls(tours)))
    assert by_arrays(mapped(instance).network, tours) == (not faults), faults


@given(instances(), st.data())
def test_earliest_starts_pass_the_checker_and_earlier_ones_do_not(
    instance: Instance, data: st.DataObject
) -> None:
    instance = replace(instance, budget=None, caps=())
    network = mapped(instance).network
    order = data.draw(st.permutations(range(len(instance.vertices))))[:3]
    day = data.draw(st.integers(0, instance.tours - 1))
    stays = np.array([network.shortest_stay(0, school, 1) for school in order])
    starts = np.zeros(len(order), dtype=np.int64)
    fixed = np.full(len(order), FREE)
    arrays, schools = tour_arrays(network), np.array(order)
    possible = schedule(arrays, day, schools, stays, fixed, len(order), starts)
    tours: list[list[tuple[int, int]]] = [[] for _ in range(instance.tours)]
    tours[day] = [(school + 1, int(at)) for school, at in zip(order, starts, strict=True)]
    if possible:
        assert list(checker.faults(instance, calls(tours))) == []
    for place in range(len(order)) if possible else ():
        earlier = [*tours[day]]
        earlier[place] = (earlier[place][0], earlier[place][1] - 1)
        assert list(checker.faults(instance, calls([*tours[:day], earlier]))), "not the earliest"


@pytest.mark.parametrize(
    ("instance", "best"),
    [(windows(), 12), (plain(1), 90), (closing_at(33, tours=1), 70), (closing_at(33, tours=2), 90)],
)
def test_the_engine_finds_the_best_tours(instance: Instance, best: int) -> None:
    one = mapped(instance)
    budget = Budget(300)  # enough to compile; it ends with the proof
    first = first_plan(one.network, SCORE, budget)
    engine = Engine(one.network, SCORE, budget, 0.0, lambda *_: None)
    tours = tours_of(one.network, engine.improve(first))
    assert list(checker.faults(instance, tours)) == []
    assert checker.score(instance, tours) == best
    assert engine.bounds.best(0, []) == best // one.unit


def test_scores_are_counted_in_their_common_unit() -> None:
    one = mapped(plain())
    assert one.unit == 10
    assert one.network.priority.tolist() == [2, 3, 4]


def test_a_service_that_takes_no_time_takes_none() -> None:
    # Vertex 2 closes for starts after 4; from there it is 3.6 to vertex 1, which closes at 9.
    network = mapped(plain()).network
    assert network.travel[2].tolist() == [19, 35, 0, 91]
    assert network.travel[:, 2].tolist() == [20, 36, 0, 92]
    assert network.windows(1, 0) == [(30, 41)]
    visits = [
        FixedVisit(school=1, team=0, team_day=0, day=0, start=40, end=41, take=(1,)),
        FixedVisit(school=0, team=0, team_day=0, day=0, start=76, end=156, take=(1,)),
    ]
    tours = tours_of(network, visits)
    assert tours == [[Call(2, Decimal(4)), Call(1, Decimal("7.6"))], []]
    assert list(checker.faults(plain(), tours)) == []
    assert by_arrays(network, [[(2, 40), (1, 76)], []])


def test_what_the_arrays_cannot_state_is_told() -> None:
    instance = plain()
    first, second, third = instance.vertices
    beside = replace(first, x=second.x, y=second.y)
    with pytest.raises(InstanceError, match="shares its place"):
        mapped(replace(instance, vertices=(beside, second, third)))
    fine = replace(first, duration=Decimal("0.25"))
    with pytest.raises(InstanceError, match="no whole number"):
        mapped(replace(instance, vertices=(fine, second, third)))
