"""The best plan so far, for searches that run side by side."""

import threading
from collections import deque
from collections.abc import Callable

from ektp_sched.master.state import PlanState, copy_of

Value = tuple[int, ...]
MOST_SEEN = 20


class Incumbent:
    """The best plan that any search has offered; a plan never changes once it is here.

    Parameters
    ----------
    value_of
        Each tier's value of a plan, to be maximised.
    told
        Called with every better plan's value, by one search at a time.
    """

    def __init__(
        self,
        state: PlanState,
        value_of: Callable[[PlanState], Value],
        told: Callable[[Value], None],
    ) -> None:
        self._value_of, self._told = value_of, told
        self._lock = threading.Lock()
        self._state, self._value = copy_of(state), value_of(state)
        self._seen: deque[PlanState] = deque([self._state], maxlen=MOST_SEEN)

    @property
    def state(self) -> PlanState:
        """The plan, to be read only."""
        return self._state

    @property
    def value(self) -> Value:
        """Its value."""
        return self._value

    def offer(self, state: PlanState) -> bool:
        """Take a plan that keeps all rules over, if it is better."""
        value = self._value_of(state)
        with self._lock:
            if value <= self._value:
                return False
            self._state, self._value = copy_of(state), value
            self._seen.append(self._state)
            self._told(value)
        return True

    def show(self, state: PlanState) -> None:
        """Let others see a plan that keeps all rules, better or not: its tours may be of use."""
        self._seen.append(copy_of(state))

    def seen(self) -> list[PlanState]:
        """Plans shown or taken over since this was asked before, the newest ones."""
        found = []
        while self._seen:
            found.append(self._seen.popleft())
        return found
