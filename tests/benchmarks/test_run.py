"""The harness: a process for each job, a table, and a JSON file that tells everything."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import harness, table
from benchmarks.cli import app
from benchmarks.record import Entry, Job, Outcome, Record, Tier
from benchmarks.solving import disagreements
from benchmarks.suites import SUITES
from ektp_sched.files import load_problem

runner = CliRunner()


def test_a_tiny_case_is_measured_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "warm_up", lambda _workers: None)
    file = tmp_path / "out.json"
    options = ["--size", "2x1x1", "--time-limit", "1", "--workers", "1", "-o", str(file)]
    result = runner.invoke(app, ["run", "--suite", "tiny", *options])
    assert result.exit_code == 0, result.output
    assert "2x1x1" in result.output
    record = Record.model_validate_json(file.read_text(encoding="utf-8"))
    assert {"python", "ektp-sched", "ortools", "numba", "numpy"} <= record.versions.keys()
    assert {"processor", "cores", "memory_gib"} <= record.machine.keys()
    (entry,) = record.entries
    assert entry.job == Job(suite="tiny", case="2x1x1", seed=0, seconds=1, workers=1)
    outcome = entry.outcome
    tiers = len(outcome.tiers)
    assert outcome.faults == ()
    assert outcome.notes == f"compared with the exact model: {tiers} of {tiers} tiers"
    assert outcome.tiers
    assert outcome.steps
    assert outcome.peak_mib
    assert outcome.seconds
    assert outcome.first_plan_seconds is not None


def test_a_failing_job_is_an_outcome() -> None:
    outcome = harness.run(Job(suite="tiny", case="9x9x9", seed=0, seconds=1, workers=1))
    assert outcome.status == "error"
    assert "not tiny" in outcome.faults[0]


def test_a_problem_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    result = runner.invoke(app, ["make", "--suite", "office", "--size", "9x2x5", "-o", str(file)])
    assert result.exit_code == 0, result.output
    make = SUITES["office"].make
    assert make is not None
    assert load_problem(file) == make("9x2x5", 0)


def test_a_profile_tells_the_time_of_each_step() -> None:
    options = ["--size", "60x2x10", "--time-limit", "0.5", "--workers", "1"]
    result = runner.invoke(app, ["profile", "--suite", "office", *options])
    assert result.exit_code == 0, result.output
    rows = [line.strip("│ ").split("│") for line in result.output.splitlines()]
    seconds = {row[0].strip(): float(row[2]) for row in rows if len(row) == 4}
    assert seconds["the checker"] > 0
    assert seconds["all"] > seconds["the checker"]


@pytest.mark.parametrize(
    "options",
    [
        ["--suite", "nothing"],
        ["--suite", "core", "--size", "large"],
        ["--suite", "office", "--peers", "vroom"],
        ["--suite", "core", "--seed", "one"],
    ],
)
def test_wrong_options_are_told(options: list[str]) -> None:
    assert runner.invoke(app, ["run", *options]).exit_code == 2


def test_disagreements_with_the_optimum_are_found() -> None:
    best = [Tier(term="students", sense="max", value=9), Tier(term="travel", sense="min", value=5)]
    good = [best[0].model_copy(update={"bound": 9}), best[1].model_copy(update={"bound": 5})]
    assert list(disagreements(good, best)) == []
    passed = [good[0].model_copy(update={"bound": 8}), best[1].model_copy(update={"bound": 6})]
    assert len(list(disagreements(passed, best))) == 2
    fewer = [best[0].model_copy(update={"value": 8}), passed[1]]
    assert len(list(disagreements(fewer, best))) == 1


def test_a_broken_plan_is_told_beside_the_table() -> None:
    job = Job(suite="core", case="9x2x5", seed=0, solver="vroom", seconds=1, workers=1)
    entry = Entry(job=job, outcome=Outcome(status="broken", faults=("R2 [S1]: closed",)))
    rows = table.new_table("core")
    table.add(rows, entry)
    assert rows.row_count == 1
    assert "R2" in table.remarks(entry)[0]
