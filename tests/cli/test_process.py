"""What only shows in a process of its own: pipes, signals, encodings, start-up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from ektp_sched.domain import Problem
from tests.builders import a_plan, a_problem, a_school, a_visit

COMMAND = [sys.executable, "-m", "ektp_sched"]
HEAVY = "('ortools', 'numba', 'numpy', 'ektp_sched.solve', 'ektp_sched.domain')"
# A solve() that ends when it is asked to, with an empty plan.
PATIENT = """
import sys, time
from ektp_sched import Plan, Result
from ektp_sched.cli import main, plan

def solve(problem, *, cancel, **options):
    print("ready", file=sys.stderr, flush=True)
    while not cancel.cancelled:
        time.sleep(0.01)
    return Result(status="feasible", plan=Plan(), tiers=(), runtime_seconds=0,
                  stopped_by="cancelled", method="none", reason="a test")

plan.solve = solve
sys.exit(main(["plan", "problem.json", "-o", "out"]))
"""

posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen")
def test_a_deterministic_run_makes_the_same_bytes_on_one_core_and_on_many(tmp_path: Path) -> None:
    """And whatever order Python's sets come in."""
    cores = sorted(os.sched_getaffinity(0))
    school_week = Path(__file__).parents[2] / "examples" / "school_week" / "problem.json"
    plans = []
    for name, some, seed in (("one", cores[:1], "1"), ("many", cores, "2")):
        folder = tmp_path / name
        options = ["-o", str(folder), "--deterministic", "--time-limit", "0.5", "--gap", "0"]
        subprocess.run(
            [*COMMAND, "plan", str(school_week), *options],
            env={**os.environ, "PYTHONHASHSEED": seed},
            preexec_fn=partial(os.sched_setaffinity, 0, some),
            capture_output=True,
            check=True,
        )
        plans.append((folder / "plan.json").read_bytes())
    assert plans[0] == plans[1]


@pytest.fixture
def plan_file() -> Path:
    path = Path("plan.json")
    path.write_text(a_plan(a_visit()).model_dump_json(), encoding="utf-8")
    return path


def test_help_and_unknown_verbs_load_nothing_heavy() -> None:
    code = (
        "import sys; from ektp_sched.cli import main; "
        "assert main(['--help']) == 0; assert main(['plam']) == 2; "
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr.splitlines()[-1] == b"[]"


def test_checking_loads_no_solver(problem_file: Path, plan_file: Path) -> None:
    code = (
        "import sys; from ektp_sched.cli import main; "
        f"assert main(['check', '{problem_file}', '{plan_file}']) == 0; "
        "print('ortools' in sys.modules or 'numba' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr == b"False\n"


def test_bad_input_in_a_process() -> None:
    done = run("plan", "no.json", "-o", "out")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: no.json: cannot read: no such file")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_that_lacks_letters(encoding: str, plan_file: Path) -> None:
    problem = a_problem(name="Ĉefurbo 市", schools=(a_school(name="Škola 1 → 市"),))
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    assert run("check", "problem.json", plan_file, **environment).returncode == 0
    done = run("plan", "problem.json", "-o", "out", **environment)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert "kola 1" in done.stdout.decode(encoding)
    done = run("check", "市.json", plan_file, **environment)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


@posix_only
@pytest.mark.parametrize("options", ["", "--json"])
def test_nobody_reads_on(options: str, problem_file: Path, plan_file: Path) -> None:
    """Standard output is closed before the first byte: no traceback, also none at exit."""
    command = [*COMMAND, "check", str(problem_file), str(plan_file), *options.split()]
    with running(*command) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_standard_output_is_full(problem_file: Path, plan_file: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [*COMMAND, "check", str(problem_file), str(plan_file)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: standard output: cannot write: No space left")
    assert len(done.stderr.splitlines()) == 1


@posix_only
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_from_outside(number: signal.Signals, code: int, problem_file: Path) -> None:
    with running(sys.executable, "-c", PATIENT) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(number)
        out, err = process.communicate()
    assert (process.returncode, err) == (code, b"")
    assert b"The search was interrupted." in out
    assert Path("out/plan.json").exists()


@posix_only
def test_progress_shows_on_a_terminal_and_leaves_nothing_behind(office: Problem) -> None:
    pty = pytest.importorskip("pty")
    Path("problem.json").write_text(office.model_dump_json(), encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [*COMMAND, "plan", "problem.json", "-o", "out", "--json"]
    environment = {**os.environ, "TERM": "xterm"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=False
    )
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert done.returncode == 0
    assert b"looking for a first plan" in shown
    assert done.stdout == Path("out/result.json").read_bytes()
