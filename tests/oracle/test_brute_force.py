"""solve() against trying every plan, on micro problems; and the enumeration against the eye."""

from hypothesis import assume, given, note
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Policy, Problem, WeightedTerm
from ektp_sched.rulebook import check
from ektp_sched.solve import solve
from tests import builders as make
from tests.oracle.brute_force import best_plan, plans_at_most
from tests.solving import solved, values_of
from tests.strategies import loose_plans, micro_problems

MOST_PLANS = 5_000


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[Problem, Plan | None]:
    """A problem with few plans and, mostly, a baseline of few visits."""
    problem = draw(micro_problems())
    assume(plans_at_most(problem) <= MOST_PLANS)
    return problem, draw(st.none() | loose_plans(problem, most=2))


@given(small_cases())
def test_solve_finds_the_best_of_all_plans(case: tuple[Problem, Plan | None]) -> None:
    problem, baseline = case
    plan, values = best_plan(problem, baseline)
    note(f"best: {plan!r}")
    result = solved(problem, baseline=baseline)
    if plan is None:
        assert result.status == "infeasible"
        assert result.violations
    else:
        assert result.status == "optimal"
        assert values_of(result) == values


@given(small_cases(), st.sampled_from((0.1, 0.5, 0.9)))
def test_no_plan_passes_the_bound_of_a_wide_gap(
    case: tuple[Problem, Plan | None], gap: float
) -> None:
    problem, baseline = case
    plan, values = best_plan(problem, baseline)
    assume(plan is not None)
    note(problem.model_dump_json())
    result = solve(problem, time_limit=60, gap=gap, deterministic=True, baseline=baseline)
    first = result.tiers[0]
    assert result.status == "optimal"
    assert first.bound is not None
    assert first.bound >= values[0] if first.sense == "max" else first.bound <= values[0]


def a_micro_problem(**fields: object) -> Problem:
    """One hour at one school on one day: three pupils, two of them fit in."""
    school = make.a_school(
        cohorts=3,
        hours=(make.some_hours("08:00", "09:00"),),
        seconds_per_student=3_600,
        setup_minutes=0,
        teardown_minutes=0,
        min_students=0,
    )
    students = Policy(tiers=((WeightedTerm(term="students"),),))
    defaults = {"end": make.MONDAY, "time_step": 60, "schools": (school,), "policy": students}
    return make.a_problem(**{**defaults, **fields})


def test_the_enumeration_of_one_stay_is_nothing_one_or_two_pupils() -> None:
    assert plans_at_most(a_micro_problem()) == 3
    plan, values = best_plan(a_micro_problem())
    assert plan is not None
    assert [visit.recorded for visit in plan.visits] == [2]
    assert values == (2,)


def test_the_enumeration_spans_team_days() -> None:
    two_days = a_micro_problem(end=make.TUESDAY)
    plan, values = best_plan(two_days)
    assert plan is not None
    assert plans_at_most(two_days) == 9
    assert values == (3,)
    assert check(two_days, plan).ok


def test_the_enumeration_prefers_an_earlier_tier() -> None:
    tiers = (WeightedTerm(term="travel"),), (WeightedTerm(term="students"),)
    plan, values = best_plan(a_micro_problem(policy=Policy(tiers=tiers)))
    assert plan == Plan()
    assert values == (0, 0)


def test_the_enumeration_finds_no_plan_when_a_promise_breaks_a_rule() -> None:
    outside = make.a_visit(start="09:00", end="10:00", students=1, status="confirmed")
    assert best_plan(a_micro_problem(commitments=(outside,))) == (None, ())
