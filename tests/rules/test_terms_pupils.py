"""T1 students, T2 shortfall, T3 schools and T7 wait, by hand."""

import pytest

from ektp_sched.domain import Floor, Policy, Problem, Visit
from ektp_sched.rulebook import Score, score_of
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)


def score(problem: Problem, *visits: Visit) -> Score:
    return score_of(problem, a_plan(*visits))


def test_the_empty_plan_scores_nothing() -> None:
    zero = dict.fromkeys(Score.model_fields, 0)
    assert score(a_problem()).model_dump() == zero


def test_t1_weighs_each_cohorts_pupils_by_its_priority() -> None:
    cohorts = (a_cohort("X", priority=0), a_cohort("XI"), a_cohort("XII", priority=5))
    problem = a_problem(schools=(a_school(cohorts=cohorts),))
    first = a_visit(students={"X": 10, "XI": 3})
    second = a_visit(date=TUESDAY, students={"XII": 4})
    assert score(problem, first, second).students == 3 + 4 * 5


def test_t1_and_t3_count_done_visits_even_before_the_start() -> None:
    done = a_visit("S1", date="2024-07-30", students=30, status="done")
    problem = a_problem(schools=(a_school("S1"), a_school("S2")), commitments=(done,))
    found = score(problem, done, a_visit("S2", students=12))
    assert (found.students, found.schools) == (42, 2)


def test_t3_counts_each_school_once() -> None:
    problem = a_problem(schools=tuple(map(a_school, ("S1", "S2", "S3"))))
    visits = (a_visit("S1"), a_visit("S1", date=TUESDAY), a_visit("S3", date=FRIDAY))
    assert score(problem, *visits).schools == 2


def floored(*floors: Floor) -> Problem:
    """Kota has 50 + 51 pupils, Desa 30; S1 is an SMK, the others are SMA."""
    schools = (
        a_school("S1", district="Kota", kind="SMK", cohorts=50),
        a_school("S2", district="Kota", cohorts=51),
        a_school("S3", district="Desa", cohorts=30),
    )
    return a_problem(schools=schools, policy=Policy(floors=floors))


@pytest.mark.parametrize(
    ("percent", "recorded", "lacking"),
    [
        (50, 40, 11),  # ceil(50.5) = 51
        (50, 50, 1),
        (50, 51, 0),
        (0, 0, 0),
        (100, 100, 1),
        (1, 0, 2),  # ceil(1.01) = 2
    ],
)
def test_t2_rounds_a_floor_up(percent: int, recorded: int, lacking: int) -> None:
    problem = floored(Floor(by="district", value="Kota", percent=percent))
    first, second = min(recorded, 50), max(0, recorded - 50)
    visits = (a_visit("S1", students=first), a_visit("S2", date=TUESDAY, students=second))
    assert score(problem, *visits).shortfall == lacking


def test_t2_adds_floors_up_and_a_surplus_makes_nothing_good() -> None:
    problem = floored(
        Floor(by="district", value="Kota", percent=20),
        Floor(by="district", value="Desa", percent=20),
        Floor(by="kind", value="SMA", percent=50),
    )
    # Kota wants ceil(20.2) = 21 and has 40; Desa wants 6; SMA wants ceil(40.5) = 41 of S2 and S3.
    visits = (a_visit("S1", students=30), a_visit("S2", date=TUESDAY, students=10))
    assert score(problem, *visits).shortfall == 6 + 31


def test_t2_counts_done_visits() -> None:
    problem = floored(Floor(by="district", value="Desa", percent=50))
    done = a_visit("S3", students=9, status="done")
    assert score(problem, done).shortfall == 6


def test_t7_days_from_the_start_for_each_pupil_still_to_come() -> None:
    done = a_visit(date=TUESDAY, students=9, status="done")
    problem = a_problem(commitments=(done,))
    visits = (a_visit(date=MONDAY, students=40), a_visit(date=FRIDAY, students=11), done)
    assert score(problem, *visits).wait == 4 * 11
