"""solve() on tiny problems in which any rule may bind."""

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem
from ektp_sched.solve import Result, TierResult, solve
from tests.property.relabel import relabelled
from tests.property.relaxations import RELAXATIONS
from tests.solving import judged, rank_of, solved, true_values, values_of
from tests.strategies import loose_plans, tiny_problems

A_FEW = max(10, settings().max_examples // 5)


@st.composite
def with_baseline(draw: st.DrawFn) -> tuple[Problem, Plan | None]:
    """A problem and, mostly, a published plan."""
    problem = draw(tiny_problems())
    return problem, draw(st.none() | loose_plans(problem))


def assert_bound_on_the_right_side(tier: TierResult) -> None:
    assert (tier.bound is None) == (tier.gap is None)
    if tier.bound is not None:
        beyond = tier.bound - tier.value if tier.sense == "max" else tier.value - tier.bound
        assert beyond >= 0
        assert tier.gap == beyond / max(1, abs(tier.value))


def assert_words_fit(result: Result, *, gap: float) -> None:
    """The status says what the plan, the bounds and the violations say."""
    gaps = [tier.gap for tier in result.tiers]
    proven = all(one is not None and one <= gap for one in gaps)
    assert (result.plan is None) == (result.status in ("infeasible", "unknown"))
    assert bool(result.violations) == (result.status == "infeasible")
    if result.plan is not None:
        assert (result.status == "optimal") == proven
        assert (result.stopped_by in ("optimal", "gap")) == proven
    if result.status == "unknown":
        assert result.stopped_by not in ("optimal", "gap")


@given(with_baseline())
def test_the_plan_breaks_no_rule_and_is_worth_what_is_reported(
    case: tuple[Problem, Plan | None],
) -> None:
    problem, baseline = case
    result = solved(problem, baseline=baseline)
    assume(result.status != "infeasible")
    report = judged(problem, result.plan, baseline=baseline)
    assert report.violations == ()
    assert values_of(result) == true_values(problem, report)


@given(tiny_problems())
def test_solved_to_the_end_it_is_optimal_or_infeasible(problem: Problem) -> None:
    result = solved(problem)
    assert result.status in ("optimal", "infeasible")
    assert result.stopped_by == "optimal"
    assert_words_fit(result, gap=0)
    for tier in result.tiers:
        assert_bound_on_the_right_side(tier)


@given(tiny_problems(), st.sampled_from((0.0, 0.3)), st.sampled_from((1e-9, 1e-3, 60.0)))
def test_stopped_early_it_promises_nothing_false(
    problem: Problem, gap: float, time_limit: float
) -> None:
    note(problem.model_dump_json())
    stopped = solve(problem, time_limit=time_limit, gap=gap, deterministic=True)
    assert_words_fit(stopped, gap=gap)
    for tier in stopped.tiers:
        assert_bound_on_the_right_side(tier)
    best = solved(problem)
    if stopped.status == "infeasible":
        assert best.status == "infeasible"
    if stopped.plan is not None:
        assert judged(problem, stopped.plan).ok
        first, truth = stopped.tiers[0], best.tiers[0].value
        if first.bound is not None:
            assert first.bound >= truth if first.sense == "max" else first.bound <= truth


@given(st.data())
def test_other_names_and_orders_change_no_value(data: st.DataObject) -> None:
    problem = data.draw(tiny_problems())
    other = data.draw(relabelled(problem))
    one, same = solved(problem), solved(other)
    assert one.status == same.status
    assert values_of(one) == values_of(same)


@pytest.mark.parametrize("name", RELAXATIONS)
@settings(max_examples=A_FEW)
@given(problem=tiny_problems())
def test_a_relaxation_never_hurts_an_optimum(name: str, problem: Problem) -> None:
    before = solved(problem)
    assume(before.status == "optimal")
    wider = RELAXATIONS[name](problem)
    after = solved(wider)
    assert after.status == "optimal"
    assert rank_of(wider, after) >= rank_of(problem, before)


@settings(max_examples=A_FEW)
@given(tiny_problems(), st.integers(0, 2**31 - 1))
def test_a_deterministic_run_repeats_itself(problem: Problem, seed: int) -> None:
    runs = [solve(problem, time_limit=60, gap=0, deterministic=True, seed=seed) for _ in range(2)]
    assert runs[0].plan == runs[1].plan
    assert runs[0].tiers == runs[1].tiers
