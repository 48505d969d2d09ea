import runpy
from pathlib import Path

import openpyxl
import pytest

from ektp_sched.files import load_problem
from ektp_sched.rulebook import check, review
from ektp_sched.solve import solve

EXAMPLES = Path(__file__).parents[2] / "examples"
CITY = EXAMPLES / "kota_bengkulu"


def test_the_city_as_a_workbook_is_equal_to_its_json() -> None:
    assert load_problem(CITY / "problem.xlsx") == load_problem(CITY / "problem.json")


def test_five_schools_and_two_teams_can_be_planned() -> None:
    problem = load_problem(EXAMPLES / "five_schools" / "problem.xlsx")
    assert (len(problem.schools), len(problem.teams)) == (5, 2)
    assert review(problem) == ()
    result = solve(problem, time_limit=2)
    assert result.plan is not None
    assert check(problem, result.plan).ok
    assert {visit.school for visit in result.plan.visits} == {s.id for s in problem.schools}


def test_the_five_schools_are_what_its_script_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = runpy.run_path(str(EXAMPLES / "five_schools" / "build.py"))
    fill = names["fill"]
    monkeypatch.setitem(fill.__globals__, "BOOK", tmp_path / "again.xlsx")
    fill()
    assert load_problem(tmp_path / "again.xlsx") == load_problem(
        EXAMPLES / "five_schools" / "problem.xlsx"
    )
    kept = openpyxl.load_workbook(EXAMPLES / "five_schools" / "problem.xlsx").sheetnames
    assert openpyxl.load_workbook(tmp_path / "again.xlsx").sheetnames == kept
