"""R13: what was promised or is history is in the plan unchanged."""

from typing import Any

import pytest

from tests.builders import MONDAY, TUESDAY, a_cohort, a_problem, a_school, a_team, a_visit
from tests.rules.verdicts import amounts, violations

COHORTS = (a_cohort("XI"), a_cohort("XII"))


def test_without_commitments_any_plan_will_do() -> None:
    assert amounts("R13", a_problem(), a_visit(status="confirmed")) == []
    assert amounts("R13", a_problem()) == []


@pytest.mark.parametrize("status", ["confirmed", "done"])
def test_a_kept_promise(status: str) -> None:
    promise = a_visit(status=status)
    problem = a_problem(commitments=(promise,))
    assert amounts("R13", problem, promise, a_visit(date=TUESDAY)) == []


@pytest.mark.parametrize("status", ["confirmed", "done"])
def test_a_missing_promise(status: str) -> None:
    problem = a_problem(commitments=(a_visit(status=status),))
    (violation,) = violations("R13", problem, a_visit(date=TUESDAY))
    assert (violation.by, violation.unit, violation.visits) == (1, "visits", ())
    assert violation.message == (
        f"SMA 1 on 2024-08-05 by Team A: the {status} visit is not in the plan"
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"start": "08:05"}, "another start"),
        ({"end": "10:05"}, "another end"),
        ({"students": 41}, "another set of pupils"),
        ({"students": {"XI": 40}}, "another set of pupils"),
        ({"students": {"XI": 20, "XII": 20}, "end": "11:00"}, "another end and set of pupils"),
        ({"status": "proposed"}, "another status"),
    ],
)
def test_a_changed_promise(change: dict[str, Any], told: str) -> None:
    promise = a_visit(status="confirmed")
    problem = a_problem(schools=(a_school(cohorts=COHORTS),), commitments=(promise,))
    other = a_visit(**{"status": "confirmed", **change})
    (violation,) = violations("R13", problem, a_visit(date=TUESDAY), other)
    assert violation.visits == (1,)
    assert violation.message.endswith(f"is in the plan with {told}")


def test_of_several_visits_that_day_the_first_stands_for_the_promise() -> None:
    problem = a_problem(commitments=(a_visit(status="confirmed"),))
    others = (a_visit(date=TUESDAY), a_visit(end="10:05"), a_visit(start="11:00", end="12:00"))
    (violation,) = violations("R13", problem, *others)
    assert (violation.by, violation.visits) == (1, (1,))


def test_another_team_date_or_school_is_another_visit() -> None:
    problem = a_problem(
        schools=(a_school("S1"), a_school("S2")),
        teams=(a_team("A"), a_team("C")),
        commitments=(a_visit(status="confirmed"),),
    )
    for other in (a_visit("S2"), a_visit(team="C"), a_visit(date=TUESDAY)):
        (violation,) = violations("R13", problem, other)
        assert violation.message.endswith("is not in the plan")


@pytest.mark.parametrize("status", ["proposed", "contingent"])
def test_proposed_and_contingent_commitments_promise_nothing(status: str) -> None:
    assert amounts("R13", a_problem(commitments=(a_visit(status=status),))) == []


def test_history_is_the_problems_to_state() -> None:
    done = a_visit(status="done")
    (violation,) = violations("R13", a_problem(), done)
    assert violation.visits == (0,)
    assert "marked done, but the problem's commitments have no such visit" in violation.message


def test_history_happened_once() -> None:
    done = a_visit(date=MONDAY, status="done")
    (violation,) = violations("R13", a_problem(commitments=(done,)), done, done)
    assert violation.by == 1


def test_a_promise_marked_contingent_is_told_once() -> None:
    problem = a_problem(commitments=(a_visit(status="confirmed"),))
    (violation,) = violations("R13", problem, a_visit(status="contingent"))
    assert violation.message.endswith("with another status")
