from itertools import pairwise
from unittest import mock

import pytest

from ektp_sched.desk.offer import MOST_OFFERS, offer
from ektp_sched.domain import Plan, Policy, Problem, Stock, WeightedTerm
from ektp_sched.errors import PlanError, RequestError, SettingsError
from ektp_sched.rulebook import check
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)

# A team that is out for one long visit before noon, or two short ones.
MORNINGS = a_team(shifts=(a_shift("07:00", "12:00"),))


def two_days(*schools: object, **fields: object) -> Problem:
    usual = {"schools": schools, "teams": (MORNINGS,), "end": TUESDAY}
    return a_problem(**{**usual, **fields})


def test_the_visit_that_is_planned_anyway_is_the_first_offer_and_costs_nothing() -> None:
    problem = two_days(a_school("S1"), a_school("S2"))
    plan = a_plan(
        a_visit("S1", start="08:00", end="11:40", students=100),
        a_visit("S2", date=TUESDAY, start="08:00", end="11:40", students=100),
    )
    offers = offer(problem, plan, "S1")
    first = offers.offers[0]
    assert first.visit == plan.visits[0].model_copy(update={"status": "confirmed"})
    assert first.effects == ()
    assert first.score == offers.score == check(problem, plan).score
    assert first.estimated


def test_who_is_in_the_way_moves_to_where_there_is_room() -> None:
    # Both need a morning; S1 is open on Tuesday only.
    one = a_school("S1", closed=(a_range(MONDAY, MONDAY),))
    problem = two_days(one, a_school("S2"))
    plan = a_plan(a_visit("S2", date=TUESDAY, start="08:00", end="11:40", students=100))
    (best, *_) = offer(problem, plan, "S1").offers
    assert str(best.visit.date) == TUESDAY
    assert best.visit.recorded == 100
    (moved,) = [effect for effect in best.effects if effect.school == "S2"]
    assert (moved.kind, moved.pupils) == ("moves", 0)
    assert [str(visit.date) for visit in moved.after] == [MONDAY]


def test_who_finds_no_other_place_falls() -> None:
    problem = two_days(a_school("S1"), a_school("S2"), end=MONDAY)
    plan = a_plan(a_visit("S2", start="07:10", end="11:40", students=100))
    (only,) = offer(problem, plan, "S1").offers
    (gone,) = [effect for effect in only.effects if effect.school == "S2"]
    assert (gone.kind, gone.pupils) == ("falls", -100)


def test_promised_visits_never_move() -> None:
    problem = two_days(a_school("S1"), a_school("S2"), end=MONDAY)
    long = a_visit("S2", start="07:10", end="11:40", students=100, status="confirmed")
    assert offer(problem, a_plan(long), "S1").offers == ()
    promised = problem.model_copy(update={"commitments": (long,)})
    assert offer(promised, a_plan(long), "S1").offers == ()


def test_blanks_are_taken_from_proposed_visits() -> None:
    problem = two_days(a_school("S1"), a_school("S2"), stock=Stock(opening=100))
    plan = a_plan(a_visit("S2", start="08:00", end="11:40", students=100))
    offers = offer(problem, plan, "S1").offers
    assert offers
    for one in offers:
        assert one.score.students <= 100
        assert one.visit.recorded >= 10


def test_promised_blanks_stay_promised() -> None:
    problem = two_days(a_school("S1"), a_school("S2"), stock=Stock(opening=100))
    all_of_them = a_visit("S2", start="08:00", end="11:40", students=100, status="confirmed")
    assert offer(problem, a_plan(all_of_them), "S1").offers == ()


def test_a_visit_from_noon_on_is_another_slot() -> None:
    problem = a_problem(schools=(a_school("S1", cohorts=20),), end=MONDAY)
    times = [f"{one.visit.start:%H:%M}" for one in offer(problem, Plan(), "S1").offers]
    assert times == ["07:10", "12:00"]


