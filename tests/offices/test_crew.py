"""The processes of a crew: Ctrl-C ends their work early, and compiling is no part of it."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from ektp_sched.engine.budget import CancelToken
from ektp_sched.offices import Crew
from ektp_sched.offices import crew as turns
from ektp_sched.offices.crew import hands_of
from ektp_sched.solve.settings import cancel_on_interrupt
from ektp_sched.solve.warm_up import compile_engine

PATIENCE = 300  # seconds until a test counts as hanging


def search(mark: Path) -> str:
    """Search as solve() does, until somebody interrupts."""
    token = CancelToken()
    with cancel_on_interrupt(token):
        mark.touch()
        while not token.cancelled:
            time.sleep(0.01)
    return "ended early"


def dig(mark: Path) -> str:
    """Work that knows nothing of interruptions."""
    mark.touch()
    time.sleep(PATIENCE)
    return "done"


def own_number() -> int:
    return os.getpid()


def interrupt() -> None:
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGINT)


def wait_for(mark: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not mark.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_search_ends_early_and_its_process_goes_on(tmp_path: Path) -> None:
    with Crew(1) as crew:
        found = crew.submit(search, tmp_path / "begun")
        wait_for(tmp_path / "begun")
        interrupt()
        assert found.result(PATIENCE) == "ended early"
        interrupt()  # it has no work now
        first, second = crew.submit(own_number), crew.submit(own_number)
        assert first.result(PATIENCE) == second.result(PATIENCE)


def test_other_work_is_given_up(tmp_path: Path) -> None:
    with Crew(1) as crew:
        found = crew.submit(dig, tmp_path / "begun")
        wait_for(tmp_path / "begun")
        interrupt()
        with pytest.raises(CancelledError):
            found.result(PATIENCE)


def test_processes_of_ones_own_begin_compiled() -> None:
    with hands_of(None, 1) as hands:
        assert hands.submit(compiled).result()


def compiled() -> bool:
    return compile_engine.cache_info().currsize == 1


def test_what_cannot_be_compiled_is_left_to_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "compile_engine", die)
    with hands_of(None, 1) as hands:
        assert hands.submit(os.getpid).result() != os.getpid()


def die() -> None:
    os._exit(9)
