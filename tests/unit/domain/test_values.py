"""What every domain value is: frozen, and the same after a journey through JSON or a pickle."""

import pickle

import pytest
from hypothesis import given
from pydantic import ValidationError

from ektp_sched.domain import Plan, Problem
from tests.builders import a_cohort, a_plan, a_problem, a_school, a_visit
from tests.strategies import planned_problems, tiny_problems


@pytest.mark.parametrize("value", [a_problem(), a_school(), a_visit(), a_plan(), a_cohort()])
def test_a_value_is_frozen(value: object) -> None:
    for field in type(value).model_fields:  # type: ignore[attr-defined]
        with pytest.raises(ValidationError):
            setattr(value, field, None)


@given(tiny_problems())
def test_a_problem_comes_back_from_json(problem: Problem) -> None:
    assert Problem.model_validate_json(problem.model_dump_json()) == problem
    assert Problem.model_validate(problem.model_dump()) == problem


@given(planned_problems())
def test_a_plan_comes_back_from_json(case: tuple[Problem, Plan]) -> None:
    _, plan = case
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@given(planned_problems())
def test_problems_and_plans_come_back_from_a_pickle(case: tuple[Problem, Plan]) -> None:
    assert pickle.loads(pickle.dumps(case)) == case


def test_json_is_what_a_planner_would_write() -> None:
    assert a_visit().model_dump(mode="json") == {
        "school": "S1",
        "team": "A",
        "date": "2024-08-05",
        "start": "08:00",
        "end": "10:00",
        "students": {"XII": 40},
        "status": "proposed",
    }


def test_the_schema_of_a_problem_says_how_times_and_dates_are_written() -> None:
    fields = Problem.model_json_schema()["$defs"]["Visit"]["properties"]
    assert fields["start"]["pattern"].startswith("^(")
    assert fields["date"]["format"] == "date"
