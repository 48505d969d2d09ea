"""Stand-ins for solve() that return at once what a test needs."""

from collections.abc import Callable
from typing import Any

from ektp_sched.domain import Plan, Problem
from ektp_sched.rulebook import Violation
from ektp_sched.solve import Result, TierResult
from tests.builders import MONDAY, a_plan, a_visit

A_PLAN = a_plan(a_visit(students=40))
Solve = Callable[..., Result]
UseSolver = Callable[[Solve], None]


def a_result(plan: Plan | None = A_PLAN, **fields: Any) -> Result:
    tier = TierResult(term="students", sense="max", value=40, bound=50, gap=0.25)
    usual: dict[str, Any] = {
        "status": "feasible",
        "plan": plan,
        "tiers": (tier,),
        "runtime_seconds": 1.25,
        "stopped_by": "time_limit",
        "method": "exact",
        "reason": "it is small",
    }
    return Result(**{**usual, **fields})


def no_result(**fields: Any) -> Result:
    """A result without a plan: the promised visits break a rule."""
    broken = Violation(rule="R1", where=MONDAY, by=1, unit="day", message="It is a holiday.")
    usual = {"status": "infeasible", "tiers": (), "stopped_by": "optimal", "violations": (broken,)}
    return a_result(None, **{**usual, **fields})


def solves_to(result: Result) -> Solve:
    def solve(problem: Problem, **_options: object) -> Result:
        return result

    return solve
