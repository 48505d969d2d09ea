import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ektp_sched.cli.progress import progress_line
from ektp_sched.report.progress import ProgressLog
from ektp_sched.solve import Progress

STEP = Progress(elapsed_seconds=3, tier="students", value=1200, bound=1260, gap=0.05)
TIMES = r"\d:\d\d, \d:\d\d left"


def test_a_terminal_shows_the_last_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress_line(60) as listener:
        listener(STEP)
    out, err = capsys.readouterr()
    assert out == ""
    assert re.search(rf"{TIMES} students 1,200, at best 1,260, gap 5.0%", err)


def test_a_short_search_leaves_nothing_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_line(60) as listener:
        listener(STEP)
    assert capsys.readouterr() == ("", "")


def test_a_long_search_leaves_lines_in_a_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ektp_sched.cli.progress.ProgressLog.telling", _telling_once)
    with progress_line(60) as listener:
        listener(STEP)
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(rf"{TIMES}: students 1,200, at best 1,260, gap 5.0%\n", err)


@contextmanager
def _telling_once(log: ProgressLog) -> Iterator[None]:
    yield
    log.tell()
