"""Compiling the inner loops."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compile a function with numba and keep the machine code on disk.

    So only the first run on a machine compiles. Where nothing can be written, each process does.
    """
    try:
        return cast("F", njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast("F", njit(function))


@kernel
def variable(value: int) -> int:
    """The same number; a constant in its place would compile every callee for that constant."""
    return value
