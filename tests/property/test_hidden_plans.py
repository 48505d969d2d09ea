"""Problems made around a plan: the checker accepts it, and solve() is never worse."""

from hypothesis import given, note

from ektp_sched.domain import Plan, Problem
from ektp_sched.rulebook import check
from ektp_sched.solve import solve
from tests.solving import judged, rank_of, solved, true_values, values_of
from tests.strategies import planned_problems
from tests.tiers import rank


@given(planned_problems())
def test_the_checker_accepts_the_hidden_plan(case: tuple[Problem, Plan]) -> None:
    problem, plan = case
    note(problem.model_dump_json())
    assert check(problem, plan).violations == ()


@given(planned_problems())
def test_the_optimum_is_at_least_as_good_as_the_hidden_plan(case: tuple[Problem, Plan]) -> None:
    problem, plan = case
    result = solved(problem)
    assert result.status == "optimal"
    assert judged(problem, result.plan).ok
    hidden = rank(problem, true_values(problem, check(problem, plan)))
    assert rank_of(problem, result) >= hidden


@given(planned_problems())
def test_a_warm_start_changes_no_optimum(case: tuple[Problem, Plan]) -> None:
    problem, plan = case
    cold = solved(problem)
    warm = solve(problem, time_limit=60, gap=0, deterministic=True, warm_start=plan)
    assert warm.status == "optimal"
    assert values_of(warm) == values_of(cold)


@given(planned_problems())
def test_with_itself_as_baseline_the_hidden_plan_changes_nothing(
    case: tuple[Problem, Plan],
) -> None:
    problem, plan = case
    assert check(problem, plan, baseline=plan).score.changes == 0
