"""The week from the command line, as its README tells it: every command runs, in little time."""

import re
import shutil
from pathlib import Path

import pytest

from ektp_sched.files import load_plan, load_problem
from ektp_sched.rulebook import check
from tests.cli.running import Terminal

FOLDER = Path(__file__).parents[2] / "examples" / "school_week"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = "## The same week from the command line"
TIME = re.compile(r"--time-limit \d+")


def _blocks(kind: str) -> list[str]:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return [body for name, body in BLOCK.findall(text[text.index(SECTION) :]) if name == kind]


def test_every_command_runs_and_prints_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("problem.json", "changes.json"):
        shutil.copy(FOLDER / name, tmp_path)
    terminal, printed = Terminal(capsys), ""
    for line in "".join(_blocks("sh")).splitlines():
        program, *arguments = _words(TIME.sub("--time-limit 0.5", line))
        ran = terminal.run(*arguments)
        assert (program, ran.code) == ("ektp-sched", 0), f"{line}\n{ran.err}"
        printed += ran.out
    for shown in _blocks("text"):  # visits differ from run to run, what begins an answer does not
        beginning, *_ = shown.split(":" if ":" in shown.splitlines()[0] else "\n")
        assert beginning in printed
    problem = load_problem("repaired/problem.json")
    assert check(problem, load_plan("repaired/plan.json", problem)).ok


def _words(line: str) -> list[str]:
    """A command's words; those in double quotes are one."""
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]
