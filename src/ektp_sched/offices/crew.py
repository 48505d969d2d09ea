"""Worker processes that die alone."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import ParamSpec, TypeVar

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
