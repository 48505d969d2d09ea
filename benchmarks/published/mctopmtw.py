"""Files of the multi-constraint team orienteering problem with multiple time windows.

    tours  vertices  budget  cap of types 1 … 10
    0  x  y  0  0  opens  closes                                         the depot
    i  x  y  duration  score  O1 O2 O3 O4 C4  E  fee  types 1 … 10       each vertex

Windows are [O1, O2], [O2, O3], [O3, O4] and [O4, C4] (Souffriau, Vansteenwegen, Vanden Berghe and
Van Oudheusden, Transportation Science 47(1), 2013).
"""

from decimal import Decimal

from benchmarks.published.instance import Instance, InstanceError, Vertex, numbered, rows_of, whole

TYPES = 10
HEAD, DEPOT, VERTEX = 3 + TYPES, 7, 12 + TYPES


def parse(text: str) -> Instance:
    """Read the text of a file.

    Raises
    ------
    InstanceError
        The text does not follow the format.
    """
    head, depot, *rows = rows_of(text)
    if len(head) != HEAD or len(depot) != DEPOT:
        raise InstanceError(f"the head needs {HEAD} numbers and the depot {DEPOT}")
    tours, count, budget, *caps = map(whole, head)
    _, x, y, _, _, opens, closes = depot
    return Instance(
        tours=tours,
        x=x,
        y=y,
        opens=opens,
        closes=closes,
        vertices=numbered(tuple(map(_vertex, rows)), count),
        budget=budget,
        caps=tuple(caps),
    )


def _vertex(row: list[Decimal]) -> Vertex:
    if len(row) != VERTEX:
        raise InstanceError(f"vertex {row[0]}: {len(row)} numbers, not {VERTEX}")
    number, x, y, duration, score = row[:5]
    odd_first, fee, *types = map(whole, row[10:])
    return Vertex(
        id=whole(number),
        x=x,
        y=y,
        duration=duration,
        score=whole(score),
        times=tuple(row[5:10]),
        odd_first=odd_first == 1,
        fee=fee,
        types=tuple(types),
    )
