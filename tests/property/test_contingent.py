"""Contingent visits on tiny problems: they break nothing if the blanks come, nor if they do not."""

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.desk.stock import (
    Contingency,
    as_arrived,
    contingent_visits,
    plan_contingent,
    unconfirmed,
    what_if,
    without_contingent,
)
from ektp_sched.domain import Delivery, Plan, Problem
from ektp_sched.rulebook import check
from tests.solving import solved
from tests.strategies import tiny_problems

A_FEW = max(10, settings().max_examples // 4)
Case = tuple[Problem, Contingency]


@st.composite
def contingencies(draw: st.DrawFn) -> Case:
    """A problem with few blanks and one or two announced deliveries, planned with both."""
    problem = draw(tiny_problems())
    dates = st.integers(0, (problem.end - problem.start).days + 1)
    announced = draw(st.lists(st.tuples(dates, st.integers(1, 25)), min_size=1, max_size=2))
    deliveries = tuple(
        Delivery(
            date=problem.start.fromordinal(problem.start.toordinal() + day),
            cards=cards,
            confirmed=False,
        )
        for day, cards in announced
    )
    stock = problem.stock.model_copy(
        update={"opening": draw(st.integers(0, 15)), "reserve": 0, "deliveries": deliveries}
    )
    problem = problem.model_copy(update={"stock": stock})
    note(problem.model_dump_json())
    best = solved(problem)
    assume(best.plan is not None)
    assert best.plan is not None
    return problem, plan_contingent(problem, best.plan, gap=0, deterministic=True)


@settings(max_examples=A_FEW)
@given(contingencies())
def test_with_the_deliveries_and_without_them_every_rule_is_kept(case: Case) -> None:
    problem, found = case
    plan = found.plan
    assert check(problem, plan).violations == ()
    assert check(*as_arrived(problem, plan, unconfirmed(problem))).violations == ()
    nothing_came, firm = as_arrived(problem, without_contingent(plan), ())
    assert check(nothing_came, firm).violations == ()
    if problem.stock.cards != "reserve":
        assert contingent_visits(plan) == []
    for visit in contingent_visits(plan):
        assert visit.date >= min(delivery.date for delivery in unconfirmed(problem))


@settings(max_examples=A_FEW)
@given(contingencies())
def test_dropped_one_step_after_the_other_the_rest_holds(case: Case) -> None:
    problem, found = case
    left = list(found.plan.visits)
    for step in found.drop_order:
        assert step
        for visit in step:
            left.remove(visit)
        assert check(problem, Plan(visits=tuple(left))).violations == ()
    assert not [visit for visit in left if visit.status == "contingent"]


@settings(max_examples=A_FEW)
@given(contingencies())
def test_in_each_scenario_the_visits_that_do_not_fall_keep_every_rule(case: Case) -> None:
    problem, found = case
    firm = sum(visit.recorded for visit in without_contingent(found.plan).visits)
    outcomes = what_if(problem, found.plan)
    for outcome in outcomes:
        left = Plan(visits=tuple(v for v in found.plan.visits if v not in outcome.fallen))
        there, kept = as_arrived(problem, left, outcome.scenario.deliveries)
        assert check(there, kept).violations == ()
        assert outcome.pupils == sum(visit.recorded for visit in kept.visits) >= firm
        assert all(visit.status == "contingent" for visit in outcome.fallen)
    assert outcomes[0].fallen == ()  # as announced
