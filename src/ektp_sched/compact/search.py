"""Search the compact model tier by tier."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from ektp_sched.budget import Budget
from ektp_sched.compact.model import CompactModel
from ektp_sched.cpsat import make_solver, run_solver
from ektp_sched.network import FixedVisit

# A tier that is not the last leaves some of the time to those after it.
SHARE_OF_TIME = 0.8


@dataclass(frozen=True, slots=True)
class TierOutcome:
    """Value reached and bound proven for one tier's expression, which is maximised."""

    value: int
    bound: int | None


Report = Callable[[int, int, int | None], None]


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
    compact: CompactModel,
    budget: Budget,
    *,
    gap: float,
    start: Sequence[FixedVisit] | None,
    report: Report,
) -> tuple[list[FixedVisit] | None, list[TierOutcome], bool]:
    """Maximise the tiers one after the other, each keeping the values of those before it.

    Returns
    -------
    visits, outcomes, infeasible
        The best visits (None if none were found), an outcome for each tier reached, and whether
        it is proven that no plan exists.
    """
    visits = list(start) if start is not None else None
    outcomes: list[TierOutcome] = []
    for number, objective in enumerate(compact.objectives):
        if budget.over:
            break
        last = number == len(compact.objectives) - 1
        share = 1.0 if last else SHARE_OF_TIME
        solver = make_solver(budget, limit=budget.remaining * share, gap=gap)
        if visits is not None:
            compact.hint(visits)
        compact.proto.maximize(objective)
        watch = _Watch(lambda value, bound, tier=number: report(tier, value, bound))  # type: ignore[misc]
        status = run_solver(solver, compact.proto, budget, watch)
        if watch.fault is not None:
            raise watch.fault
        if status == cp_model.INFEASIBLE:
            return None, outcomes, True
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            break
        visits = compact.visits(solver)
        value = round(solver.objective_value)
        outcomes.append(TierOutcome(value, _whole(solver.best_objective_bound)))
        compact.proto.add(objective >= value)
    return visits, outcomes, False


def _whole(bound: float) -> int | None:
    """A bound on a whole number, rounded to the number it really bounds."""
    return math.floor(bound + 1e-6) if math.isfinite(bound) and abs(bound) < 1e15 else None
