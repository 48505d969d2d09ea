"""The suite of published instances, on a folder of small ones made here."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import harness
from benchmarks.cli import app
from benchmarks.published.catalogue import DataError, catalogue
from benchmarks.published.solving import judged
from benchmarks.published.standing import standings
from benchmarks.record import Entry, Job, Outcome, Record, Standing, Target, Tier
from benchmarks.suites import published
from tests.benchmarks.published.instances import PLAIN, WINDOWS

runner = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of three tours, and one for one tour or two."""
    for family in ("mctopmtw", "toptw"):
        (tmp_path / family / "instances").mkdir(parents=True)
    for name in ("M-3-a.txt", "M-3-b.txt"):
        (tmp_path / "mctopmtw" / "instances" / name).write_text(WINDOWS, encoding="utf-8")
    (tmp_path / "toptw" / "instances" / "p1.txt").write_text(PLAIN, encoding="utf-8")
    rows = "file,instance,tours,reference,proved_upper\nM-3-a.txt,a,3,13,12\nM-3-b.txt,b,3,12,\n"
    (tmp_path / "mctopmtw" / "best_known.csv").write_text(rows, encoding="utf-8")
    rows = "instance,tours,published,reference\np1,1,80,90\np1,2,90,90\n"
    (tmp_path / "toptw" / "best_known.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_cases_are_files_and_numbers_of_tours(folder: Path) -> None:
    suite = published(folder)
    assert dict(suite.cases) == {"M-3-a": 30, "M-3-b": 30, "p1x1": 60, "p1x2": 60}
    assert suite.named("p1x2") == ("p1x2",)
    assert list(suite.named("toptw")) == list(suite.named("p1.txt")) == ["p1x1", "p1x2"]
    assert list(suite.named("M-3-b.txt")) == ["M-3-b"]
    assert not suite.named("p2")


def test_a_proved_upper_bound_below_the_published_value_is_what_can_be_reached(
    folder: Path,
) -> None:
    listed = catalogue(folder)
    low, high = listed["M-3-a"].target, listed["M-3-b"].target
    assert (low.value, low.source) == (12, "proved upper bound")
    assert (high.value, high.source) == (12, "published")
    assert listed["p1x1"].target == Target(family="toptw", tours=1, value=90, source="published")
    assert listed["p1x2"].read().tours == 2
    assert listed["M-3-a"].read().tours == 3


def test_a_folder_that_lacks_files_is_told(folder: Path) -> None:
    (folder / "toptw" / "instances" / "p1.txt").unlink()
    with pytest.raises(DataError, match=r"1 listed files are missing, the first is .*p1\.txt"):
        catalogue(folder)
    (folder / "toptw" / "best_known.csv").write_text("instance,tours\np1,1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"best_known\.csv: .*'reference'"):
        catalogue(folder)
    (folder / "toptw" / "best_known.csv").unlink()
    with pytest.raises(DataError, match="give the folder of mctopmtw and toptw"):
        catalogue(folder)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--suite", "published"], "needs a folder of files"),
        (["--suite", "published", "--data", "nowhere"], "There is no nowhere/mctopmtw"),
        (["--suite", "tiny", "--data", "nowhere"], "reads no files"),
    ],
)
def test_without_data_one_message_and_exit_code_2(options: list[str], words: str) -> None:
    result = runner.invoke(app, ["run", *options])
    assert result.exit_code == 2
    assert words in result.output


def test_a_run_prints_and_writes_how_it_stands(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness, "warm_up", lambda _workers: None)
    file = tmp_path / "out.json"
    options = ["--data", str(folder), "--size", "M-3-a,p1x1", "--time-limit", "2"]
    options += ["--workers", "1", "-o", str(file)]
    result = runner.invoke(app, ["run", "--suite", "published", *options])
    assert result.exit_code == 0, result.output
    assert "≤12" in result.output
    assert "beside the published values" in result.output
    record = Record.model_validate_json(file.read_text(encoding="utf-8"))
    assert [entry.job.case for entry in record.entries] == ["M-3-a", "p1x1"]
    assert all(entry.job.gap == 0 for entry in record.entries)
    assert all(entry.outcome.tiers for entry in record.entries)
    assert all(entry.outcome.steps for entry in record.entries)
    assert record.standings == standings(record.entries)
    assert [(one.family, one.tours) for one in record.standings] == [
        ("mctopmtw", None),
        ("mctopmtw", 3),
        ("toptw", None),
        ("toptw", 1),
    ]


def entry(target: Target, value: int | None, bound: int | None = None) -> Entry:
    """A case that reached a value, or failed."""
    tiers = () if value is None else (Tier(term="score", sense="max", value=value, bound=bound),)
    job = Job(suite="published", case="", seed=0, seconds=1, workers=1, target=target)
    return Entry(job=job, outcome=Outcome(status="feasible", tiers=tiers))


def test_cases_are_counted_by_tours_and_together() -> None:
    one = Target(family="toptw", tours=1, value=100, source="published")
    two = Target(family="toptw", tours=2, value=200, source="proved upper bound")
    rows = [entry(one, 90, 95), entry(one, 110), entry(one, None), entry(two, 200, 200)]
    everything, *by_tours = standings(rows)
    assert everything == Standing(
        family="toptw",
        tours=None,
        cases=4,
        failed=1,
        mean_gap=0.0,
        equalled=1,
        beaten=1,
        proved=1,
        upper_bounds=1,
    )
    assert [(row.tours, row.cases, row.proved) for row in by_tours] == [(1, 3, 0), (2, 1, 1)]
    assert standings([entry(one, None)])[0].mean_gap is None
    assert standings([entry(one, 90)])[0].mean_gap == pytest.approx(0.1)


def test_a_value_above_a_bound_is_a_fault_and_one_below_is_none() -> None:
    reached = Outcome(status="feasible", stopped_by="time_limit")
    known = Target(family="toptw", tours=1, value=100, source="published")
    upper = known.model_copy(update={"source": "proved upper bound"})
    assert judged(reached, 100, 100, known).status == "optimal"
    assert judged(reached, 100, 101, upper).tiers[0].gap == pytest.approx(0.01)
    assert judged(reached, 101, None, known).tiers[0].bound is None
    assert judged(reached, 101, None, upper).faults == ("101 passes the proved upper bound 100",)
    assert judged(reached, 100, 99, known).faults == ("100 passes the bound 99",)
    assert judged(reached, 101, None, upper).tiers == ()
    below = judged(reached, 90, 99, known)
    assert below.notes == "the bound 99 is below the published value 100"
    assert not below.faults
