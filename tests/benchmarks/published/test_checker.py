"""Each rule of published instances: just allowed, and just forbidden."""

from decimal import Decimal

import pytest

from benchmarks.published.checker import Call, faults, score
from benchmarks.published.instance import Instance
from tests.benchmarks.published.instances import WINDOWS, plain, windows


def tour(*calls: tuple[int, str]) -> list[Call]:
    """A tour by vertex and start."""
    return [Call(vertex, Decimal(start)) for vertex, start in calls]


def broken(instance: Instance, *tours: list[Call]) -> str:
    """All faults as one text."""
    return "; ".join(faults(instance, tours))


def test_no_tours_break_nothing_and_collect_nothing() -> None:
    assert broken(windows()) == broken(windows(), [], [], []) == ""
    assert score(windows(), [[], []]) == 0


def test_scores_add_up_over_tours() -> None:
    assert score(windows(), [tour((2, "6")), tour((4, "20"))]) == 11


@pytest.mark.parametrize(
    ("number", "start"),
    [
        *((1, start) for start in ("6", "12.5", "20", "30")),
        *((2, start) for start in ("12.5", "20", "30", "40.5")),
        *((3, start) for start in ("6", "12.5", "20", "30")),
    ],
)
def test_open_by_turns(number: int, start: str) -> None:
    tours: list[list[Call]] = [[], [], []]
    tours[number - 1] = tour((2, start))
    assert broken(windows(), *tours) == ""


@pytest.mark.parametrize(
    ("number", "start"),
    [
        *((1, start) for start in ("5.9", "12.6", "19.9", "30.1")),
        *((2, start) for start in ("12.4", "20.1", "29.9", "40.6")),
        *((3, start) for start in ("12.6", "19.9")),
    ],
)
def test_closed_by_turns(number: int, start: str) -> None:
    tours: list[list[Call]] = [[], [], []]
    tours[number - 1] = tour((2, start))
    assert f"starts at {start}, when it is not open" in broken(windows(), *tours)


def test_the_other_turn_where_the_file_says_0() -> None:
    assert broken(windows(), tour((3, "15"))) == ""
    assert "not open" in broken(windows(), tour((3, "5")))


def test_a_way_is_cut_off_after_one_decimal() -> None:
    # 1.4142… becomes 1.4; from (1, 1) to (0, 5) it is 4.1231…
    assert broken(windows(), [], tour((3, "1.4"))) == ""
    assert "before the arrival at 1.4" in broken(windows(), [], tour((3, "1.3")))
    assert broken(windows(), tour((3, "11"), (4, "30")), []) == ""
    assert "before" not in broken(windows(), tour((3, "11"), (4, "17.6")))
    assert "arrival at 17.6" in broken(windows(), tour((3, "11"), (4, "17.5")))


def test_the_depot_opens_when_it_says() -> None:
    assert broken(plain(), tour((2, "4"))) == ""
    assert "before the arrival at 4" in broken(plain(), tour((2, "3.9")))


def test_back_when_the_depot_closes() -> None:
    late = WINDOWS.replace(" 0 60\n", " 0 {}\n", 1)
    assert broken(windows(late.format("27")), tour((2, "12"))) == ""
    assert "back at 27" in broken(windows(late.format("26.9")), tour((2, "12")))


def test_a_vertex_is_visited_once() -> None:
    twice = "vertex 2 is visited 2 times"
    assert twice in broken(windows(), tour((2, "6"), (2, "20")))
    assert twice in broken(windows(), tour((2, "6")), [], tour((2, "6")))


def test_fees_keep_the_budget() -> None:
    both = tour((2, "6")), tour((3, "1.4"))
    assert broken(windows(), *both) == ""
    tight = windows(WINDOWS.replace("3 3 20", "3 3 19", 1))
    assert broken(tight, *both) == "fees of 20 pass the budget of 19"


def test_types_keep_their_caps() -> None:
    both = tour((2, "6")), tour((4, "20"))
    assert broken(windows(), *both) == "2 vertices of type 1 pass the cap of 1"
    assert broken(windows(WINDOWS.replace("20  1 2", "20  2 1", 1)), *both) == ""


def test_no_more_tours_than_there_are() -> None:
    assert broken(plain(tours=2), [], []) == ""
    assert broken(plain(tours=2), [], [], []) == "3 tours, where 2 are allowed"


def test_a_vertex_that_is_none_is_told() -> None:
    assert broken(plain(), tour((9, "4"))) == "there are no vertices [9]"
