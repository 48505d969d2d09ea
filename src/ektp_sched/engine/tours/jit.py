"""Compiling the inner loops."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

_LOOPS: list[Any] = []  # all that are compiled with numba


def kernel(function: F) -> F:
    """Compile a function with numba and keep the machine code on disk.

    So only the first run on a machine compiles. Where nothing can be written, each process does.
    """
    try:
        loop = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        loop = njit(function)
    _LOOPS.append(loop)
    return cast("F", loop)


def share_compiled() -> float | None:
    """The share of all loops that are ready; None while none had to be compiled."""
    loops = [loop for loop in _LOOPS if hasattr(loop, "stats")]
    if not any(loop.stats.cache_misses for loop in loops):
        return None
    return sum(bool(loop.signatures) for loop in loops) / len(loops)


@kernel
def variable(value: int) -> int:
    """The same number; a constant in its place would compile every callee for that constant."""
    return value
