"""How long a solve may run, and how it is told to stop."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class CancelToken:
    """Lets another thread (or a signal handler) stop a running solve() within a second."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the solve() that holds this token to stop with its best plan so far."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether cancel() was called."""
        return self._event.is_set()


class Budget:
    """The time a solve may still use, in seconds.

    Parameters
    ----------
    time_limit
        Seconds in all.
    token
        Stops the solve from outside.
    deterministic
        Count the solvers' own units of work instead of the clock, so that a run can be repeated
        exactly. A unit takes about a second, depending on the machine.
    workers, seed
        Handed to the solvers; a deterministic run uses one worker.
    """

    def __init__(
        self,
        time_limit: float,
        *,
        token: CancelToken | None = None,
        deterministic: bool = False,
        workers: int = 1,
        seed: int = 0,
    ) -> None:
        self.token = token or CancelToken()
        self.deterministic = deterministic
        self.workers = 1 if deterministic else workers
        self.seed = seed
        self.limit = time_limit
        self._begun = time.monotonic()
        self._worked = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds by the clock since the start."""
        return time.monotonic() - self._begun

    @property
    def used(self) -> float:
        """Seconds (or units of work, when deterministic) used so far."""
        return self._worked if self.deterministic else self.elapsed

    @property
    def remaining(self) -> float:
        """Seconds (or units of work, when deterministic) left, at least 0."""
        return max(0.0, self.limit - self.used)

    @property
    def over(self) -> bool:
        """Whether the work must stop now."""
        return self.token.cancelled or self.remaining <= 0

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Time in this block is not counted."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._begun += time.monotonic() - begun

    def past(self, until: float) -> bool:
        """Whether so much of the budget is used (see `used`), or the work must stop anyway."""
        return self.over or self.used >= until

    def charge(self, units: float) -> None:
        """Count units of work done; only a deterministic run minds them."""
        self._worked += units
