"""Solving in tests, by either method, with bounds seen as the engines state them."""

from unittest import mock

from hypothesis import note

from ektp_sched.domain import Plan, Problem, WeightedTerm
from ektp_sched.rulebook import Report, check
from ektp_sched.solve import Result, TierResult, solve
from ektp_sched.solve.tiers import tier_result
from tests.tiers import is_maximised, rank, tier_values

SECONDS_BY_TOURS = 0.3


def solved(problem: Problem, *, baseline: Plan | None = None) -> Result:
    """The proven best plan. A failing test shows the problem as JSON.

    Counted in units of work, so that the load of the machine changes nothing.
    """
    note(problem.model_dump_json())
    with mock.patch("ektp_sched.solve.tiers.tier_result", _unmasked):
        return solve(problem, time_limit=60, gap=0, deterministic=True, baseline=baseline)


def solved_by_tours(problem: Problem, *, baseline: Plan | None = None, gap: float = 0) -> Result:
    """What the tour engine, made for large problems, finds and proves in a moment."""
    note(problem.model_dump_json())
    with (
        mock.patch("ektp_sched.solve.solver.EXACT_ARCS", -1),
        mock.patch("ektp_sched.solve.tiers.tier_result", _unmasked),
    ):
        return solve(problem, time_limit=SECONDS_BY_TOURS, gap=gap, workers=1, baseline=baseline)


def _unmasked(tier: tuple[WeightedTerm, ...], value: int, bound: int | None) -> TierResult:
    """A tier's outcome; a bound that the value has passed is drawn level only after a look."""
    if bound is not None:
        assert value <= bound if is_maximised(tier) else value >= bound, (tier, value, bound)
    return tier_result(tier, value, bound)


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
