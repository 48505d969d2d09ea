import json
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from ektp_sched.domain import Plan
from ektp_sched.domain.complaints import complaints_of
from ektp_sched.errors import PlanError
from ektp_sched.files import (
    changes_schema,
    load_plan,
    load_problem,
    plan_schema,
    problem_schema,
    result_json,
    save_plan,
    save_result,
)
from ektp_sched.files.json_files import parse_json
from ektp_sched.offices import pool_schema
from ektp_sched.solve import Result, TierResult
from tests.builders import a_plan, a_visit
from tests.io.base import full_problem, raw_plan, raw_problem

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def test_a_problem_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(full_problem().model_dump_json(), encoding="utf-8")
    assert load_problem(path) == full_problem()
    assert load_problem(str(path)) == full_problem()


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(raw_problem()), encoding="utf-8-sig")
    assert load_problem(path) == full_problem()


def test_a_plan_comes_back_as_it_was(tmp_path: Path) -> None:
    plan = Plan.model_validate(raw_plan())
    save_plan(tmp_path / "plan.json", plan)
    assert load_plan(tmp_path / "plan.json", full_problem()) == plan


def test_a_plan_of_another_problem_is_refused_with_the_file_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    save_plan(path, a_plan(a_visit("S7"), a_visit("S8")))
    with pytest.raises(PlanError) as caught:
        load_plan(path, full_problem())
    assert caught.value.source == str(path)
    assert [complaint.where for complaint in caught.value.complaints] == [
        "visits[0].school",
        "visits[1].school",
    ]


def test_a_result_is_written_without_its_plan(tmp_path: Path) -> None:
    tier = TierResult(term="students", sense="max", value=40, bound=None, gap=None)
    result = Result(
        status="feasible",
        plan=a_plan(a_visit()),
        tiers=(tier,),
        runtime_seconds=1.5,
        stopped_by="time_limit",
        method="exact",
        reason="it is small",
    )
    save_result(tmp_path / "result.json", result)
    text = (tmp_path / "result.json").read_text(encoding="utf-8")
    assert text == result_json(result)
    raw = json.loads(text)
    assert "plan" not in raw
    assert raw["tiers"] == [tier.model_dump()]
    assert Result.model_validate({**raw, "plan": None}).tiers == result.tiers


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("problem", problem_schema()),
        ("plan", plan_schema()),
        ("changes", changes_schema()),
        ("pool", pool_schema()),
    ],
)
def test_the_schemas_in_the_documents_are_current(name: str, schema: str) -> None:
    kept = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    remedy = f"run: ektp-sched schema {name} > docs/schema/{name}.schema.json"
    assert json.loads(kept) == json.loads(schema), remedy


def test_faults_without_a_wording_of_their_own_are_told_too() -> None:
    class Other(BaseModel):
        ratio: complex

    raw, _ = parse_json('{"ratio": "x"}')
    with pytest.raises(ValidationError) as caught:
        Other.model_validate(raw)
    (complaint,) = complaints_of(caught.value, raw, Other)
    assert complaint.where == "ratio"
    assert complaint.what.startswith('"x" is refused: Input should be a valid')


def test_long_values_are_cut() -> None:
    raw = {"visits": [{"school": "S1", "date": "9" * 1000}]}
    with pytest.raises(PlanError) as caught:
        Plan.model_validate(raw)
    assert all(len(complaint.what) < 310 for complaint in caught.value.complaints)
