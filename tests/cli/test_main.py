import io
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from ektp_sched import __version__
from ektp_sched.cli import main
from ektp_sched.domain import Problem
from ektp_sched.errors import BrokenPlanError
from ektp_sched.files import plan_schema, problem_schema
from ektp_sched.solve import CancelToken, Result
from tests.cli.fakes import Solve, UseSolver, a_result, no_result
from tests.cli.running import Terminal

INTERRUPTIONS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]


def raising(error: BaseException) -> Solve:
    def raise_it(*_: object, **__: object) -> NoReturn:
        raise error

    return raise_it


def test_version(terminal: Terminal) -> None:
    ran = terminal.run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"ektp-sched {__version__}\n", "")


def test_help(terminal: Terminal) -> None:
    ran = terminal.run("--help")
    assert ran.code == 0
    for word in ("plan", "check", "schema", "Exit codes"):
        assert word in ran.out
    assert "--time-limit" in terminal.run("plan", "--help").out


def test_schema(terminal: Terminal) -> None:
    assert terminal.run("schema", "problem").out == problem_schema()
    assert terminal.run("schema", "plan").out == plan_schema()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing command. See ektp-sched --help."),
        (["paln"], "No such command 'paln'"),
        (["plan"], "Missing argument"),
        (["plan", "p.json"], "Missing option"),
        (["plan", "p.json", "-o", "out", "more"], "unexpected extra argument"),
        (["plan", "p.json", "-o", "out", "--time-limit", "soon"], "--time-limit"),
        (["plan", "p.json", "-o", "out", "--seed", "1.5"], "--seed"),
        (["plan", "p.json", "-o", "out", "--fast"], "No such option"),
        (["schema", "visit"], "'visit'"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, terminal: Terminal) -> None:
    ran = terminal.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.complaints
    assert line.startswith("error: ")
    assert words in line
    assert line.endswith(" --help.")


def test_a_file_name_cannot_write_on_the_terminal(terminal: Terminal) -> None:
    ran = terminal.run("plan", "\x1b[2J\n.json", "-o", "out")
    assert ran.err.startswith(r"error: \x1b[2J\n.json: cannot read: no such file")


@pytest.mark.parametrize(("number", "code"), INTERRUPTIONS)
def test_the_first_signal_ends_the_search_and_the_plan_is_written(
    number: signal.Signals,
    code: int,
    problem_file: Path,
    terminal: Terminal,
    use_solver: UseSolver,
) -> None:
    def solve(problem: Problem, *, cancel: CancelToken, **_: object) -> Result:
        assert not cancel.cancelled
        signal.raise_signal(number)
        assert cancel.cancelled
        return a_result(stopped_by="cancelled")

    use_solver(solve)
    handlers = [signal.getsignal(each) for each, _ in INTERRUPTIONS]
    ran = terminal.run("plan", problem_file, "-o", "out")
    assert ran.code == code
    assert "The search was interrupted." in ran.out
    assert Path("out/plan.json").exists()
    assert Path("out/result.json").exists()
    assert [signal.getsignal(each) for each, _ in INTERRUPTIONS] == handlers


@pytest.mark.parametrize(("number", "code"), INTERRUPTIONS)
def test_the_second_signal_ends_everything(
    number: signal.Signals,
    code: int,
    problem_file: Path,
    terminal: Terminal,
    use_solver: UseSolver,
) -> None:
    def solve(problem: Problem, **_: object) -> Result:
        signal.raise_signal(number)
        signal.raise_signal(number)
        return a_result()

    use_solver(solve)
    ran = terminal.run("plan", problem_file, "-o", "out")
    assert (ran.code, ran.out, ran.err) == (code, "", "interrupted\n")
    assert not Path("out/plan.json").exists()


def test_interrupted_without_a_plan(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    def solve(problem: Problem, **_: object) -> Result:
        signal.raise_signal(signal.SIGINT)
        return no_result(status="unknown", stopped_by="cancelled")

    use_solver(solve)
    assert terminal.run("plan", problem_file, "-o", "out").code == 130


@pytest.mark.parametrize(("number", "code"), INTERRUPTIONS)
def test_a_signal_outside_of_the_search(
    number: signal.Signals, code: int, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ektp_sched.files.json_files.read_text", lambda _: signal.raise_signal(number)
    )
    ran = terminal.run("plan", "p.json", "-o", "out")
    assert (ran.code, ran.out, ran.err) == (code, "", "interrupted\n")


@pytest.mark.parametrize("error", [BrokenPlanError("R4 is broken\nand more"), ZeroDivisionError()])
def test_our_own_faults(
    error: Exception,
    problem_file: Path,
    terminal: Terminal,
    use_solver: UseSolver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_solver(raising(error))
    ran = terminal.run("plan", problem_file, "-o", "out")
    assert (ran.code, ran.out, len(ran.complaints)) == (70, "", 1)
    assert ran.err.startswith(f"error: {type(error).__name__}: ")
    assert "this is a fault of ektp-sched" in ran.err
    monkeypatch.setenv("EKTP_SCHED_DEBUG", "1")
    assert "Traceback" in terminal.run("plan", problem_file, "-o", "out").err


def test_arguments_come_from_the_process_by_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ektp-sched", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"ektp-sched {__version__}\n"


def test_outside_of_the_main_thread_signals_are_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(main, ["--version"]).result() == 0


def test_standard_output_may_be_any_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["schema", "plan"]) == 0
    assert stream.getvalue() == plan_schema()
