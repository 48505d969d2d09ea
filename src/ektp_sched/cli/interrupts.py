"""Ctrl-C and SIGTERM: a running solve stops with its best plan, anything else stops at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Protocol


class Interruption(BaseException):
    """A signal broke the command off. Not a KeyboardInterrupt, which typer would swallow."""


class Cancellable(Protocol):
    """Something that can be asked to stop."""

    def cancel(self) -> None:
        """Ask it."""


class Interrupts:
    """Remembers the last signal, and hands the first one to whoever is to be cancelled."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._running: Cancellable | None = None

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Handle the signals of this process, where the main thread asks for it."""
        with ExitStack() as former:
            if threading.current_thread() is threading.main_thread():
                for number in (signal.SIGINT, signal.SIGTERM):
                    former.callback(signal.signal, number, signal.signal(number, self._handle))
            yield

    @contextmanager
    def cancelling(self, running: Cancellable) -> Iterator[None]:
        """Cancel `running` at the first signal instead of breaking off."""
        self._running = running
        try:
            yield
        finally:
            self._running = None

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        running, self._running = self._running, None
        if running is None:
            raise Interruption
        running.cancel()
