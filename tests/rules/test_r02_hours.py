"""R2: the whole stay lies inside one merged open interval of the school."""

from typing import Any

import pytest

from ektp_sched.domain import ExtraHours, Problem
from tests.builders import TUESDAY, a_problem, a_range, a_school, a_visit, some_hours
from tests.rules.verdicts import amounts, violations


def extra(start: str, end: str, **fields: Any) -> ExtraHours:
    return ExtraHours(**{"date": "2024-08-05", "start": start, "end": end, **fields})


def opened(**fields: Any) -> Problem:
    """A problem whose school has these fields."""
    return a_problem(schools=(a_school(**fields),))


def test_hours_hold_on_their_own_weekdays() -> None:
    monday = some_hours("08:00", "10:00", days=("mon",))
    problem = opened(hours=(monday, some_hours("12:00", "13:00", days=("tue",))))
    assert amounts("R2", problem, a_visit()) == []
    assert amounts("R2", problem, a_visit(date=TUESDAY)) == [(120, "minutes")]


@pytest.mark.parametrize(
    ("start", "end", "outside"),
    [
        ("08:00", "10:00", 0),
        ("07:55", "10:00", 5),
        ("08:00", "10:05", 5),
        ("07:55", "10:05", 10),
        ("10:00", "12:00", 120),
        ("06:00", "07:00", 60),
    ],
)
def test_from_the_first_minute_open_to_the_last(start: str, end: str, outside: int) -> None:
    problem = opened(hours=(some_hours("08:00", "10:00"),))
    found = amounts("R2", problem, a_visit(start=start, end=end))
    assert found == ([(outside, "minutes")] if outside else [])


def test_touching_and_overlapping_hours_are_one() -> None:
    touching = (some_hours("07:00", "09:00"), some_hours("09:00", "11:00"))
    overlapping = (some_hours("08:30", "11:00"), some_hours("07:00", "09:00"))
    nested = (some_hours("07:00", "11:00"), some_hours("08:00", "09:00"))
    for hours in (touching, overlapping, nested):
        assert amounts("R2", opened(hours=hours), a_visit()) == []


def test_a_pause_between_hours_is_not_bridged() -> None:
    problem = opened(hours=(some_hours("07:00", "09:00"), some_hours("09:05", "11:00")))
    (violation,) = violations("R2", problem, a_visit(start="08:00", end="10:00"))
    assert violation.by == 60  # 08:00–09:00 is the most that one interval holds
    assert "(open 07:00–09:00 and 09:05–11:00)" in violation.message


def test_extra_hours_add_to_the_weekly_ones_on_their_date() -> None:
    problem = opened(hours=(some_hours("07:00", "09:00"),), extra_hours=(extra("09:00", "10:00"),))
    assert amounts("R2", problem, a_visit()) == []
    assert amounts("R2", problem, a_visit(date=TUESDAY)) == [(60, "minutes")]


def test_one_replacing_entry_drops_weekly_hours_and_keeps_every_extra() -> None:
    entries = (extra("08:00", "09:00"), extra("09:00", "10:00", replaces=True))
    problem = opened(extra_hours=entries)
    assert amounts("R2", problem, a_visit(start="08:00", end="10:00")) == []
    assert amounts("R2", problem, a_visit(start="07:55", end="10:00")) == [(5, "minutes")]
    assert amounts("R2", problem, a_visit(date=TUESDAY, start="07:00", end="15:00")) == []


def test_a_closed_range_wins_over_extra_hours() -> None:
    shut = a_range("2024-08-05", "2024-08-05", reason="exam week")
    problem = opened(closed=(shut,), extra_hours=(extra("08:00", "10:00"),))
    (violation,) = violations("R2", problem, a_visit())
    assert violation.message.endswith("(not open on this date: exam week)")
    assert amounts("R2", problem, a_visit(date=TUESDAY)) == []


@pytest.mark.parametrize(
    ("field", "day", "allowed"),
    [
        ("not_before", "2024-08-05", True),
        ("not_before", "2024-08-06", False),
        ("not_after", "2024-08-05", True),
        ("not_after", "2024-08-04", False),
    ],
)
def test_season(field: str, day: str, allowed: bool) -> None:
    problem = opened(**{field: day, "extra_hours": (extra("07:00", "12:00"),)})
    assert (amounts("R2", problem, a_visit()) == []) == allowed


def test_a_school_without_hours_says_so() -> None:
    (violation,) = violations("R2", opened(hours=()), a_visit())
    assert violation.by == 120
    assert violation.message.endswith("(not open on this date)")


def test_a_done_visit_is_exempt() -> None:
    done = a_visit(start="04:00", end="05:00", status="done")
    assert amounts("R2", a_problem(commitments=(done,)), done) == []
