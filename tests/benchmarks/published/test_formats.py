"""Both formats are read as they are written, and what is neither is refused."""

from decimal import Decimal

import pytest

from benchmarks.published import mctopmtw, toptw
from benchmarks.published.instance import InstanceError, Vertex
from tests.benchmarks.published.instances import PLAIN, WINDOWS, plain, windows


def test_windows_by_turns_with_a_budget_and_caps() -> None:
    instance = windows()
    assert (instance.tours, instance.budget) == (3, 20)
    assert instance.caps == (1, 2, *[9] * 8)
    assert instance.opens == 0
    assert instance.closes == 60
    assert [vertex.id for vertex in instance.vertices] == [2, 3, 4]
    assert instance.vertices[1] == Vertex(
        id=3,
        x=Decimal(1),
        y=Decimal(1),
        duration=Decimal("2.5"),
        score=5,
        times=(Decimal(0), Decimal(10), Decimal("20.2"), Decimal(30), Decimal(50)),
        odd_first=False,
        fee=12,
        types=(0, 1, *[0] * 8),
    )


def test_one_window_whatever_is_listed_before_it() -> None:
    instance = plain(tours=4)
    assert instance.tours == 4
    depot = (instance.x, instance.y, instance.opens, instance.closes)
    assert depot == tuple(map(Decimal, (1, 1, 2, 50)))
    times = [tuple(map(int, vertex.times)) for vertex in instance.vertices]
    assert times == [(5, 9), (3, 4), (10, 30)]
    assert [vertex.score for vertex in instance.vertices] == [20, 30, 40]
    assert instance.budget is None
    assert instance.caps == ()


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("12.5", "noon", "row 4: 'noon' is no number"),
        ("12.5", "nan", "row 4: 'nan' is no number"),
        ("7.0", "7.5", "7.5 is no whole number"),
        ("3 3 20", "3 4 20", "4 vertices"),
        ("3 1.0 1.0", "2 1.0 1.0", "3 vertices with numbers of their own"),
        ("3 3 20", "3 3", "the head needs 13"),
        ("40.5 ", "", "vertex 2: 21 numbers, not 22"),
    ],
)
def test_what_is_no_file_of_many_windows(was: str, becomes: str, words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        mctopmtw.parse(WINDOWS.replace(was, becomes, 1))


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [("4 9 3", "4 3", "the head needs 4"), ("4 9 3", "4 9 2", "2 vertices"), ("1 1 1 ", "", "9")],
)
def test_what_is_no_file_of_one_window(was: str, becomes: str, words: str) -> None:
    with pytest.raises(InstanceError, match=words):
        toptw.parse(PLAIN.replace(was, becomes, 1), tours=1)


def test_an_empty_file_is_told() -> None:
    with pytest.raises(InstanceError, match="two rows of head"):
        toptw.parse("\n\n", tours=1)
