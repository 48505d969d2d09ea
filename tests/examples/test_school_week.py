import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from ektp_sched.domain import Problem
from ektp_sched.rulebook import check

FOLDER = Path(__file__).parents[2] / "examples" / "school_week"


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem.model_validate_json((FOLDER / "problem.json").read_bytes())


@pytest.fixture(scope="module")
def steps(problem: Problem) -> list[Any]:
    week = runpy.run_path(os.fspath(FOLDER / "week.py"))["week"]
    return list(week(problem, effort=0.05))


def test_problem_json_is_what_office_py_makes() -> None:
    office = runpy.run_path(os.fspath(FOLDER / "office.py"))
    text = (FOLDER / "problem.json").read_text(encoding="utf-8")
    assert text == office["problem_text"](office["build"]())


def test_every_step_ends_with_a_plan_that_keeps_all_rules(steps: list[Any]) -> None:
    for step in steps:
        assert check(step.problem, step.plan).ok, step.title
        assert step.lines, step.title


def test_promised_visits_stay_in_every_step(steps: list[Any]) -> None:
    for step in steps:
        assert set(map(repr, step.problem.commitments)) <= set(map(repr, step.plan.visits))
    assert steps[-1].problem.commitments


def test_the_readme_shows_every_step(steps: list[Any]) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [step.title for step in steps if f"== {step.title}\n" not in text] == []
