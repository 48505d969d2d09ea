"""R1, R2, R6 and R14, each just kept and just broken."""

import pytest

from ektp_sched.domain import Problem
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)
from tests.unit.compact.fixing import accepts


def opened(*hours: tuple[str, str], **fields: object) -> Problem:
    weekly = tuple(some_hours(*one) for one in hours)
    return a_problem(schools=(a_school(hours=weekly),), end=MONDAY, **fields)


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        ("08:00", "10:00", True),
        ("07:55", "10:00", False),
        ("08:00", "10:05", False),
        ("11:00", "13:00", True),
        ("09:00", "12:00", False),  # over the hour that it is closed
        ("09:55", "10:45", False),
    ],
)
def test_r2_inside_one_of_two_intervals(start: str, end: str, inside: bool) -> None:
    problem = opened(("08:00", "10:00"), ("11:00", "13:00"))
    assert accepts(problem, a_visit(start=start, end=end, students=10)) is inside


def test_r2_touching_and_overlapping_intervals_are_one() -> None:
    visit = a_visit(start="09:00", end="12:00")
    assert accepts(opened(("08:00", "10:00"), ("10:00", "13:00")), visit)
    assert accepts(opened(("08:00", "10:30"), ("10:00", "13:00")), visit)
    assert not accepts(opened(("08:00", "10:00"), ("10:01", "13:00")), visit)


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [("08:00", "10:00", True), ("08:05", "10:00", False), ("08:00", "10:10", False)],
)
def test_r14_on_the_grid_of_half_hours(start: str, end: str, kept: bool) -> None:
    problem = opened(("07:05", "12:55"), time_step=30)
    assert accepts(problem, a_visit(start=start, end=end)) is kept


def test_r14_hours_are_cut_to_the_grid_and_not_widened() -> None:
    schools = (a_school(cohorts=8, hours=(some_hours("08:05", "09:55"),)),)
    problem = a_problem(schools=schools, time_step=30)
    assert accepts(problem, a_visit(start="08:30", end="09:30", students=8))
    assert not accepts(problem, a_visit(start="08:00", end="09:30", students=8))
    assert not accepts(problem, a_visit(start="08:30", end="10:00", students=8))


def test_r14_a_grid_that_no_day_is_a_multiple_of() -> None:
    problem = opened(
        ("00:00", "23:59"), time_step=7, teams=(a_team(shifts=(a_shift("00:00", "23:59"),)),)
    )
    assert accepts(problem, a_visit(start="22:24", end="23:48", students=20))  # 1344, 1428
    assert not accepts(problem, a_visit(start="22:25", end="23:48", students=20))


def test_r1_days_on_which_the_team_works() -> None:
    team = a_team(shifts=(a_shift(days=("mon", "tue", "thu")),), off=(a_range(TUESDAY, TUESDAY),))
    problem = a_problem(teams=(team,), holidays=("2024-08-08",))
    dates = (MONDAY, TUESDAY, "2024-08-07", "2024-08-08", FRIDAY, "2024-08-12")
    assert [accepts(problem, a_visit(date=date)) for date in dates] == [True, *[False] * 5]


def test_r6_skills() -> None:
    schools = (a_school(needs=frozenset({"ramp"})),)
    able, unable = a_team("A", skills=frozenset({"ramp", "boat"})), a_team("C")
    problem = a_problem(schools=schools, teams=(able, unable))
    assert accepts(problem, a_visit(team="A"))
    assert not accepts(problem, a_visit(team="C"))
