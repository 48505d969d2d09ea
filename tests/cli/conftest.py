from pathlib import Path

import pytest

from ektp_sched.domain import Problem
from tests.builders import a_problem, a_school
from tests.cli.fakes import UseSolver
from tests.cli.running import Terminal


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder of the test's own, so that files need no path."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office() -> Problem:
    schools = (a_school("S1", cohorts=60), a_school("S2", name="SMK [Dua]", cohorts=7))
    return a_problem(schools=schools)


@pytest.fixture
def problem_file(office: Problem) -> Path:
    path = Path("problem.json")
    path.write_text(office.model_dump_json(), encoding="utf-8")
    return path


@pytest.fixture
def use_solver(monkeypatch: pytest.MonkeyPatch) -> UseSolver:
    """Put a stand-in into the place of solve()."""
    return lambda stand_in: monkeypatch.setattr("ektp_sched.cli.plan.solve", stand_in)
