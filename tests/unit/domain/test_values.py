"""What every domain value is: frozen, and the same after a journey through JSON or a pickle."""

import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from ektp_sched.desk.changes import SchoolClosed
from ektp_sched.desk.interventions import MoreBlanks
from ektp_sched.domain import EstimatedTravel, Plan, Problem, School, Team, TravelOverride, Visit
from ektp_sched.domain.scalars import Value
from ektp_sched.errors import InputError, PlanError, ProblemError, RequestError
from ektp_sched.solve import Result
from tests.builders import FRIDAY, MONDAY, a_cohort, a_plan, a_problem, a_school, a_visit
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


# Values that cannot be made


def refused(make: Callable[..., object], kind: type[InputError], *arguments: Any) -> list[str]:
    with pytest.raises(kind) as caught:
        make(*arguments)
    assert isinstance(caught.value, ValueError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    return str(caught.value).splitlines()


def test_a_problem_that_contradicts_itself_is_refused_by_an_error_of_ours() -> None:
    assert refused(lambda: a_problem(start=FRIDAY, end=MONDAY), ProblemError) == [
        "Problem (Test): end: end 2024-08-05 is before start 2024-08-09. Swap the dates."
    ]


def test_faults_across_values_are_told_at_the_value_that_is_to_blame() -> None:
    twice = (a_school("S1"), a_school("S1", name="SMA again"))
    (line,) = refused(lambda: a_problem(schools=twice, travel=EstimatedTravel()), ProblemError)
    assert line.startswith("Problem (Test): schools[1] (SMA again).id: id 'S1' is used by more")


NESTED = {
    "id": "S1",
    "name": "SMA 1",
    "kind": "SMA",
    "district": "Kota",
    "location": {"lon": 200, "lat": -3.8},
    "cohorts": [{"name": "XI", "students": -1}, {"name": "XII", "students": 3, "pupils": 4}],
}
FAULTS_OF_NESTED = [
    "location.lon: 200 is too large. Write a number up to 180.",
    "cohorts[0] (XI).students: -1 is too small. Write a number from 0 on.",
    "cohorts[1] (XII).pupils: this key is not known. Remove it, or use one of: name, students, "
    "record_from, card_from, priority.",
]


def test_all_faults_of_the_values_inside_are_told_at_once_and_with_their_place() -> None:
    lines = [f"School (SMA 1): {fault}" for fault in FAULTS_OF_NESTED]
    assert refused(lambda: School(**NESTED), ProblemError) == lines
    assert refused(School.model_validate, ProblemError, NESTED) == lines
    assert refused(School.model_validate_json, ProblemError, json.dumps(NESTED)) == lines


def test_values_two_deep_keep_their_places_however_the_outer_one_is_made() -> None:
    raw = {**a_problem().model_dump(mode="json"), "schools": [NESTED]}
    lines = [f"Problem (Test): schools[0] (SMA 1).{fault}" for fault in FAULTS_OF_NESTED]
    assert refused(lambda: Problem(**raw), ProblemError) == lines
    assert refused(Problem.model_validate, ProblemError, raw) == lines
    assert refused(Problem.model_validate_json, ProblemError, json.dumps(raw)) == lines


@pytest.mark.parametrize(
    ("model", "fields", "kind", "line"),
    [
        (Team, {"id": "A", "name": "A", "base": "B", "kits": 0}, ProblemError, "Team (A): kits: 0"),
        (Visit, a_visit().model_dump() | {"start": "12:00"}, PlanError, "Visit (S1): end 10:00 is"),
        (Plan, {"visits": 3}, PlanError, "Plan: visits: 3 stands where a list is needed"),
        (MoreBlanks, {"date": MONDAY, "cards": -1}, RequestError, "MoreBlanks (2024-08-05): cards"),
        (
            SchoolClosed,
            {"school": "S1", "start": FRIDAY, "end": MONDAY},
            RequestError,
            "SchoolClosed (S1): the range ends on 2024-08-05",
        ),
        (Result, {"plan": {"visit": []}}, InputError, "Result: status: this key is missing"),
    ],
)
def test_each_value_is_refused_by_the_error_of_its_kind(
    model: type[Value], fields: dict[str, Any], kind: type[InputError], line: str
) -> None:
    lines = refused(lambda: model(**fields), kind)
    assert lines[0].startswith(line)


def test_a_field_is_told_by_the_name_it_was_given_by() -> None:
    by_name = {"from_place": "", "to_place": "B", "minutes": 3}
    assert refused(lambda: TravelOverride(**by_name), ProblemError)[0].startswith(
        "TravelOverride: from_place: the text is empty"
    )
    by_alias = {"from": "", "to": "B", "minutes": 3}
    assert refused(lambda: TravelOverride(**by_alias), ProblemError)[0].startswith(
        "TravelOverride: from: the text is empty"
    )


def test_text_that_is_no_json_is_refused_in_a_line() -> None:
    (line,) = refused(Problem.model_validate_json, ProblemError, "{")
    assert line.startswith("Problem: this is not JSON: EOF while parsing an object at line 1")


def test_a_visit_without_pupils_lacks_them_and_holds_no_names() -> None:
    fields = a_visit().model_dump(exclude={"students"})
    assert refused(lambda: Visit(**fields), PlanError) == [
        "Visit (S1): students: this key is missing. Add it with its value."
    ]
