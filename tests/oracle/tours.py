"""The tour engine held against the exact model: on tiny problems both can be run."""

from ektp_sched.domain import Plan, Problem
from ektp_sched.solve import Result, solve
from tests.solving import judged, true_values, values_of
from tests.tiers import is_maximised, rank


def by_tours(
    problem: Problem,
    *,
    seconds: float = 0.6,
    baseline: Plan | None = None,
    warm_start: Plan | None = None,
) -> Result:
    """What solve() finds by tours."""
    return solve(
        problem,
        time_limit=seconds,
        gap=0,
        workers=1,
        method="tours",
        baseline=baseline,
        warm_start=warm_start,
    )


def assert_agreement(problem: Problem, found: Result, *, baseline: Plan | None = None) -> None:
    """No rule broken, no value above the optimum, no bound below it.

    A tier is compared as far as all the tiers before are as good as the optimum's.
    """
    best = solve(problem, time_limit=60, gap=0, deterministic=True, baseline=baseline)
    if found.plan is None:
        assert found.status in {"unknown", best.status}
        return
    report = judged(problem, found.plan, baseline=baseline)
    assert report.violations == ()
    assert values_of(found) == true_values(problem, report)
    assert best.status == "optimal"
    assert rank(problem, values_of(found)) <= rank(problem, values_of(best))
    for tier, mine, other in zip(problem.policy.tiers, found.tiers, best.tiers, strict=True):
        if mine.bound is not None:
            sign = 1 if is_maximised(tier) else -1
            assert sign * mine.bound >= sign * other.value, (mine, other)
        if mine.value != other.value:
            break
