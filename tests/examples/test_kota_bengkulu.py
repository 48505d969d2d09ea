import os
import runpy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ektp_sched.domain import Problem, School
from ektp_sched.rulebook import check
from ektp_sched.solve import solve

FOLDER = Path(__file__).parents[2] / "examples" / "kota_bengkulu"


@pytest.fixture(scope="module")
def build() -> dict[str, Any]:
    return runpy.run_path(os.fspath(FOLDER / "build.py"))


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem.model_validate_json((FOLDER / "problem.json").read_bytes())


def _pupils(school: School) -> int:
    return sum(cohort.students for cohort in school.cohorts)


def test_problem_json_is_what_build_py_makes(build: dict[str, Any]) -> None:
    text = (FOLDER / "problem.json").read_text(encoding="utf-8")
    assert text == build["problem_text"](build["build"]())


def test_problem_json_says_everything(build: dict[str, Any], problem: Problem) -> None:
    assert problem == build["build"]()


def test_seventy_schools_with_3_to_240_pupils(problem: Problem) -> None:
    counts = [_pupils(school) for school in problem.schools]
    assert len(counts) == 70
    assert (min(counts), max(counts)) == (3, 240)
    assert 4_100 <= sum(counts) <= 4_300


def test_some_sixty_percent_are_17_within_the_horizon(problem: Problem) -> None:
    cohorts = [cohort for school in problem.schools for cohort in school.cohorts]
    due = sum(c.students for c in cohorts if c.card_from is None or c.card_from <= problem.end)
    assert due / sum(c.students for c in cohorts) == pytest.approx(0.6, abs=0.02)


def test_some_1500_blanks_are_left_for_schools(problem: Problem) -> None:
    horizon = [
        problem.start + timedelta(days=n) for n in range((problem.end - problem.start).days + 1)
    ]
    working = [day for day in horizon if day.weekday() < 5 and day not in problem.holidays]
    stock = problem.stock
    left = stock.opening - stock.reserve - stock.walk_in_per_day * len(working)
    assert left == 4_000 - 300 - 50 * 45
    assert left == pytest.approx(1_500, abs=100)


def test_no_delivery_is_confirmed(problem: Problem) -> None:
    (delivery,) = problem.stock.deliveries
    assert (delivery.date, delivery.cards) == (date(2024, 8, 12), 2_000)
    assert not delivery.confirmed


def test_cohorts_keep_every_pupil(build: dict[str, Any]) -> None:
    for pupils in range(1, 250):
        assert sum(cohort.students for cohort in build["cohorts"](pupils)) == pupils


def test_the_city_can_be_planned(build: dict[str, Any], problem: Problem) -> None:
    result = solve(problem, time_limit=5)
    assert result.plan is not None
    assert check(problem, result.plan).ok
    assert "0 rules broken" in build["summary"](problem, result)
