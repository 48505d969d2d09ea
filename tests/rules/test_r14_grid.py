"""R14: starts and ends are multiples of time_step minutes after midnight."""

import pytest

from tests.builders import a_problem, a_visit
from tests.rules.verdicts import amounts, violations


def test_no_visits_break_nothing() -> None:
    assert amounts("R14", a_problem(time_step=240)) == []


@pytest.mark.parametrize(
    ("step", "start", "end", "off"),
    [
        (5, "08:05", "09:55", 0),
        (5, "08:03", "10:00", 3),
        (5, "08:00", "10:01", 1),
        (5, "08:03", "10:01", 4),
        (1, "08:03", "10:01", 0),
        (7, "08:03", "10:02", 0),  # 483 and 602 minutes: the grid starts at midnight
        (7, "08:00", "10:02", 4),
    ],
)
def test_both_ends_on_the_grid(step: int, start: str, end: str, off: int) -> None:
    found = amounts("R14", a_problem(time_step=step), a_visit(start=start, end=end))
    assert found == ([(off, "minutes")] if off else [])


def test_the_message() -> None:
    (violation,) = violations("R14", a_problem(), a_visit(start="08:03"))
    assert violation.message == (
        "SMA 1 on 2024-08-05 by Team A: 08:03–10:00 does not start and end on multiples of"
        " 5 minutes"
    )


def test_done_visits_are_history_on_the_grid_or_not() -> None:
    done = a_visit(start="08:03", status="done")
    assert amounts("R14", a_problem(commitments=(done,)), done) == []
