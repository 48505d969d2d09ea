"""Offices' work in turn, the largest first, by worker processes that die alone or any executor."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, ParamSpec, TypeVar

from ektp_sched.engine.budget import CancelToken
from ektp_sched.solve.settings import Settings
from ektp_sched.solve.warm_up import compile_engine

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Crew(ThreadPoolExecutor):
    """An executor of single processes, each in a pool of its own.

    In one pool, a process that dies takes the work of all others along and does not say whose
    fault it was. Here its own work is done once more in a new process; if that dies too, its
    future, and no other, raises BrokenProcessPool. If the process that has them all dies, they end
    at once, in the middle of their work. Ctrl-C, which a terminal sends to all processes, ends work
    early, as solve() does, and leaves those without work alone.
    """

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._own = threading.local()
        self._pools: set[ProcessPoolExecutor] = set()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Do a function's work in a process; function, arguments and result are pickled."""
        return super().submit(
            self._in_process, partial(_interruptible, partial(fn, *args, **kwargs))
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when their work is done."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        for pool in self._pools.copy():
            pool.shutdown(wait)

    def _in_process(self, work: Callable[[], _T]) -> _T:
        try:
            return self._pool().submit(work).result()
        except BrokenProcessPool:
            self._drop_pool()
        try:
            return self._pool().submit(work).result()
        except BrokenProcessPool:
            self._drop_pool()
            raise

    def _pool(self) -> ProcessPoolExecutor:
        """The pool of the calling thread."""
        pool: ProcessPoolExecutor | None = getattr(self._own, "pool", None)
        if pool is None:
            # A fork of a process with threads may hang.
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(1, context, initializer=_begin)
            self._own.pool = pool
            self._pools.add(pool)
        return pool

    def _drop_pool(self) -> None:
        self._pools.discard(self._own.pool)
        self._own.pool.shutdown(wait=False)
        self._own.pool = None


def _interruptible(work: Callable[[], _T]) -> _T:
    """Do work that Ctrl-C may interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return work()
    except KeyboardInterrupt:
        raise CancelledError from None
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _begin() -> None:
    """Have this process outlive Ctrl-C, but not its parent.

    By itself it would wait for work for ever: it holds both ends of the pipe that work comes by.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


# An office takes time as so many schools do, however few it has: one of ten needs a second or so.
FIRST_SCHOOLS = 16
LEAST_SECONDS = 0.2  # for an office whose turn comes when the time is over
LATE_SECONDS = 0.2  # that an office takes beyond its share: to travel, to be built, to be written

T = TypeVar("T")


@contextmanager
def hands_of(executor: Executor | None, workers: int) -> Iterator[Executor]:
    """The executor, or processes on this machine that end with the block.

    Before it begins, one of these compiles what the machine lacks: no office's time is lost, and
    no two processes do it at once.
    """
    if executor is not None:
        yield executor
        return
    with Crew(workers) as crew:
        with suppress(Exception):  # what fails here fails in an office's work, and is told there
            crew.submit(compile_engine).result()
        yield crew


@dataclass(slots=True)
class Turns(Generic[T]):
    """One round of work, an office at a time.

    What fails in one office is its outcome and stops no other. Leaving begins no more.

    Parameters
    ----------
    sizes
        Schools of the offices that wait.
    settings
        `time_limit` is shared out by the number of schools (and FIRST_SCHOOLS for each office);
        what an office does not use is there for those after it. In a deterministic run all is
        shared out beforehand. `workers` are at work at once.
    submit
        Begins the work of an office, which may take so many seconds (or units).
    cancel
        Once it is cancelled, no more work begins; what is in work is waited for.
    """

    sizes: dict[str, int]
    settings: Settings
    submit: Callable[[str, float], Future[T]]
    cancel: CancelToken = field(default_factory=CancelToken)
    begun: float = field(default_factory=time.monotonic)
    ends: dict[str, float] = field(default_factory=dict)  # when offices in work should be done

    def outcomes(self) -> Iterator[tuple[str, T | Exception]]:
        """Each office and its outcome, as they come."""
        total = sum(map(_weight, self.sizes.values()))
        running: dict[Future[T], str] = {}
        try:
            while self.sizes or running:
                if self.cancel.cancelled:
                    self.sizes.clear()
                while self.sizes and len(running) < self.settings.workers:
                    office = max(self.sizes, key=lambda name: self.sizes[name])
                    share = self._share(office, total)
                    del self.sizes[office]
                    try:
                        running[self.submit(office, share)] = office
                    except Exception as error:  # a file that changed, an executor that is closed
                        yield office, error
                        continue
                    self.ends[office] = time.monotonic() + share
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    office = running.pop(done)
                    del self.ends[office]
                    outcome = _outcome(done)
                    yield office, outcome
                    if done.cancelled():
                        yield from self._given_up()
        finally:
            for future in running:
                future.cancel()

    def _share(self, office: str, total: int) -> float:
        """Seconds (or units) for an office."""
        limit, workers = self.settings.time_limit, self.settings.workers
        if self.settings.deterministic:
            return limit * workers * _weight(self.sizes[office]) / total
        now = time.monotonic()
        left = workers * max(0.0, self.begun + limit - now)
        left -= sum(max(0.0, end - now) for end in self.ends.values())
        left -= LATE_SECONDS * len(self.sizes)
        share = left * _weight(self.sizes[office]) / sum(map(_weight, self.sizes.values()))
        return max(LEAST_SECONDS, min(share, self.begun + limit - now))

    def _given_up(self) -> Iterator[tuple[str, Exception]]:
        """The offices that wait, after the executor cancelled work: it may never do any again."""
        while self.sizes:
            yield self.sizes.popitem()[0], CancelledError()


def _weight(schools: int) -> int:
    return FIRST_SCHOOLS + schools


def _outcome(done: Future[T]) -> T | Exception:
    try:
        return done.result()
    except Exception as error:  # ours, a process that died, memory that ran out, a cluster's
        return error
