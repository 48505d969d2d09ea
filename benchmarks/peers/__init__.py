"""Other solvers on the problems that they can state. Their plans are judged by the same checker.

A peer is a module with ``answer(statement, job) -> (routes, notes)``; it is given the same
wall-clock and cores, and its model-building is not counted.
"""

import time
from importlib import import_module

import ektp_sched
from benchmarks.peers.statement import state
from benchmarks.record import Job, Outcome, Tier
from benchmarks.solving import faults_of
from ektp_sched.domain import Problem

PEERS = {
    "pyvrp": "benchmarks.peers.by_pyvrp",
    "routing": "benchmarks.peers.by_routing",
    "vroom": "benchmarks.peers.by_vroom",
}


def solve(problem: Problem, job: Job) -> Outcome:
    """Solve by a peer. A plan that breaks a rule is reported and has no value."""
    peer = import_module(PEERS[job.solver])
    statement = state(problem)
    begun = time.perf_counter()
    routes, notes = peer.answer(statement, job)
    seconds = time.perf_counter() - begun
    plan = statement.plan(routes)
    faults = faults_of(problem, plan)
    value = ektp_sched.score_of(problem, plan).students
    return Outcome(
        status="broken" if faults else "feasible",
        method=job.solver,
        tiers=() if faults else (Tier(term="students", sense="max", value=value),),
        visits=len(plan.visits),
        faults=faults,
        seconds=round(seconds, 3),
        notes=notes,
    )
