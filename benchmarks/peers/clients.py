"""A school's hours as clients, for peers that give a client one range of times."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.peers.statement import Statement
from ektp_sched.domain import Weekday


@dataclass(frozen=True, slots=True)
class Client:
    """A school on the weekdays on which its visit can start in one and the same range."""

    school: int
    first: int
    last: int
    weekdays: frozenset[Weekday]


def clients_of(statement: Statement) -> list[Client]:
    """All clients; at most one of a school may be visited."""
    clients = []
    for school, starts in enumerate(statement.starts):
        alike: dict[tuple[int, int], set[Weekday]] = defaultdict(set)
        for weekday, pair in starts.items():
            alike[pair].add(weekday)
        clients += [Client(school, *pair, frozenset(days)) for pair, days in alike.items()]
    return clients


def numbers(clients: list[Client]) -> dict[tuple[int, Weekday], int]:
    """The client of a school on a weekday."""
    return {(client.school, day): n for n, client in enumerate(clients) for day in client.weekdays}


def ways(statement: Statement, clients: list[Client]) -> npt.NDArray[np.int64]:
    """Steps between all bases, then clients."""
    places = [*range(statement.bases), *(statement.bases + c.school for c in clients)]
    return statement.travel[np.ix_(places, places)]
