"""Where the time of one solve goes: its larger steps, timed one by one in this process."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import ParamSpec, TypeVar
from unittest import mock

import ektp_sched
from ektp_sched.domain import Problem

P = ParamSpec("P")
T = TypeVar("T")

# Steps by name: the module and the attribute that takes them. Some run side by side.
STEPS = {
    "the network's arrays": ("ektp_sched.solve.solver", "build_network"),
    "the first plan": ("ektp_sched.solve.solver", "first_plan"),
    "a linear program": ("ektp_sched.engine.columns.program", "LinearProgram.solve"),
    "pricing of all classes": ("ektp_sched.engine.columns.generate", "Generator.price_all"),
    "a choice of whole tours": (
        "ektp_sched.engine.columns.restricted_master",
        "WholeTours._choose",
    ),
    "a slice of the search over stops": ("ektp_sched.engine.search.improve", "anneal"),
    "tries in neighbourhoods of tours": (
        "ektp_sched.engine.columns.neighbourhoods",
        "Neighbourhoods.run",
    ),
    "the checker": ("ektp_sched.solve.solver", "check"),
}


@dataclass(slots=True)
class Spent:
    """Calls of a step and the seconds that they took together."""

    calls: int = 0
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float) -> None:
        """Count one call, from whichever thread."""
        with self.lock:
            self.calls += 1
            self.seconds += seconds


def profile(problem: Problem, *, seconds: float, workers: int) -> dict[str, Spent]:
    """Solve a problem and tell how often each step was taken and how long it took in all."""
    solve = ektp_sched.solve
    solve(problem, time_limit=1, workers=workers)  # compiles, or loads what is compiled
    with _timed() as spent:
        begun = time.perf_counter()
        solve(problem, time_limit=seconds, workers=workers)
        spent["all"] = Spent(1, time.perf_counter() - begun)
    return spent


@contextmanager
def _timed() -> Iterator[dict[str, Spent]]:
    spent = {name: Spent() for name in STEPS}
    with ExitStack() as stack:
        for name, (module, path) in STEPS.items():
            *owners, attribute = path.split(".")
            owner: object = import_module(module)
            for part in owners:
                owner = getattr(owner, part)
            wrapped = _counted(getattr(owner, attribute), spent[name])
            stack.enter_context(mock.patch.object(owner, attribute, wrapped))
        yield spent


def _counted(call: Callable[P, T], spent: Spent) -> Callable[P, T]:
    def counted(*args: P.args, **kwargs: P.kwargs) -> T:
        begun = time.perf_counter()
        try:
            return call(*args, **kwargs)
        finally:
            spent.add(time.perf_counter() - begun)

    return counted
