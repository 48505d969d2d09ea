import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(name: str, folder: Path) -> list[str]:
    """Run an example from another folder, warnings as errors, and return its lines."""
    done = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / name],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_one_school_gets_as_many_pupils_as_there_are_blanks(tmp_path: Path) -> None:
    status, *visits = run("one_school.py", tmp_path)
    assert status == "optimal"
    assert len(visits) == 1
    assert "50 of 60 pupils" in visits[0]


def test_stock_modes_differ_in_what_is_recorded_and_printed(tmp_path: Path) -> None:
    assert run("stock_modes.py", tmp_path) == [
        "reserve  50 recorded, 50 blanks left, 0 cards not printed",
        "later    80 recorded, 50 blanks left, 30 cards not printed",
        "none     80 recorded, 70 blanks left, 0 cards not printed",
    ]


def test_a_promise_is_kept_or_refused_with_the_rule_named(tmp_path: Path) -> None:
    kept, refused, why = run("keep_a_promise.py", tmp_path)
    assert kept.startswith("optimal")
    assert kept.endswith("promise kept: True")
    assert refused.startswith("infeasible: 0 visits")
    assert why.strip().startswith("R2")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_a_small_example_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
