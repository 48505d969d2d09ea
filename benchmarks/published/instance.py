"""An instance as its file states it: numbers in the file's own units, nothing worked out.

What the numbers mean (which windows are open on a tour, how long a way is) is written twice:
in arrays.py for the engine, and in checker.py, which judges what the engine finds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


class InstanceError(ValueError):
    """A file that does not follow its format."""


@dataclass(frozen=True, slots=True)
class Vertex:
    """A place that a tour may visit once.

    Parameters
    ----------
    times
        Neighbouring pairs are windows for the start of service, the first pair window 1.
    odd_first
        On odd tours windows 1, 3, … are open, on even tours 2, 4, …; the other way round if False.
        None: every window on every tour.
    fee
        Share of the budget that a visit takes.
    types
        One number for each type: 1 where the vertex is of that type.
    """

    id: int
    x: Decimal
    y: Decimal
    duration: Decimal
    score: int
    times: tuple[Decimal, ...]
    odd_first: bool | None = None
    fee: int = 0
    types: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """Tours from a depot and back between `opens` and `closes`, to collect the most score.

    `budget` bounds the fees of all tours together (None: no bound), `caps` the vertices visited
    of each type.
    """

    tours: int
    x: Decimal
    y: Decimal
    opens: Decimal
    closes: Decimal
    vertices: tuple[Vertex, ...]
    budget: int | None = None
    caps: tuple[int, ...] = ()


def rows_of(text: str) -> list[list[Decimal]]:
    """The rows of a file that hold anything, as numbers.

    Raises
    ------
    InstanceError
        Something is no number, or there are less than three rows.
    """
    rows = [list(_numbers(row, line)) for row, line in enumerate(text.splitlines(), start=1)]
    filled = [row for row in rows if row]
    if len(filled) < 3:
        raise InstanceError("a file needs two rows of head and a row for each vertex")
    return filled


def whole(number: Decimal) -> int:
    """A number that must be whole.

    Raises
    ------
    InstanceError
        It is not.
    """
    if number != number.to_integral_value():
        raise InstanceError(f"{number} is no whole number")
    return int(number)


def numbered(vertices: tuple[Vertex, ...], count: int) -> tuple[Vertex, ...]:
    """The vertices, if they are as many as the head says and no two have the same number.

    Raises
    ------
    InstanceError
        They are not.
    """
    if len(vertices) != count or len({vertex.id for vertex in vertices}) != count:
        raise InstanceError(f"{count} vertices with numbers of their own are announced")
    return vertices


def _numbers(row: int, line: str) -> Iterator[Decimal]:
    for text in line.split():
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise InstanceError(f"row {row}: {text!r} is no number")
        yield number
