"""SIGKILL, to a process that plans an office and to the one that has them all planned."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.offices.country_run import OFFICES

ROOT = Path(__file__).parents[2]
PATIENCE = 900  # seconds until a run counts as hanging
LARGEST = OFFICES[0]  # the first in work


@contextmanager
def a_run(folder: Path, marks: Path, *dies_in: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.offices.country_run", str(folder), str(marks), *dies_in]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def outcomes(process: subprocess.Popen[str]) -> dict[str, tuple[bool, str]]:
    """Whether each office was resumed and why it failed.

    The end of the output comes when all who could write have ended: the processes of the crew too.
    """
    lines, _ = process.communicate(timeout=PATIENCE)
    found = [json.loads(line) for line in lines.splitlines()]
    assert len({name for name, *_ in found}) == len(found)  # each once
    return {name: (resumed, failure) for name, resumed, failure in found}


def workers(marks: Path, office: str, wanted: int) -> list[int]:
    """The processes that an office has been given to, when there are so many."""
    mark = marks / office
    for _ in range(PATIENCE * 20):
        found = mark.read_text(encoding="utf-8").splitlines() if mark.exists() else []
        if len(found) == wanted:
            return list(map(int, found))
        time.sleep(0.05)
    pytest.fail(f"{office} was never given to {wanted} processes")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    made = tmp_path / "marks"
    made.mkdir()
    (made / f"{LARGEST}.held").touch()
    return made


def test_killing_a_process_at_work_costs_time_only(tmp_path: Path, marks: Path) -> None:
    with a_run(tmp_path / "plans", marks) as process:
        os.kill(workers(marks, LARGEST, 1)[0], signal.SIGKILL)
        first, second = workers(marks, LARGEST, 2)
        (marks / f"{LARGEST}.held").unlink()
        found = outcomes(process)
    assert process.returncode == 0
    assert first != second
    assert found == dict.fromkeys(OFFICES, (False, ""))
    assert all(len(workers(marks, other, 1)) == 1 for other in OFFICES[1:])


# An office brings eight things to the disk: plan, result and mark, the record that names them as
# pending and its folder, then the folder of the files and the record once more, and its folder.
@pytest.mark.parametrize(("write", "is_pending"), [(9, False), (12, False), (13, True), (15, True)])
def test_killing_the_main_process_loses_and_repeats_nothing_that_was_finished(
    tmp_path: Path, marks: Path, write: int, is_pending: bool
) -> None:
    folder = tmp_path / "plans"
    with a_run(folder, marks, str(write)) as process:
        (finished,) = outcomes(process)
    assert process.returncode == -signal.SIGKILL
    before = content(folder / finished)
    assert len(before) == 3
    (begun,) = {path.name for path in folder.iterdir()} - {finished}
    assert list(folder.rglob("*.part"))  # what was being written
    resumed = {finished, begun} if is_pending else {finished}

    (marks / f"{LARGEST}.held").unlink()
    with a_run(folder, marks) as process:
        found = outcomes(process)
    assert process.returncode == 0
    assert found == {name: (name in resumed, "") for name in OFFICES}
    assert content(folder / finished) == before
    assert len(workers(marks, finished, 1)) == 1  # not given to a process again


def content(home: Path) -> dict[str, tuple[bytes, int]]:
    return {
        file.name: (file.read_bytes(), file.stat().st_mtime_ns)
        for file in home.glob("*.*")
        if file.is_file()
    }
