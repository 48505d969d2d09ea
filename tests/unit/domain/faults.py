"""Catching the one fault that a domain value has."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import ValidationError


@contextmanager
def forbidden(
    code: str, *, saying: str = "", at: tuple[str | int, ...] | None = None
) -> Iterator[None]:
    """Expect exactly one fault, of type `code`, whose message holds `saying`, at the path `at`."""
    with pytest.raises(ValidationError) as caught:
        yield
    (fault,) = caught.value.errors()
    assert fault["type"] == code
    assert saying in fault["msg"]
    assert at is None or fault["loc"] == at
