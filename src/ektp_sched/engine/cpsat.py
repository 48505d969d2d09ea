"""Running CP-SAT: within a budget, so that a cancel is heard while it works, and tier by tier."""

import math
import threading
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from ortools.sat.python import cp_model

from ektp_sched.engine.bounds import Bounds
from ektp_sched.engine.budget import Budget

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


# A tier that is not the last leaves some of the time to those after it.
SHARE_OF_TIME = 0.8

V = TypeVar("V")
Expr = cp_model.LinearExpr | int
Report = Callable[[int, int, int | None], None]


class TierModel(Protocol[V]):
    """A model of a plan, whose visits are of type V."""

    @property
    def proto(self) -> cp_model.CpModel:
        """The CP-SAT model."""

    @property
    def objectives(self) -> Sequence[Expr]:
        """One expression for each tier, to be maximised."""

    def hint(self, visits: Sequence[V]) -> None:
        """Suggest a plan to start from, in place of any other."""

    def visits(self, solver: cp_model.CpSolver) -> list[V]:
        """The visits of a solution."""


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells of every better solution; an exception of the listener stops the search."""

    def __init__(self, report: Callable[[int, int | None], None]) -> None:
        super().__init__()
        self._report = report
        self.fault: BaseException | None = None

    def on_solution_callback(self) -> None:
        try:
            self._report(round(self.objective_value), _whole(self.best_objective_bound))
        except BaseException as fault:  # raised again by improve()
            self.fault = fault
            self.stop_search()


def improve(
    model: TierModel[V],
    budget: Budget,
    *,
    gap: float,
    start: Sequence[V] | None,
    report: Report,
    bounds: Bounds,
    spare: float = 0.0,
    linear: bool = False,
) -> tuple[list[V] | None, tuple[int, ...], bool]:
    """Maximise the tiers one after the other, each keeping the values of those before it.

    Parameters
    ----------
    bounds
        Takes what is proven.
    spare
        Seconds (or units of work) of the budget to leave.
    linear
        See make_solver().

    Returns
    -------
    visits, reached, infeasible
        The best visits (None if none were found), what each tier came to as far as they went, and
        whether it is proven that no plan exists.
    """
    visits = list(start) if start is not None else None
    reached: tuple[int, ...] = ()
    for number, objective in enumerate(model.objectives):
        seconds = budget.remaining - spare
        if budget.over or seconds <= 0:
            break
        last = number == len(model.objectives) - 1
        share = 1.0 if last else SHARE_OF_TIME
        solver = make_solver(budget, limit=seconds * share, gap=gap, linear=linear)
        if visits is not None:
            model.hint(visits)
        model.proto.maximize(objective)
        watch = _Watch(lambda value, bound, tier=number: report(tier, value, bound))  # type: ignore[misc]
        status = run_solver(solver, model.proto, budget, watch)
        if watch.fault is not None:
            raise watch.fault
        if status == cp_model.INFEASIBLE:
            return None, reached, True
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            break
        visits = model.visits(solver)
        value = round(solver.objective_value)
        bound = _whole(solver.best_objective_bound)
        if bound is not None:
            bounds.add(number, bound, reached)
        model.proto.add(objective >= value)
        reached = (*reached, value)
    return visits, reached, False


def _whole(bound: float) -> int | None:
    """A bound on a whole number, rounded to the number it really bounds."""
    return math.floor(bound + 1e-6) if math.isfinite(bound) and abs(bound) < 1e15 else None
