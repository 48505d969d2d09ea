"""R7, R9 and R10: whom a visit records, each just kept and just broken."""

from typing import Any

import pytest

from ektp_sched.domain import Problem, Visit
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_problem,
    a_school,
    a_team,
    a_visit,
)
from tests.unit.compact.fixing import accepts

EARLIER = "2024-08-02"


def due(cohorts: object, *history: Visit, **school: Any) -> Problem:
    """One school and two teams; up to two at once."""
    one = a_school(cohorts=cohorts, max_teams_per_day=2, max_visits=9, **school)
    teams = (a_team("C"), a_team("A"))  # stated in an order that is not theirs by id
    return a_problem(schools=(one,), teams=teams, commitments=history)


def done(students: int, date: str = EARLIER, start: str = "08:00", team: str = "A") -> Visit:
    return a_visit(team=team, date=date, start=start, students=students, status="done")


def test_r7_no_pupil_twice() -> None:
    visits = [a_visit(date=MONDAY, students=30), a_visit(date=TUESDAY, students=30)]
    assert accepts(due(60), *visits)
    assert not accepts(due(59), *visits)


def test_r7_history_counts() -> None:
    assert accepts(due(70, done(30)), a_visit(students=40))
    assert not accepts(due(69, done(30)), a_visit(students=40))
    assert accepts(due(69, done(30, FRIDAY)), a_visit(students=39))
    assert not accepts(due(20, done(30)), a_visit(students=1))  # recorded more than there were


def test_r7_each_cohort_for_itself_and_when_it_is_old_enough() -> None:
    cohorts = (a_cohort("XI", 20, record_from=TUESDAY), a_cohort("XII", 20))
    both = {"XI": 10, "XII": 20}
    assert not accepts(due(cohorts), a_visit(students=both))
    assert accepts(due(cohorts), a_visit(date=TUESDAY, students=both))
    assert not accepts(due(cohorts), a_visit(date=TUESDAY, students={"XI": 10, "XII": 21}))


@pytest.mark.parametrize(
    ("end", "seconds", "students", "kept"),
    [
        ("09:00", None, 8, True),  # 15 minutes, 2 kits: 8.6
        ("09:00", None, 9, False),
        ("09:00", 900, 2, True),
        ("09:00", 900, 3, False),
        ("08:45", None, 1, False),  # set-up and pack-up alone
        ("08:40", None, 1, False),
    ],
)
def test_r9_what_two_kits_record(end: str, seconds: int | None, students: int, kept: bool) -> None:
    problem = due(students, seconds_per_student=seconds)
    assert accepts(problem, a_visit(end=end, students=students)) is kept


@pytest.mark.parametrize(
    ("least", "pupils", "students", "kept"),
    [
        (10, 100, 10, True),
        (10, 100, 9, False),
        (10, 9, 9, True),  # all who are left
        (10, 9, 8, False),
        (1, 100, 1, True),
        (0, 100, 1, True),
        (1000, 30, 30, True),
        (0, 100, 0, False),
        (10, 100, 0, False),
    ],
)
def test_r10_enough_or_all_who_are_left(least: int, pupils: int, students: int, kept: bool) -> None:
    assert accepts(due(pupils, min_students=least), a_visit(students=students)) is kept


def test_r10_left_by_earlier_dates_not_by_later_ones() -> None:
    problem = due(45)
    assert accepts(problem, a_visit(date=MONDAY, students=40), a_visit(date=TUESDAY, students=5))
    assert not accepts(
        problem, a_visit(date=MONDAY, students=5), a_visit(date=TUESDAY, students=40)
    )


def test_r10_left_among_those_old_enough_on_the_date() -> None:
    cohorts = (a_cohort("XI", 50, record_from=WEDNESDAY), a_cohort("XII", 6))
    assert accepts(due(cohorts), a_visit(date=TUESDAY, students=6))
    assert not accepts(due(cohorts), a_visit(date=WEDNESDAY, students=6))


@pytest.mark.parametrize(
    ("big", "small", "kept"),
    [
        (("A", "08:00"), ("C", "08:05"), True),
        (("C", "08:00"), ("A", "08:05"), True),
        (("A", "08:05"), ("C", "08:00"), False),
        (("A", "08:00"), ("C", "08:00"), True),  # together: team A comes first
        (("C", "08:00"), ("A", "08:00"), False),
    ],
)
def test_r10_on_one_date_by_start_and_then_by_team(
    big: tuple[str, str], small: tuple[str, str], kept: bool
) -> None:
    visits = (
        a_visit(team=big[0], start=big[1], students=40),
        a_visit(team=small[0], start=small[1], students=5),
    )
    assert accepts(due(45), *visits) is kept


@pytest.mark.parametrize(
    ("team", "start", "kept"),
    [("C", "08:05", True), ("C", "08:00", True), ("C", "07:55", False)],
)
def test_r10_after_a_done_visit_of_the_same_date(team: str, start: str, kept: bool) -> None:
    """History: A, 40 pupils from 08:00. The five left are enough after it, not before."""
    problem = due(45, done(40, MONDAY, "08:00"))
    assert accepts(problem, a_visit(team=team, start=start, students=5)) is kept


def test_r10_a_done_visit_that_ties_with_an_earlier_team() -> None:
    problem = due(45, done(40, MONDAY, "08:00", team="C"))
    assert not accepts(problem, a_visit(team="A", start="08:00", students=5))
    assert accepts(problem, a_visit(team="A", start="08:05", students=5))


def test_r10_two_done_visits_of_the_same_date() -> None:
    """75 pupils, thirty by A from 08:00 and by C from 08:30: 15 are left then, 45 in between."""
    school = a_school(cohorts=75, max_teams_per_day=3, min_students=20)
    teams = (a_team("C"), a_team("A"), a_team("E"))
    history = (done(30, MONDAY, "08:30", "C"), done(30, MONDAY, "08:00", "A"))
    problem = a_problem(schools=(school,), teams=teams, commitments=history)
    after = a_visit(team="E", start="08:30", students=15)
    assert accepts(problem, after)
    assert not accepts(problem, after.model_copy(update={"students": {"XII": 14}}))
    assert not accepts(problem, a_visit(team="E", start="08:25", students=15))


def test_r10_history_of_other_dates() -> None:
    assert accepts(due(45, done(40)), a_visit(students=5))
    assert not accepts(due(45, done(10, FRIDAY)), a_visit(students=5))  # that comes later
    assert accepts(due(45, done(40, FRIDAY)), a_visit(students=5)) is False
