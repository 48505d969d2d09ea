"""What is told of a plan near a published one: bounds borrowed from planning afresh."""

from typing import Any

from ektp_sched.desk.replan.result import afresh, result_of
from ektp_sched.desk.searching import Search
from ektp_sched.domain import Plan, Policy, WeightedTerm
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.solve import Result, TierResult
from tests.builders import a_cohort, a_plan, a_problem, a_school, a_visit

PLAN = a_plan(a_visit(students=40))


def a_tier(term: str, value: int, bound: int | None) -> TierResult:
    gap = None if bound is None else abs(bound - value) / max(1, abs(value))
    return TierResult(term=term, sense="max", value=value, bound=bound, gap=gap)


def a_fresh(*tiers: TierResult, plan: Plan | None = PLAN) -> Result:
    return Result(
        status="feasible",
        plan=plan,
        tiers=tiers,
        runtime_seconds=1.0,
        stopped_by="time_limit",
        method="tours",
        reason="it is large",
    )


def told(*tiers: dict[str, int], fresh: Result, published: Plan = PLAN, **search: Any) -> Result:
    """The result for the plan under a policy, one dictionary of weights by term for each tier."""
    terms: list[Any] = [
        tuple(WeightedTerm.model_validate({"term": t, "weight": w}) for t, w in tier.items())
        for tier in tiers
    ]
    problem = a_problem(policy=Policy(tiers=tuple(terms)))
    gap = search.pop("gap", 0.0)
    budget = Budget(**{"time_limit": 60.0, "deterministic": True, **search})
    return result_of(problem, PLAN, published, fresh, Search(budget, gap, None))


def bounds_of(result: Result) -> list[int | None]:
    return [tier.bound for tier in result.tiers]


def test_bounds_hold_up_to_the_first_tier_with_changes() -> None:
    fresh = a_fresh(a_tier("students", 40, 50), a_tier("lessons", 60000, 50000))
    result = told({"students": 2, "changes": 10}, {"lessons": 1}, fresh=fresh)
    assert bounds_of(result) == [100, None]
    assert (result.status, result.stopped_by) == ("feasible", "exhausted")
    # Nothing changed is the best there can be.
    assert bounds_of(told({"changes": 1}, {"students": 1}, fresh=fresh)) == [0, None]


def test_what_is_to_be_small_is_bounded_from_below() -> None:
    fresh = a_fresh(a_tier("lessons", 60000, 50000))
    assert bounds_of(told({"lessons": 1, "changes": 1}, fresh=fresh)) == [-50000]


def test_bounds_hold_for_plans_that_reach_what_came_before() -> None:
    fresh = a_fresh(
        a_tier("students", 50, 60), a_tier("lessons", 1, 1), plan=a_plan(a_visit(students=50))
    )
    assert bounds_of(told({"students": 1}, {"lessons": 1}, fresh=fresh)) == [60, None]
    same = a_fresh(a_tier("students", 40, None), a_tier("lessons", 60000, 60000))
    assert bounds_of(told({"students": 1}, {"lessons": 1}, fresh=same)) == [None, 60000]


def test_a_plan_at_its_bound_is_optimal() -> None:
    fresh = a_fresh(a_tier("students", 40, 40))
    result = told({"students": 1, "changes": 10}, fresh=fresh)
    assert (result.status, result.stopped_by) == ("optimal", "optimal")
    near = told({"students": 1}, fresh=a_fresh(a_tier("students", 40, 41)), gap=0.5)
    assert (near.status, near.stopped_by) == ("optimal", "gap")


def test_how_the_search_ended() -> None:
    cancelled, fresh = CancelToken(), a_fresh(a_tier("students", 40, None))
    cancelled.cancel()
    assert told({"students": 1}, fresh=fresh, token=cancelled).stopped_by == "cancelled"
    late = told({"students": 1}, fresh=fresh, deterministic=False, time_limit=1e-9)
    assert late.stopped_by == "time_limit"


def test_where_planning_afresh_found_nothing_nothing_is_told_of_it() -> None:
    nothing = a_fresh(plan=None)
    assert afresh(a_problem(), nothing, PLAN) is None
    assert bounds_of(told({"students": 1}, fresh=nothing)) == [None]


def test_pupils_are_bounded_where_all_count_alike() -> None:
    fresh = a_fresh(a_tier("students", 40, 50))
    found = afresh(a_problem(), fresh, a_plan())
    assert found is not None
    assert (found.recorded, found.changes, found.bound) == (40, 0, 50)
    unlike = a_school(cohorts=(a_cohort(priority=2),))
    weighed = afresh(a_problem(schools=(unlike,)), fresh, a_plan())
    assert weighed is not None
    assert weighed.bound is None
