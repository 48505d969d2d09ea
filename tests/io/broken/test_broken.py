"""Every broken input, through the real command line: one clear message a fault, no traceback."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Terminal, is_clear
from tests.io.base import raw_plan, raw_problem
from tests.io.broken.cases import PLANS, PROBLEMS, Case
from tests.io.broken.raw_files import RAW, RAW_FILES


@pytest.fixture
def good_problem(tmp_path: Path) -> Path:
    return _written(tmp_path / "good.json", raw_problem())


def _written(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_the_unbroken_inputs_are_taken(
    tmp_path: Path, good_problem: Path, terminal: Terminal
) -> None:
    plan = _written(tmp_path / "plan.json", raw_plan())
    assert terminal.run("check", good_problem, plan).code == 0


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda case: case.name)
def test_broken_problem(case: Case, tmp_path: Path, terminal: Terminal) -> None:
    path = _written(tmp_path / "broken.json", case.broken(raw_problem()))
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert is_clear(ran, path, case.where, case.what, case.remedy), ran.err
    assert len(ran.complaints) == case.faults
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("case", PLANS, ids=lambda case: case.name)
def test_broken_plan(case: Case, tmp_path: Path, good_problem: Path, terminal: Terminal) -> None:
    path = _written(tmp_path / "plan.json", case.broken(raw_plan()))
    ran = terminal.run("check", good_problem, path)
    assert is_clear(ran, path, case.where, case.what, case.remedy), ran.err
    assert len(ran.complaints) == case.faults


@pytest.mark.parametrize("case", RAW_FILES, ids=lambda case: case[0])
def test_broken_file(case: tuple[str, ...], terminal: Terminal) -> None:
    name, *parts = case
    ran = terminal.run("plan", RAW / name, "-o", "never")
    assert is_clear(ran, RAW / name, *parts), ran.err


@pytest.mark.parametrize("case", RAW_FILES, ids=lambda case: case[0])
def test_broken_plan_file(case: tuple[str, ...], good_problem: Path, terminal: Terminal) -> None:
    name, *parts = case
    ran = terminal.run("check", good_problem, RAW / name)
    assert is_clear(ran, RAW / name, *parts), ran.err


def test_brackets_beyond_what_the_parser_can_take(tmp_path: Path, terminal: Terminal) -> None:
    path = tmp_path / "p.json"
    path.write_text("[" * 1_000_000, encoding="utf-8")
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert is_clear(ran, path, "nested more than 50 deep", "file you mean")


def test_every_raw_file_is_listed() -> None:
    assert {path.name for path in RAW.iterdir()} == {name for name, *_ in RAW_FILES}


def test_all_faults_are_told_at_once(tmp_path: Path, terminal: Terminal) -> None:
    raw = raw_problem()
    raw["start"], raw["schools"][1]["id"], raw["teams"][0]["kits"] = "soon", 7, 0
    path = _written(tmp_path / "broken.json", raw)
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert len(ran.complaints) == 3
    for part in ("start: ", "schools[1] (SMA 2).id: ", "teams[0] (Team A).kits: "):
        assert is_clear(ran, path, part)


def test_very_many_faults_are_cut_short(tmp_path: Path, terminal: Terminal) -> None:
    raw = {"holidays": ["x"] * 100}
    path = _written(tmp_path / "broken.json", raw)
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert len(ran.complaints) == 21
    assert ran.complaints[-1] == f"error: {path}: and 87 more. Correct these first."


def test_what_pupils_are_called_is_never_repeated(tmp_path: Path, terminal: Terminal) -> None:
    raw = raw_problem()
    raw["schools"][0]["cohorts"][0]["students"] = [{"name": "Siswa Contoh", "nik": "1771"}]
    raw["schools"][1]["cohorts"][0]["nik"] = "1772"
    ran = terminal.run("plan", _written(tmp_path / "p.json", raw), "-o", tmp_path / "out")
    assert len(ran.complaints) == 2
    assert "Siswa Contoh" not in ran.err
    assert "177" not in ran.err


def test_key_twice_in_a_problem_that_is_good_otherwise(tmp_path: Path, terminal: Terminal) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(raw_problem()).replace('"kits": 2', '"kits": 2, "kits": 2'))
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert ran.complaints == [
        f"error: {path}: teams[0] (Team A): the key 'kits' is there more than once. "
        "Keep one of them."
    ]
    assert ran.code == 2


def test_key_twice_beside_another_fault(tmp_path: Path, terminal: Terminal) -> None:
    text = json.dumps(raw_problem()).replace('"kits": 2', '"kits": 2, "kits": "two"')
    path = tmp_path / "p.json"
    path.write_text(text, encoding="utf-8")
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert is_clear(ran, path, "teams[0] (Team A): the key 'kits' is there more than once")
    assert is_clear(ran, path, 'teams[0] (Team A).kits: "two" is not a whole number')
