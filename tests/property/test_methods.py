"""Every way of solving on the same random problems: what each tells holds for the plans of all."""

from itertools import product
from typing import Literal

from hypothesis import assume, given, note
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem
from ektp_sched.solve import Result, solve
from tests.solving import assert_stays_are_short, judged, true_values, values_of
from tests.strategies import loose_plans, tiny_problems
from tests.tiers import is_maximised, rank

METHODS: tuple[Literal["exact", "tours"], ...] = ("exact", "tours")
UNITS = (1e-3, 0.2, 20.0)  # too few for anything, for some of it, and for small problems enough


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, Plan | None]:
    """A problem with tiers in any order, mixed ones too, and sometimes a published plan."""
    problem = draw(tiny_problems())
    return problem, draw(st.none() | loose_plans(problem))


def all_results(problem: Problem, baseline: Plan | None) -> list[Result]:
    """By each method, from nothing with little and much work, and from the other's plan."""
    results = [
        solve(
            problem,
            time_limit=units,
            gap=0,
            deterministic=True,
            method=method,
            baseline=baseline,
        )
        for method, units in product(METHODS, UNITS)
    ]
    plans = [result.plan for result in results if result.plan is not None]
    return results + [
        solve(
            problem,
            time_limit=UNITS[1],
            gap=0,
            deterministic=True,
            method=method,
            baseline=baseline,
            warm_start=plan,
        )
        for method, plan in zip(METHODS, plans[::-1], strict=False)
    ]


@given(cases())
def test_what_each_method_tells_holds_for_the_plans_of_all(
    case: tuple[Problem, Plan | None],
) -> None:
    problem, baseline = case
    note(problem.model_dump_json())
    results = all_results(problem, baseline)
    assert len({result.status == "infeasible" for result in results if result.plan is None}) <= 1
    planned = [result for result in results if result.plan is not None]
    for result in planned:
        assert result.faults == ()
        report = judged(problem, result.plan, baseline=baseline)
        assert report.violations == ()
        assert values_of(result) == true_values(problem, report)
        assert_stays_are_short(problem, result.plan, baseline)
    for teller, other in product(planned, planned):
        assert_bounds_hold(problem, teller, other)


def assert_bounds_hold(problem: Problem, teller: Result, other: Result) -> None:
    """No bound is passed by a plan that is at least as good in each tier before."""
    mine, others = rank(problem, values_of(teller)), rank(problem, values_of(other))
    for number, (tier, outcome) in enumerate(zip(problem.policy.tiers, teller.tiers, strict=True)):
        if any(b < a for a, b in zip(mine[:number], others[:number], strict=True)):
            break
        if outcome.bound is not None:
            bound = outcome.bound if is_maximised(tier) else -outcome.bound
            assert others[number] <= bound, (teller, other)


@given(tiny_problems(), st.sampled_from(METHODS))
def test_a_finished_plan_begun_again_stays_as_it_is(
    problem: Problem, method: Literal["exact", "tours"]
) -> None:
    note(problem.model_dump_json())
    first = solve(problem, time_limit=20, gap=0, deterministic=True, method=method)
    assume(first.status == "optimal")
    again = solve(
        problem,
        time_limit=20,
        gap=0,
        deterministic=True,
        method=method,
        warm_start=first.plan,
    )
    assert again.plan == first.plan
