"""Catching the one fault that a domain value has."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import ValidationError

from ektp_sched.errors import InputError


@contextmanager
def forbidden(
    code: str, *, saying: str = "", at: tuple[str | int, ...] | None = None
) -> Iterator[None]:
    """Expect exactly one fault, of type `code`, whose message holds `saying`, at the path `at`."""
    with pytest.raises((InputError, ValidationError)) as caught:
        yield
    error = caught.value.__context__ if isinstance(caught.value, InputError) else caught.value
    assert isinstance(error, ValidationError)
    (fault,) = error.errors()
    assert fault["type"] == code
    assert saying in fault["msg"]
    assert at is None or fault["loc"] == at
