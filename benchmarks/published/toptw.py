"""Files of the team orienteering problem with time windows; the number of tours is not in them.

    k  v  vertices  t
    D  Q                                                     of no use here
    i  x  y  duration  score  f  a  list …  opens  closes    each vertex, the depot (0) first

The form is that of Cordeau's vehicle routing files; the instances are those of Righini and Salani
and of Montemanni and Gambardella.
"""

from decimal import Decimal

from benchmarks.published.instance import Instance, InstanceError, Vertex, numbered, rows_of, whole

HEAD, LEAST = 4, 9


def parse(text: str, tours: int) -> Instance:
    """Read the text of a file, to be solved with that many tours.

    Raises
    ------
    InstanceError
        The text does not follow the format.
    """
    head, _, depot, *rows = rows_of(text)
    if len(head) != HEAD or any(len(row) < LEAST for row in (depot, *rows)):
        raise InstanceError(f"the head needs {HEAD} numbers and each vertex at least {LEAST}")
    return Instance(
        tours=tours,
        x=depot[1],
        y=depot[2],
        opens=depot[-2],
        closes=depot[-1],
        vertices=numbered(tuple(map(_vertex, rows)), whole(head[2])),
    )


def _vertex(row: list[Decimal]) -> Vertex:
    number, x, y, duration, score = row[:5]
    return Vertex(
        id=whole(number), x=x, y=y, duration=duration, score=whole(score), times=tuple(row[-2:])
    )
