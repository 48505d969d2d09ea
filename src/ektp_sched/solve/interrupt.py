"""Ctrl-C while solving: stop with the best plan so far instead of a traceback."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ektp_sched.budget import CancelToken


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
