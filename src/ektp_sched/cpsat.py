"""Running CP-SAT within a budget, so that a cancel is heard while it works."""

import threading

from ortools.sat.python import cp_model

from ektp_sched.budget import Budget

POLL_SECONDS = 0.05


def make_solver(
    budget: Budget, *, limit: float, gap: float = 0.0, linear: bool = False
) -> cp_model.CpSolver:
    """A solver that runs for at most `limit` seconds (units of work in a deterministic run).

    `linear` is for models whose linear relaxation says nearly all: one worker that puts all of the
    model into it then proves more than several that share the work.
    """
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = budget.seed
    solver.parameters.num_workers = budget.workers
    solver.parameters.relative_gap_limit = gap
    solver.parameters.catch_sigint_signal = False
    if linear:
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
    if budget.deterministic:
        solver.parameters.max_deterministic_time = limit
    else:
        solver.parameters.max_time_in_seconds = limit
    return solver


def run_solver(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    budget: Budget,
    watch: cp_model.CpSolverSolutionCallback | None = None,
) -> cp_model.CpSolverStatus:
    """Solve in a thread of its own and charge the work to the budget; a cancel stops it."""
    found: list[cp_model.CpSolverStatus] = []
    thread = threading.Thread(target=lambda: found.append(solver.solve(model, watch)), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
        if budget.token.cancelled:
            solver.stop_search()
    budget.charge(solver.response_proto.deterministic_time)
    return found[0]
