"""R9: no more pupils than the kits can record between set-up and pack-up."""

import pytest

from tests.builders import a_problem, a_school, a_team, a_visit
from tests.rules.verdicts import amounts, violations


@pytest.mark.parametrize(("students", "broken"), [(42, []), (43, [(1, "pupils")])])
def test_two_hours_with_two_kits(students: int, broken: list[tuple[int, str]]) -> None:
    # (120 − 30 − 15) × 60 × 2 ÷ 210 = 42.9
    assert amounts("R9", a_problem(), a_visit(students=students)) == broken


def test_an_exact_quotient_is_reached() -> None:
    problem = a_problem(teams=(a_team(kits=3, seconds_per_student=180),))
    # 75 × 60 × 3 ÷ 180 = 75
    assert amounts("R9", problem, a_visit(students=75)) == []
    assert amounts("R9", problem, a_visit(students=76)) == [(1, "pupils")]


def test_the_schools_own_pace_replaces_the_teams() -> None:
    problem = a_problem(schools=(a_school(seconds_per_student=1500),))
    # 75 × 60 × 2 ÷ 1500 = 6
    assert amounts("R9", problem, a_visit(students=6)) == []
    (violation,) = violations("R9", problem, a_visit(students=18))
    assert violation.message == (
        "SMA 1 on 2024-08-05 by Team A: 12 pupils more than fit in the stay (capacity 6)"
    )


def test_cohorts_share_the_capacity() -> None:
    school = a_school(cohorts=({"name": "XI", "students": 90}, {"name": "XII", "students": 90}))
    visit = a_visit(students={"XI": 22, "XII": 22})
    assert amounts("R9", a_problem(schools=(school,)), visit) == [(2, "pupils")]


def test_a_stay_shorter_than_set_up_and_pack_up_has_no_capacity() -> None:
    assert amounts("R9", a_problem(), a_visit(end="08:30", students=10)) == [(10, "pupils")]
    assert amounts("R9", a_problem(), a_visit(end="08:45", students=1)) == [(1, "pupils")]
    assert amounts("R9", a_problem(), a_visit(end="08:30", students=0)) == []
    quick = a_problem(teams=(a_team(seconds_per_student=1),))
    assert amounts("R9", quick, a_visit(end="08:45", students=1)) == [(1, "pupils")]


def test_a_done_visit_is_exempt() -> None:
    done = a_visit(students=100, status="done")
    assert amounts("R9", a_problem(commitments=(done,)), done) == []
