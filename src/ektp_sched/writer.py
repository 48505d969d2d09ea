"""Who writes files: a verb of the command line, or a program in Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PYTHON = "Python"
_writer: ContextVar[str] = ContextVar("writer", default=PYTHON)


def writer() -> str:
    """The verb that writes now; PYTHON where none does."""
    return _writer.get()


def option(argument: str, value: str | None = None) -> str:
    """An argument as whoever calls would give it: ``--hidden take`` or ``hidden='take'``.

    Without a value it is a flag.
    """
    if writer() == PYTHON:
        return f"{argument}={value!r}" if value else f"{argument}=True"
    name = f"--{argument.replace('_', '-')}"
    return f"{name} {value}" if value else name


@contextmanager
def writing_as(verb: str) -> Iterator[None]:
    """Write files as a verb, which replaces only what it wrote itself."""
    token = _writer.set(verb)
    try:
        yield
    finally:
        _writer.reset(token)
