"""Solving to the end in tests: counted in units of work, so the machine's load changes nothing."""

from hypothesis import note

from ektp_sched.domain import Plan, Problem
from ektp_sched.rulebook import Report, check
from ektp_sched.solve import Result, solve
from tests.tiers import rank, tier_values


def solved(problem: Problem, *, baseline: Plan | None = None) -> Result:
    """The proven best plan. A failing test shows the problem as JSON."""
    note(problem.model_dump_json())
    return solve(problem, time_limit=60, gap=0, deterministic=True, baseline=baseline)


def values_of(result: Result) -> tuple[int, ...]:
    """The tier values that a result reports."""
    return tuple(tier.value for tier in result.tiers)


def rank_of(problem: Problem, result: Result) -> tuple[int, ...]:
    """A tuple that is larger for a better result."""
    return rank(problem, values_of(result))


def judged(problem: Problem, plan: Plan | None, *, baseline: Plan | None = None) -> Report:
    """The checker's report on a plan that has to be there."""
    assert plan is not None
    return check(problem, plan, baseline=baseline)


def true_values(problem: Problem, report: Report) -> tuple[int, ...]:
    """The tier values that the checker's score gives."""
    return tier_values(problem, report.score)
