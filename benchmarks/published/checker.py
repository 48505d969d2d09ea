"""Whether tours are allowed in an instance, and what they collect, by the file's own numbers.

Nothing here is shared with the arrays that the engine works on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from benchmarks.published.instance import Instance, Vertex

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Call:
    """A visit: the number of a vertex, and when its service starts."""

    vertex: int
    start: Decimal


Tour = Sequence[Call]
Point = tuple[Decimal, Decimal]


def score(instance: Instance, tours: Sequence[Tour]) -> int:
    """The sum of the scores of all that is visited."""
    scores = {vertex.id: vertex.score for vertex in instance.vertices}
    return sum(scores[call.vertex] for tour in tours for call in tour)


def faults(instance: Instance, tours: Sequence[Tour]) -> Iterator[str]:
    """Every rule that the tours break, in words; tour 1 comes first."""
    known = {vertex.id: vertex for vertex in instance.vertices}
    calls = [call.vertex for tour in tours for call in tour]
    if unknown := sorted(set(calls) - known.keys()):
        yield f"there are no vertices {unknown}"
        return
    if len(tours) > instance.tours:
        yield f"{len(tours)} tours, where {instance.tours} are allowed"
    for number in sorted(set(calls)):
        if calls.count(number) > 1:
            yield f"vertex {number} is visited {calls.count(number)} times"
    for number, tour in enumerate(tours, start=1):
        stops = [(known[call.vertex], call.start) for call in tour]
        yield from (f"tour {number}: {words}" for words in _tour_faults(instance, number, stops))
    yield from _limit_faults(instance, [known[number] for number in calls])


def _tour_faults(
    instance: Instance, number: int, stops: Sequence[tuple[Vertex, Decimal]]
) -> Iterator[str]:
    depot = (instance.x, instance.y)
    place, free = depot, instance.opens
    for vertex, start in stops:
        arrival = free + _way(place, (vertex.x, vertex.y))
        if start < arrival:
            yield f"vertex {vertex.id} starts at {start}, before the arrival at {arrival}"
        if not any(since <= start <= until for since, until in _open(vertex, number)):
            yield f"vertex {vertex.id} starts at {start}, when it is not open"
        place, free = (vertex.x, vertex.y), start + vertex.duration
    back = free + _way(place, depot)
    if stops and back > instance.closes:
        yield f"back at {back}, after the depot closes at {instance.closes}"


def _limit_faults(instance: Instance, visited: Sequence[Vertex]) -> Iterator[str]:
    fees = sum(vertex.fee for vertex in visited)
    if instance.budget is not None and fees > instance.budget:
        yield f"fees of {fees} pass the budget of {instance.budget}"
    for kind, cap in enumerate(instance.caps):
        count = sum(vertex.types[kind] for vertex in visited)
        if count > cap:
            yield f"{count} vertices of type {kind + 1} pass the cap of {cap}"


def _open(vertex: Vertex, tour: int) -> list[tuple[Decimal, Decimal]]:
    """Windows for the start of service on a tour (1, 2, …)."""
    windows = list(zip(vertex.times, vertex.times[1:], strict=False))
    if vertex.odd_first is None:
        return windows
    on_odd = tour % 2 == 1
    return windows[0::2] if on_odd == vertex.odd_first else windows[1::2]


def _way(here: Point, there: Point) -> Decimal:
    """Euclidean distance cut off after the first decimal."""
    across, along = here[0] - there[0], here[1] - there[1]
    return (across * across + along * along).sqrt().quantize(TENTH, rounding=ROUND_DOWN)
