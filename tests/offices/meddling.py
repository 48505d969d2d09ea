"""What befalls the work of an office, in the process that does it; no deed looks at the clock."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ektp_sched import Problem
from ektp_sched.offices import planning
from ektp_sched.solve import solve

Work = Callable[..., Any]
MIB = 1 << 20


class Meddling(Executor):
    """An executor that does a deed in place of the work of some offices, by name."""

    def __init__(self, executor: Executor, deeds: Mapping[str, Work]) -> None:
        self._executor = executor
        self._deeds = deeds

    def submit(self, fn: Work, /, *args: Any, **kwargs: Any) -> Future[Any]:
        deed = self._deeds.get(office_of(args))
        work = fn if deed is None else partial(deed, fn)
        return self._executor.submit(work, *args, **kwargs)


def office_of(arguments: tuple[Any, ...]) -> str:
    """The name of the office whose problem is among the arguments of its work."""
    return next(one.name for one in arguments if isinstance(one, Problem))


def die_in_mid_run(work: Work, *args: Any, last_words: Callable[[], None] = lambda: None) -> Any:
    """The process dies while it searches."""

    def die(progress: object) -> None:
        last_words()
        os.kill(os.getpid(), signal.SIGKILL)

    with patch.object(planning, "solve", partial(solve, on_progress=die)):
        return work(*args)


def interrupt_in_mid_run(work: Work, *args: Any) -> Any:
    """Ctrl-C comes while the process searches."""

    def interrupt(progress: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with patch.object(planning, "solve", partial(solve, on_progress=interrupt)):
        return work(*args)


def die_in_mid_run_once(mark: Path, work: Work, *args: Any) -> Any:
    """The first process that searches dies meanwhile; the mark says so."""
    if mark.exists():
        return work(*args)
    return die_in_mid_run(work, *args, last_words=mark.touch)


def take_more_than_there_is(work: Work, *args: Any) -> bytearray:
    """The system refuses memory to this process."""
    return bytearray(1 << 62)


def hoard(most: int, work: Work, *args: Any) -> None:
    """Take that many bytes at most and keep them until somebody ends this process."""
    kept = [b"1" * MIB for _ in range(most // MIB)]  # written to, so that it counts
    while kept:
        time.sleep(0.1)


def tell_and_wait(marks: Path, work: Work, *args: Any) -> Any:
    """Write down which process works on an office; wait as long as the office is held."""
    name = office_of(args)
    with (marks / name).open("a", encoding="utf-8") as mark:
        mark.write(f"{os.getpid()}\n")
    while (marks / f"{name}.held").exists():
        time.sleep(0.05)
    return work(*args)
