"""PyVRP: prizes, mutually exclusive clients, a routing profile for each weekday.

The profile of a weekday puts the clients that are closed then out of reach. Team-days of a weekday
that start at one base at the same hours are vehicles of one type. PyVRP uses one thread, so each
worker runs with a seed of its own and the best solution counts; the first one begins with a
greedy plan, for on larger problems PyVRP's own start ends far lower.
"""

from collections import defaultdict
from typing import Any

import numpy as np
import pyvrp
from pyvrp.search import NeighbourhoodParams
from pyvrp.stop import MaxRuntime

from benchmarks.peers.clients import Client, clients_of, numbers, ways
from benchmarks.peers.greedy import greedy
from benchmarks.peers.statement import Route, Statement
from benchmarks.peers.together import best_of
from benchmarks.record import Job
from ektp_sched.domain import Weekday

FAR = 100_000  # steps, much more than a day has
PRIZE = 100  # for a pupil, where a step of driving costs 1; 1 to 1,000 made no difference
# For the greedy start, where more neighbours than by default did better.
WIDE = NeighbourhoodParams(weight_wait_time=0, num_neighbours=100)

Types = dict[tuple[Weekday, int, int, int], list[int]]


def answer(statement: Statement, job: Job) -> tuple[list[Route], str]:
    """Routes of the best of several runs."""
    first = job.seed * job.workers
    starts = [(first + n, n == 0) for n in range(job.workers)]
    return best_of(statement, _run, starts, job.seconds)


def _run(statement: Statement, start: tuple[int, bool], seconds: float) -> list[Route]:
    """One run with a seed, from the greedy plan or from PyVRP's own start."""
    seed, from_greedy = start
    clients, types = clients_of(statement), _vehicle_types(statement)
    data = _data(statement, clients, types)
    result = pyvrp.solve(
        data,
        MaxRuntime(seconds),
        seed=seed,
        collect_stats=False,
        params=pyvrp.SolveParams(neighbourhood=WIDE) if from_greedy else pyvrp.SolveParams(),
        initial_solution=_greedy(statement, data, clients, types) if from_greedy else None,
    )
    if not result.is_feasible():
        return []
    free = [list(team_days) for team_days in types.values()]
    return [
        (
            free[route.vehicle_type()].pop(),
            [(clients[s.idx].school, s.start_time) for s in route.schedule() if s.is_client()],
        )
        for route in result.best.routes()
    ]


def _vehicle_types(statement: Statement) -> Types:
    """Team-days by weekday, base and shift."""
    types: Types = defaultdict(list)
    for number, day in enumerate(statement.team_days):
        types[day.weekday, day.base, day.start, day.end].append(number)
    return types


def _data(
    statement: Statement,
    clients: list[Client],
    types: Types,
) -> pyvrp.ProblemData:
    weekdays = sorted({kind[0] for kind in types})
    groups = [pyvrp.ClientGroup(required=False) for _ in statement.pupils]
    for number, client in enumerate(clients):
        groups[client.school].add_client(number)
    matrices = [_reachable(statement, clients, weekday) for weekday in weekdays]
    points = [statement.problem.bases[n].location for n in range(statement.bases)]
    points += [statement.problem.schools[c.school].location for c in clients]
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(p.lon, p.lat) for p in points],
        clients=[
            pyvrp.Client(
                location=statement.bases + number,
                service_duration=statement.stays[client.school],
                tw_early=client.first,
                tw_late=client.last,
                prize=PRIZE * statement.pupils[client.school],
                required=False,
                group=client.school,
            )
            for number, client in enumerate(clients)
        ],
        depots=[pyvrp.Depot(location=n) for n in range(statement.bases)],
        vehicle_types=[
            pyvrp.VehicleType(
                num_available=len(days),
                start_depot=base,
                end_depot=base,
                tw_early=start,
                tw_late=end,
                profile=weekdays.index(weekday),
            )
            for (weekday, base, start, end), days in types.items()
        ],
        distance_matrices=matrices,
        duration_matrices=matrices,
        groups=groups,
    )


def _reachable(statement: Statement, clients: list[Client], weekday: Weekday) -> Any:
    """Steps between places; clients that are closed on that weekday are far from everything."""
    steps = ways(statement, clients)
    away = [statement.bases + n for n, c in enumerate(clients) if weekday not in c.weekdays]
    steps[away, :] = FAR
    steps[:, away] = FAR
    np.fill_diagonal(steps, 0)
    return steps


def _greedy(
    statement: Statement, data: pyvrp.ProblemData, clients: list[Client], types: Types
) -> pyvrp.Solution:
    """The greedy plan."""
    client = numbers(clients)
    kinds = {number: n for n, days in enumerate(types.values()) for number in days}
    routes = [
        pyvrp.Route(
            data,
            [client[school, statement.team_days[number].weekday] for school, _ in stops],
            kinds[number],
        )
        for number, stops in greedy(statement)
        if stops
    ]
    return pyvrp.Solution(data, routes)