def test_a_start_with_fewer_lessons_is_tried() -> None:
    free = some_hours("13:00", "15:00", lesson_percent=0)
    school = a_school("S1", cohorts=20, hours=(some_hours("07:00", "13:00"), free))
    problem = a_problem(schools=(school,), end=MONDAY)
    first = offer(problem, Plan(), "S1").offers[0]
    assert (f"{first.visit.start:%H:%M}", first.score.lessons) == ("13:00", 0)


def test_contingent_visits_are_left_aside() -> None:
    late = a_visit("S2", date=TUESDAY, start="07:10", end="11:40", students=100)
    plan = a_plan(late.model_copy(update={"status": "contingent"}))
    problem = two_days(a_school("S1"), a_school("S2"))
    dates = {str(one.visit.date) for one in offer(problem, plan, "S1", k=1).offers}
    assert dates <= {MONDAY, TUESDAY}
    for one in offer(problem, plan, "S1").offers:
        assert all(visit.status != "contingent" for visit in one.plan.visits)


def test_of_slots_that_cost_the_same_the_larger_comes_first() -> None:
    pupils_only = Policy(tiers=((WeightedTerm(term="students"),),))
    school = a_school("S1", min_gap_days=0, min_students=1)
    problem = two_days(school, policy=pupils_only)
    plan = a_plan(
        a_visit(start="08:00", end="08:55", students=2),
        a_visit(date=TUESDAY, start="08:00", end="11:40", students=98),
    )
    found = offer(problem, plan, "S1").offers
    assert {one.score.students for one in found} == {100}
    pupils = [one.visit.recorded for one in found]
    assert pupils == sorted(pupils, reverse=True)
    assert 98 in pupils[:-1]


def test_no_more_offers_than_asked_for() -> None:
    problem = a_problem()
    assert len(offer(problem, Plan(), "S1", k=2).offers) == 2
    assert offer(problem, Plan(), "S1", k=2).offers[0] == offer(problem, Plan(), "S1").offers[0]


def test_where_the_exact_model_is_too_large_the_best_estimates_are_planned_around() -> None:
    problem = two_days(a_school("S1"), a_school("S2"))
    plan = a_plan(a_visit("S2", start="08:00", end="11:40", students=100))
    with mock.patch("ektp_sched.desk.placing.EXACT_ARCS", -1):
        found = offer(problem, plan, "S1", k=2, exact=True, time_limit=20, deterministic=True)
    assert [one.estimated for one in found.offers] == [False, False]
    assert all(one.score.students <= found.score.students for one in found.offers)


def test_what_is_not_proven_in_time_is_called_estimated() -> None:
    problem = two_days(a_school("S1"), a_school("S2"))
    found = offer(problem, Plan(), "S1", exact=True, time_limit=1e-9, deterministic=True)
    assert found.offers
    assert all(one.estimated for one in found.offers)


def test_offers_come_best_first() -> None:
    problem = a_problem(schools=(a_school("S1"), a_school("S2", cohorts=200)), end=FRIDAY)
    plan = a_plan(a_visit("S2", date=WEDNESDAY, start="08:00", end="15:00", students=200))
    pupils = [one.score.students for one in offer(problem, plan, "S1").offers]
    assert all(a >= b for a, b in pairwise(pupils))


@pytest.mark.parametrize("k", [0, -1, MOST_OFFERS + 1])
def test_a_number_of_offers_out_of_range(k: int) -> None:
    with pytest.raises(RequestError, match=f"Ask for 1 to {MOST_OFFERS}"):
        offer(a_problem(), Plan(), "S1", k=k)


def test_an_unknown_school() -> None:
    with pytest.raises(RequestError, match="'S9' is not in the problem"):
        offer(a_problem(), Plan(), "S9")


def test_a_plan_of_another_problem() -> None:
    with pytest.raises(PlanError, match="'S9' is not in the problem"):
        offer(a_problem(), a_plan(a_visit("S9")), "S1")


def test_a_plan_that_breaks_rules() -> None:
    with pytest.raises(RequestError, match="it breaks R14"):
        offer(a_problem(), a_plan(a_visit(start="08:01")), "S1")


def test_a_time_limit_out_of_range() -> None:
    with pytest.raises(SettingsError, match="time_limit"):
        offer(a_problem(), Plan(), "S1", exact=True, time_limit=0)
