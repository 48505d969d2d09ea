"""The tour engine on problems small enough to know the truth: it may stop short, never err."""

from unittest import mock

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem
from ektp_sched.solve import Result
from tests.oracle.brute_force import best_plan, plans_at_most
from tests.solving import judged, rank_of, solved, solved_by_tours, true_values, values_of
from tests.strategies import loose_plans, micro_problems, tiny_problems
from tests.tiers import is_maximised, rank

MOST_PLANS = 5_000
A_FEW = max(10, settings().max_examples // 6)
SECONDS = 4.0  # enough for every step, compiled or not


def assert_sound(
    problem: Problem, result: Result, best: tuple[int, ...], baseline: Plan | None
) -> None:
    """The plan is allowed and no better than the best; a bound holds where the tiers before do.

    `best` are the tier values of the best plan. A later tier's bound is for plans as good in
    the tiers before it, so it says something about the best plan only while those are equal.
    """
    report = judged(problem, result.plan, baseline=baseline)
    assert report.violations == ()
    assert values_of(result) == true_values(problem, report)
    assert rank_of(problem, result) <= rank(problem, best)
    for tier, outcome, value in zip(problem.policy.tiers, result.tiers, best, strict=True):
        if outcome.bound is not None:
            assert outcome.bound >= value if is_maximised(tier) else outcome.bound <= value
        if outcome.value != value:
            break
    if all(outcome.gap == 0 for outcome in result.tiers):
        assert values_of(result) == best


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[Problem, Plan | None]:
    problem = draw(micro_problems())
    assume(plans_at_most(problem) <= MOST_PLANS)
    return problem, draw(st.none() | loose_plans(problem, most=2))


@given(small_cases())
def test_against_all_plans(case: tuple[Problem, Plan | None]) -> None:
    problem, baseline = case
    plan, values = best_plan(problem, baseline)
    result = solved_by_tours(problem, baseline=baseline)
    if plan is None:
        assert result.status in ("infeasible", "unknown")
    elif result.status != "unknown":
        assert_sound(problem, result, values, baseline)


@given(tiny_problems())
def test_against_the_exact_model(problem: Problem) -> None:
    exact = solved(problem)
    result = solved_by_tours(problem)
    if exact.status == "infeasible":
        assert result.status in ("infeasible", "unknown")
    elif result.status != "unknown":
        assert_sound(problem, result, values_of(exact), None)


@settings(max_examples=A_FEW)
@given(tiny_problems())
def test_generated_tours_against_the_exact_model(problem: Problem) -> None:
    """As where there are too many tours to list them."""
    exact = solved(problem)
    with mock.patch("ektp_sched.engine.engine.choose", return_value=None):
        result = solved_by_tours(problem, seconds=SECONDS)
    if exact.status == "infeasible":
        assert result.status in ("infeasible", "unknown")
    elif result.status != "unknown":
        assert_sound(problem, result, values_of(exact), None)
