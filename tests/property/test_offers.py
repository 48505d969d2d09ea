"""Offers on tiny problems: valid, different, costing what they say; and answers to them."""

from datetime import date

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.desk.agree import accept, refuse
from ektp_sched.desk.offer import Offer, Offers, half_of, offer
from ektp_sched.desk.promises import committed_to, promised
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.errors import RequestError
from ektp_sched.rulebook import Score, check
from tests.oracle.brute_force import allowed_plans, plans_at_most
from tests.solving import assert_stays_are_short, rank_of, solved
from tests.strategies import micro_problems, tiny_problems
from tests.tiers import rank, tier_values

MOST_PLANS = 2_000
A_FEW = max(10, settings().max_examples // 5)

Case = tuple[Problem, Plan, str]


@st.composite
def planned(draw: st.DrawFn, problems: st.SearchStrategy[Problem]) -> Case:
    """A problem, its best plan in which some proposed visits are confirmed, and a school."""
    problem = draw(problems)
    best = solved(problem)
    assume(best.plan is not None)
    assert best.plan is not None
    agreed = draw(st.booleans())
    visits = tuple(
        v.model_copy(update={"status": "confirmed"})
        if agreed and n == 0 and v.status == "proposed"
        else v
        for n, v in enumerate(best.plan.visits)
    )
    school = draw(st.sampled_from([school.id for school in problem.schools]))
    return problem, Plan(visits=visits), school


def proposed(visit: Visit) -> Visit:
    return visit.model_copy(update={"status": "proposed"})


def with_offer(problem: Problem, plan: Plan, one: Offer) -> Problem:
    return committed_to(problem, [*promised(problem, plan), one.visit])


@settings(max_examples=A_FEW)
@given(planned(tiny_problems()))
def test_offers_are_valid_and_different_and_the_best_come_first(case: Case) -> None:
    problem, plan, school = case
    note(problem.model_dump_json())
    found = offer(problem, plan, school, k=20)
    for one in found.offers:
        report = check(with_offer(problem, plan, one), one.plan, baseline=plan)
        assert report.violations == ()
        assert_stays_are_short(problem, Plan(visits=(proposed(one.visit),)), plan)
        assert_stays_are_short(problem, one.plan, plan)
        assert report.score == one.score
        assert one.visit in one.plan.visits
        assert one.visit.school == school

    assert_in_order_and_different(problem, found)


def assert_in_order_and_different(problem: Problem, found: Offers) -> None:
    offers = found.offers
    slots = [(one.visit.date, half_of(one.visit), one.visit.team) for one in offers]
    assert len(set(slots)) == len(slots)
    ranks = [(cost_of(problem, one.score, found.score), one.visit.recorded) for one in offers]
    assert ranks == sorted(ranks, reverse=True)
    assert [one.number for one in offers] == list(range(1, len(offers) + 1))


def cost_of(problem: Problem, score: Score, without: Score) -> tuple[int, ...]:
    """The rank of a plan; where it only saves lessons or drives, that of the one without the slot.

    So it is where the tiers up to the one of pupils are alike in both.
    """
    own, other = (rank(problem, tier_values(problem, one)) for one in (score, without))
    of_pupils = [
        number
        for number, tier in enumerate(problem.policy.tiers)
        if "students" in {item.term for item in tier}
    ]
    if of_pupils and own[: of_pupils[0] + 1] == other[: of_pupils[0] + 1]:
        return min(own, other)
    return own


@settings(max_examples=A_FEW)
@given(planned(micro_problems()))
def test_the_first_exact_offer_is_the_best_of_all(case: Case) -> None:
    problem, plan, school = case
    firm = committed_to(problem, promised(problem, plan))
    assume(plans_at_most(firm) <= MOST_PLANS)
    note(problem.model_dump_json())
    note(plan.model_dump_json())
    found = offer(problem, plan, school, k=20, exact=True, deterministic=True)
    offers = found.offers
    made = [v for v in firm.commitments if v.school == school]
    with_school = [
        rank(problem, tier_values(problem, report.score))
        for other, report in allowed_plans(firm, plan)
        if any(v.school == school and v not in made for v in other.visits)
    ]
    assert all(not one.estimated for one in offers)
    assert_in_order_and_different(problem, found)
    assert bool(offers) == bool(with_school)
    if offers:
        first = rank(problem, tier_values(problem, offers[0].score))
        assert first == max(with_school)


@settings(max_examples=A_FEW)
@given(planned(tiny_problems()))
def test_an_estimate_never_costs_less_than_planning_anew(case: Case) -> None:
    problem, plan, school = case
    for one in offer(problem, plan, school).offers:
        exact = solved(with_offer(problem, plan, one), baseline=plan)
        assert rank(problem, tier_values(problem, one.score)) <= rank_of(problem, exact)


@settings(max_examples=A_FEW)
@given(planned(tiny_problems()), st.data())
def test_what_is_accepted_is_confirmed_and_held(case: Case, data: st.DataObject) -> None:
    problem, plan, school = case
    offers = offer(problem, plan, school).offers
    assume(offers)
    chosen = data.draw(st.sampled_from(offers))
    agreed = accept(problem, plan, chosen)
    assert check(agreed.problem, agreed.plan).ok
    assert chosen.visit in agreed.problem.commitments
    assert chosen.visit in agreed.plan.visits


@settings(max_examples=A_FEW)
@given(planned(tiny_problems()), st.data())
def test_a_school_has_no_visit_on_dates_that_it_refuses(case: Case, data: st.DataObject) -> None:
    problem, plan, school = case
    note(problem.model_dump_json())
    day = data.draw(st.sampled_from(_dates(problem)))
    confirmed = [v for v in promised(problem, plan) if v.status == "confirmed"]
    if any(v.school == school and v.date == day for v in confirmed):
        with pytest.raises(RequestError, match="confirmed"):
            refuse(problem, plan, school, [day])
        return
    refused = refuse(problem, plan, school, [day])
    assert check(refused.problem, refused.plan).ok
    left = [v for v in refused.plan.visits if v.school == school and v.date == day]
    assert all(v.status == "done" for v in left)
    for one in offer(refused.problem, refused.plan, school).offers:
        assert one.visit.date != day


def _dates(problem: Problem) -> list[date]:
    count = (problem.end - problem.start).days + 1
    return [date.fromordinal(problem.start.toordinal() + n) for n in range(count)]
