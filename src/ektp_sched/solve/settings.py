"""The settings of a solve, their limits, and the running budget they become."""

import math
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Integral
from types import FrameType
from typing import Literal, get_args

from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.errors import Complaint, SettingsError
from ektp_sched.solve.warm_up import compile_first_plan, telling
from ektp_sched.texts.language import _

Method = Literal["auto", "exact", "tours"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long, how close and how to search; see solve() for the meanings.

    Raises
    ------
    SettingsError
        With one complaint for each number that is out of its limits.
    """

    time_limit: float
    gap: float
    seed: int
    workers: int
    deterministic: bool
    method: Method = "auto"

    def __post_init__(self) -> None:
        limits = [
            (
                "time_limit",
                math.isfinite(self.time_limit) and self.time_limit > 0,
                _("Give a number above 0."),
            ),
            ("gap", 0 <= self.gap < 1, _("Give a number from 0 on and below 1.")),
            (
                "seed",
                _whole(self.seed, 0, 2**31 - 1),
                _("Give a whole number from 0 to 2147483647."),
            ),
            ("workers", _whole(self.workers, 1, 1024), _("Give a whole number from 1 to 1024.")),
            ("method", self.method in get_args(Method), _("Give auto, exact or tours.")),
        ]
        complaints = [
            Complaint(name, _("{value!s} is out of range", value=getattr(self, name)), remedy)
            for name, allowed, remedy in limits
            if not allowed
        ]
        if complaints:
            raise SettingsError(complaints)


def _whole(number: float, least: int, most: int) -> bool:
    return isinstance(number, Integral) and least <= number <= most


def available_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def cancel_on_interrupt(token: CancelToken) -> Iterator[None]:
    """Let the first Ctrl-C cancel the token and a second one interrupt as usual.

    Only Python's own handler is replaced, and only in the main thread: an application's stays.
    """
    usual = signal.getsignal(signal.SIGINT)
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or usual is not signal.default_int_handler:
        yield
        return

    def cancel(_number: int, _frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, cancel)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


@contextmanager
def budgeted(
    settings: Settings,
    cancel: CancelToken | None,
    compiling: Callable[[float], None] | None = None,
) -> Iterator[Budget]:
    """Give the budget of a call, begun once the loops of the first plan are compiled.

    The first Ctrl-C in the block cancels it. `compiling` is told what share of them is ready.
    """
    token = cancel or CancelToken()
    with cancel_on_interrupt(token):
        with telling(compiling):
            compile_first_plan()
        yield Budget(
            settings.time_limit,
            token=token,
            deterministic=settings.deterministic,
            workers=settings.workers,
            seed=settings.seed,
        )
