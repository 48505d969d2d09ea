"""Whole tours against the exact model: the same optimum and the same bound in every tier."""

from hypothesis import given
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem
from tests.solving import judged, proven_by_tours, solved, true_values, values_of
from tests.strategies import loose_plans, tiny_problems


@st.composite
def with_baseline(draw: st.DrawFn) -> tuple[Problem, Plan | None]:
    problem = draw(tiny_problems())
    return problem, draw(st.none() | loose_plans(problem))


@given(with_baseline())
def test_both_formulations_prove_the_same(case: tuple[Problem, Plan | None]) -> None:
    problem, baseline = case
    exact = solved(problem, baseline=baseline)
    tours = proven_by_tours(problem, baseline=baseline)
    assert tours.status == exact.status
    assert values_of(tours) == values_of(exact)
    assert [tier.bound for tier in tours.tiers] == [tier.bound for tier in exact.tiers]
    if tours.plan is not None:
        report = judged(problem, tours.plan, baseline=baseline)
        assert report.violations == ()
        assert values_of(tours) == true_values(problem, report)
