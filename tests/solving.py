"""Solving in tests, by either method."""

import os
from collections.abc import Sequence

import pytest
from hypothesis import note

from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.rulebook import Report, check
from ektp_sched.solve import Result, solve
from tests.tiers import rank, tier_values

SECONDS_BY_TOURS = 0.3
# For what counts units of work that compiled loops do in a second or so.
needs_compiled = pytest.mark.skipif(
    os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="needs compiled loops"
)


def solved(problem: Problem, *, baseline: Plan | None = None) -> Result:
    """The proven best plan. A failing test shows the problem as JSON.

    Counted in units of work, so that the load of the machine changes nothing.
    """
    note(problem.model_dump_json())
    return solve(problem, time_limit=60, gap=0, deterministic=True, baseline=baseline)


def solved_by_tours(
    problem: Problem, *, baseline: Plan | None = None, seconds: float = SECONDS_BY_TOURS
) -> Result:
    """What the tour engine, made for large problems, finds and proves in a moment."""
    note(problem.model_dump_json())
    return solve(problem, time_limit=seconds, gap=0, workers=1, method="tours", baseline=baseline)


def proven_by_tours(problem: Problem, *, baseline: Plan | None = None) -> Result:
    """What the tour engine proves when it may work to the end, counted in units of work."""
    return solve(
        problem, time_limit=60, gap=0, deterministic=True, method="tours", baseline=baseline
    )


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


def assert_stays_are_short(problem: Problem, plan: Plan | None, baseline: Plan | None) -> None:
    """One step less, and the pupils would not fit in; but for promises and published visits."""
    assert plan is not None
    for visit in plan.visits:
        if visit.status == "proposed" and not _is_published(visit, baseline):
            shorter = minute_of(visit.end) - problem.time_step
            if shorter > minute_of(visit.start):
                assert "R9" in _rules(check(problem, _until(visit, shorter)))


def _is_published(visit: Visit, baseline: Plan | None) -> bool:
    facts = (visit.school, visit.team, visit.date, visit.start, visit.end, visit.students)
    return baseline is not None and facts in [
        (one.school, one.team, one.date, one.start, one.end, one.students)
        for one in baseline.visits
    ]


def _until(visit: Visit, minute: int) -> Plan:
    end = visit.end.replace(hour=minute // 60, minute=minute % 60)
    return Plan(visits=(visit.model_copy(update={"end": end}),))


def _rules(report: Report) -> Sequence[str]:
    return [fault.rule for fault in report.violations]
