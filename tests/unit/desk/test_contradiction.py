from typing import Any

import pytest

from ektp_sched.desk.contradiction import contradiction
from ektp_sched.domain import Problem, Visit
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import SettingsError
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_cohort,
    a_problem,
    a_school,
    a_visit,
)


def promised(*visits: Visit, **fields: Any) -> Problem:
    names = sorted({visit.school for visit in visits})
    schools = fields.pop("schools", [a_school(name) for name in names])
    return a_problem(schools=schools, commitments=visits, **fields)


def confirmed(school: str = "S1", **fields: Any) -> Visit:
    return a_visit(school, status="confirmed", **fields)


def test_there_is_none_where_all_can_be_kept() -> None:
    assert contradiction(promised(confirmed())) is None
    assert contradiction(a_problem()) is None


def test_what_is_only_proposed_promises_nothing() -> None:
    assert contradiction(promised(a_visit(), a_visit(start="09:00"))) is None


def test_two_visits_at_once_without_the_bystander() -> None:
    clash = confirmed("S1"), confirmed("S2", start="09:00", end="11:00")
    found = contradiction(promised(*clash, confirmed("S3", date=TUESDAY)))
    assert found is not None
    assert found.visits == clash
    assert {violation.rule for violation in found.violations} == {"R4"}
    assert found.minimal


def test_a_visit_that_no_rule_allows_stands_alone() -> None:
    holiday = promised(confirmed(), confirmed("S2", date=TUESDAY), holidays=(MONDAY,))
    found = contradiction(holiday)
    assert found is not None
    assert found.visits == (confirmed(),)
    assert [violation.rule for violation in found.violations] == ["R1"]


def test_history_can_be_a_part_of_it() -> None:
    done = a_visit(date="2024-08-01", students=70, status="done")
    found = contradiction(promised(done, confirmed(students=40)))
    assert found is not None
    assert found.visits == (done, confirmed(students=40))
    assert [violation.rule for violation in found.violations] == ["R7"]
    assert found.minimal


def test_three_that_two_by_two_could_be_kept() -> None:
    visits = tuple(
        confirmed(date=f"2024-08-0{day}", students=40, start="08:00", end="10:00")
        for day in (5, 6, 7)
    )
    found = contradiction(promised(*visits))
    assert found is not None
    assert found.visits == visits
    assert found.minimal


def test_a_small_visit_is_kept_together_with_another_one() -> None:
    small = confirmed(date=TUESDAY, students=5)
    assert contradiction(promised(small, schools=[a_school(cohorts=20)])) is None


def test_a_small_visit_that_nothing_mends() -> None:
    school = a_school(cohorts=(a_cohort(students=20),), max_visits=1)
    found = contradiction(promised(confirmed(students=5), schools=[school]))
    assert found is not None
    assert [violation.rule for violation in found.violations] == ["R10"]


def test_out_of_time_the_set_is_not_called_minimal() -> None:
    visits = [confirmed(f"S{n}", start="09:00" if n else "08:00") for n in range(3)]
    token = CancelToken()
    token.cancel()
    found = contradiction(promised(*visits), cancel=token)
    assert found is not None
    assert not found.minimal


def test_a_limit_out_of_range_is_refused() -> None:
    with pytest.raises(SettingsError, match="time_limit"):
        contradiction(a_problem(), time_limit=0)
