"""Who writes files: a verb of the command line, or a program in Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PYTHON = "Python"
_writer: ContextVar[str] = ContextVar("writer", default=PYTHON)


def writer() -> str:
    """The verb that writes now; PYTHON where none does."""
    return _writer.get()


@contextmanager
def writing_as(verb: str) -> Iterator[None]:
    """Write files as a verb, which replaces only what it wrote itself."""
    token = _writer.set(verb)
    try:
        yield
    finally:
        _writer.reset(token)
