"""R10: a visit records min_students pupils or all who are left, and at least one."""

from typing import Any

import pytest

from ektp_sched.domain import Problem
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
from tests.rules.verdicts import amounts, violations


def sized(least: int = 10, **fields: Any) -> Problem:
    school = a_school(min_students=least, **fields)
    return a_problem(schools=(school,), teams=(a_team("A"), a_team("C")))


def test_no_visit_no_size() -> None:
    assert amounts("R10", sized(1000)) == []


@pytest.mark.parametrize(("students", "lacking"), [(10, 0), (11, 0), (9, 1), (0, 10)])
def test_min_students(students: int, lacking: int) -> None:
    expected = [(lacking, "pupils")] if lacking else []
    assert amounts("R10", sized(), a_visit(students=students)) == expected


def test_all_who_are_left_are_enough() -> None:
    problem = sized(cohorts=46)
    first = a_visit(students=40)
    assert amounts("R10", problem, a_visit(date=TUESDAY, students=6), first) == []
    (violation,) = violations("R10", problem, a_visit(date=TUESDAY, students=5), first)
    assert violation.message == (
        "SMA 1 on 2024-08-06 by Team A: 5 pupils recorded, 1 fewer than the 6 that make a visit"
        " worthwhile (6 left)"
    )


def test_a_small_first_visit_is_not_saved_by_a_later_big_one() -> None:
    visits = (a_visit(date=MONDAY, students=6), a_visit(date=TUESDAY, students=40))
    assert amounts("R10", sized(cohorts=46), *visits) == [(4, "pupils")]


def test_nobody_left_or_nobody_wanted_still_takes_one_pupil() -> None:
    full = a_visit(students=20)
    empty = a_visit(date=TUESDAY, students=0)
    assert amounts("R10", sized(cohorts=20), full, empty) == [(1, "pupils")]
    assert amounts("R10", sized(0), a_visit(students=0)) == [(1, "pupils")]
    assert amounts("R10", sized(0), a_visit(students=1)) == []


def test_pupils_who_are_too_young_on_the_date_are_not_left() -> None:
    cohorts = (a_cohort("XI", 50, record_from=TUESDAY), a_cohort("XII", 5))
    problem = sized(cohorts=cohorts)
    assert amounts("R10", problem, a_visit(date=MONDAY, students=5)) == []
    assert amounts("R10", problem, a_visit(date=TUESDAY, students=5)) == [(5, "pupils")]


def test_pupils_whose_card_comes_later_are_left_nevertheless() -> None:
    cohorts = (a_cohort("XI", 50, card_from="2025-01-01"), a_cohort("XII", 5))
    assert amounts("R10", sized(cohorts=cohorts), a_visit(students=5)) == [(5, "pupils")]


def test_an_overdrawn_cohort_takes_nothing_from_another() -> None:
    cohorts = (a_cohort("XI", 10), a_cohort("XII", 8))
    visits = (a_visit(students={"XI": 14}), a_visit(date=TUESDAY, students={"XII": 7}))
    assert amounts("R10", sized(cohorts=cohorts), *visits) == [(1, "pupils")]


def test_on_one_date_the_earlier_start_and_then_the_team_id_comes_first() -> None:
    problem = sized(cohorts=46, max_teams_per_day=2)
    by_start = (a_visit(team="A", start="09:00", end="11:00", students=6), a_visit(team="C"))
    longer = (a_visit(team="A", start="07:00", end="12:00"), a_visit(team="C", students=6))
    by_team = (a_visit(team="C", students=6), a_visit(team="A"))
    by_wrong_team = (a_visit(team="A", students=6), a_visit(team="C"))
    assert amounts("R10", problem, *by_start) == []
    assert amounts("R10", problem, *longer) == []
    assert amounts("R10", problem, *by_team) == []
    assert amounts("R10", problem, *by_wrong_team) == [(4, "pupils")]


def test_done_visits_are_exempt_and_leave_fewer_to_those_after_them() -> None:
    done = a_visit(date=TUESDAY, students=4, status="done")
    school = a_school(cohorts=12)
    problem = a_problem(schools=(school,), commitments=(done,))
    assert amounts("R10", problem, done, a_visit(date=FRIDAY, students=8)) == []
    assert amounts("R10", problem, done, a_visit(date=MONDAY, students=8)) == [(2, "pupils")]
    assert amounts("R10", problem, done, a_visit(date=WEDNESDAY, students=7)) == [(1, "pupils")]


def test_a_firm_visit_is_not_excused_by_a_contingent_one() -> None:
    problem = sized(cohorts=46)
    contingent = a_visit(date=MONDAY, students=40, status="contingent")
    rest = a_visit(date=TUESDAY, students=6)
    (violation,) = violations("R10", problem, contingent, rest)
    assert (violation.by, violation.visits) == (4, (1,))
