"""A plan to start peers from: schools with most pupils for their time first, where they cost least.

Peers that begin with few pupils end with few; from this plan they end higher.
"""

from benchmarks.peers.statement import Route, Statement, TeamDay

DRIVE_STEPS = 3  # a drive's share of a visit, roughly


def greedy(statement: Statement) -> list[Route]:
    """Insert school after school at the least detour; later schools never move earlier ones."""

    def worth(school: int) -> float:
        return statement.pupils[school] / (statement.stays[school] + DRIVE_STEPS)

    routes: list[list[int]] = [[] for _ in statement.team_days]
    for school in sorted(range(len(statement.pupils)), key=worth, reverse=True):
        found = [
            (drive, number, stops)
            for number, day in enumerate(statement.team_days)
            if day.weekday in statement.starts[school]
            for drive, stops in _insertions(statement, day, routes[number], school)
        ]
        if found:
            _, number, stops = min(found)
            routes[number] = stops
    timed = ((day, stops) for day, stops in zip(statement.team_days, routes, strict=True))
    return [
        (number, list(zip(stops, times(statement, day, stops) or (), strict=True)))
        for number, (day, stops) in enumerate(timed)
    ]


def _insertions(
    statement: Statement, day: TeamDay, stops: list[int], school: int
) -> list[tuple[int, list[int]]]:
    """Every feasible place in a tour: the additional drive and the longer tour."""
    places = [day.base, *(statement.bases + stop for stop in stops), day.base]
    travel, here = statement.travel, statement.bases + school
    found = []
    for at in range(len(stops) + 1):
        longer = [*stops[:at], school, *stops[at:]]
        if times(statement, day, longer) is not None:
            before, after = places[at], places[at + 1]
            drive = travel[before, here] + travel[here, after] - travel[before, after]
            found.append((int(drive), longer))
    return found


def times(statement: Statement, day: TeamDay, stops: list[int]) -> list[int] | None:
    """Earliest starts of a tour's visits, None where the day has no time for them."""
    travel, clock, place = statement.travel, day.start, day.base
    starts = []
    for school in stops:
        first, last = statement.starts[school][day.weekday]
        clock = max(first, clock + int(travel[place, statement.bases + school]))
        if clock > last:
            return None
        starts.append(clock)
        clock += statement.stays[school]
        place = statement.bases + school
    return starts if clock + int(travel[place, day.base]) <= day.end else None
