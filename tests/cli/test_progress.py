import sys

import pytest

from ektp_sched.cli.progress import in_one_line, progress_line
from ektp_sched.solve import Progress


def a_step(value: int | None, bound: int | None, gap: float | None) -> Progress:
    return Progress(elapsed_seconds=3, tier="students", value=value, bound=bound, gap=gap)


def test_a_step_in_one_line() -> None:
    assert in_one_line(a_step(1200, 1260, 0.05)) == "students 1,200, at best 1,260, gap 5.0%"
    assert in_one_line(a_step(1200, None, None)) == "students 1,200"
    assert in_one_line(a_step(None, None, None)) == "students"


def test_a_terminal_shows_the_last_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress_line() as listener:
        assert listener is not None
        listener(a_step(1200, 1260, 0.05))
    assert "students 1,200, at best 1,260, gap 5.0%" in capsys.readouterr().err


def test_a_pipe_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_line() as listener:
        assert listener is None
    assert capsys.readouterr() == ("", "")
