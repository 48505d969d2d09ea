"""Visits and plans."""

import pytest

from ektp_sched.domain import Plan
from tests.builders import a_visit
from tests.unit.domain.faults import forbidden


def test_a_visit_may_last_a_minute() -> None:
    assert a_visit(start="08:00", end="08:01").status == "proposed"


@pytest.mark.parametrize("end", ["08:00", "07:59"])
def test_a_visit_begins_before_it_ends(end: str) -> None:
    with forbidden("visit_backwards", saying=f"end {end} is not after start 08:00"):
        a_visit(start="08:00", end=end)


def test_recorded_pupils_are_those_of_all_cohorts() -> None:
    assert a_visit(students={"X": 3, "Y": 4}).recorded == 7
    assert a_visit(students={}).recorded == 0


def test_a_cohort_without_pupils_is_left_out() -> None:
    visit = a_visit(students={"X": 3, "Y": 0})
    assert visit.students == {"X": 3}
    assert visit == a_visit(students={"X": 3})


@pytest.mark.parametrize("status", ["proposed", "confirmed", "done", "contingent"])
def test_a_visit_has_one_of_four_statuses(status: str) -> None:
    assert a_visit(status=status).status == status


def test_another_status_is_refused() -> None:
    with forbidden("literal_error", at=("status",)):
        a_visit(status="cancelled")


def test_a_number_of_pupils_is_not_negative() -> None:
    with forbidden("greater_than_equal", at=("students", "X")):
        a_visit(students={"X": -1})


def test_a_plan_may_be_empty() -> None:
    assert Plan().visits == ()
