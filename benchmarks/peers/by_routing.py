"""OR-Tools routing: a node for each client, a vehicle for each team-day.

The clients of a school are a disjunction of which at most one is visited; its penalty is the
school's pupils. A node takes only vehicles of its weekdays. The search uses one thread and knows
no seeds: each worker begins with another first solution, one of them with a greedy plan, and the
best one counts.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2, routing_parameters_pb2

from benchmarks.peers.clients import Client, clients_of, numbers, ways
from benchmarks.peers.greedy import greedy
from benchmarks.peers.statement import Route, Statement
from benchmarks.peers.together import best_of
from benchmarks.record import Job

PENALTY = 10  # for a pupil, where a step of driving costs 1
FIRST = (
    routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION,
    None,  # the greedy plan
    routing_enums_pb2.FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION,
    routing_enums_pb2.FirstSolutionStrategy.SAVINGS,
)


def answer(statement: Statement, job: Job) -> tuple[list[Route], str]:
    """Routes of the best of several runs."""
    starts = [FIRST[n % len(FIRST)] for n in range(job.workers)]
    return best_of(statement, _run, starts, job.seconds)


def _run(statement: Statement, first: int | None, seconds: float) -> list[Route]:
    model = _model(statement)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.time_limit.FromTimedelta(timedelta(seconds=seconds))
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    if first is None:
        solution = model.from_greedy(parameters)
    else:
        parameters.first_solution_strategy = first
        solution = model.routing.SolveWithParameters(parameters)
    return model.routes(solution) if solution else []


@dataclass(frozen=True, slots=True)
class _Model:
    """The routing model of a statement. Its nodes are the bases, then the clients."""

    statement: Statement
    clients: list[Client]
    manager: pywrapcp.RoutingIndexManager
    routing: pywrapcp.RoutingModel
    time: pywrapcp.RoutingDimension

    def from_greedy(
        self, parameters: routing_parameters_pb2.RoutingSearchParameters
    ) -> pywrapcp.Assignment:
        """Search from the greedy plan."""
        self.routing.CloseModelWithParameters(parameters)
        statement, client = self.statement, numbers(self.clients)
        tours: list[list[int]] = [[] for _ in statement.team_days]
        for vehicle, stops in greedy(statement):
            weekday = statement.team_days[vehicle].weekday
            tours[vehicle] = [statement.bases + client[school, weekday] for school, _ in stops]
        start = self.routing.ReadAssignmentFromRoutes(tours, True)
        return self.routing.SolveFromAssignmentWithParameters(start, parameters)

    def routes(self, solution: pywrapcp.Assignment) -> list[Route]:
        """Schools and starts of each vehicle."""
        routes = []
        for vehicle in range(len(self.statement.team_days)):
            stops = []
            index = solution.Value(self.routing.NextVar(self.routing.Start(vehicle)))
            while not self.routing.IsEnd(index):
                client = self.clients[self.manager.IndexToNode(index) - self.statement.bases]
                stops.append((client.school, solution.Min(self.time.CumulVar(index))))
                index = solution.Value(self.routing.NextVar(index))
            routes.append((vehicle, stops))
        return routes


def _model(statement: Statement) -> _Model:
    clients, bases = clients_of(statement), statement.bases
    drives = ways(statement, clients)
    times = drives.copy()
    times[bases:] += np.array([statement.stays[c.school] for c in clients])[:, None]
    homes = [day.base for day in statement.team_days]
    manager = pywrapcp.RoutingIndexManager(len(drives), len(homes), homes, homes)
    routing = pywrapcp.RoutingModel(manager)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(drives.tolist()))
    a_day = 24 * 60 // statement.problem.time_step
    whole = routing.RegisterTransitMatrix(times.tolist())
    routing.AddDimension(whole, a_day, a_day, False, "time")
    time = routing.GetDimensionOrDie("time")
    for vehicle, day in enumerate(statement.team_days):
        for end in (routing.Start(vehicle), routing.End(vehicle)):
            time.CumulVar(end).SetRange(day.start, day.end)
    alike = defaultdict(list)
    for number, client in enumerate(clients):
        index = manager.NodeToIndex(bases + number)
        time.CumulVar(index).SetRange(client.first, client.last)
        out = [v for v, d in enumerate(statement.team_days) if d.weekday in client.weekdays]
        routing.VehicleVar(index).SetValues([-1, *out])
        alike[client.school].append(index)
    for school, indices in alike.items():
        routing.AddDisjunction(indices, PENALTY * statement.pupils[school], 1)
    return _Model(statement, clients, manager, routing, time)
