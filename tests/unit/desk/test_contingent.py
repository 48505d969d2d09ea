import pytest

from ektp_sched.desk.stock import contingency_of, plan_contingent, with_those_that_hold
from ektp_sched.domain import Plan, Problem, Stock, Visit
from ektp_sched.errors import RequestError
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_visit,
    some_travel,
)

FIRM = a_plan(a_visit("S1", students=40))


def few_blanks(*, cards: str = "reserve", confirmed: bool = False, more: int = 60) -> Problem:
    """Three schools of 40 pupils, 40 blanks, and more of them on Wednesday."""
    stock = Stock.model_validate(
        {
            "opening": 40,
            "cards": cards,
            "deliveries": (a_delivery(WEDNESDAY, more, confirmed=confirmed),),
        }
    )
    schools = tuple(a_school(name, cohorts=40) for name in ("S1", "S2", "S3"))
    return a_problem(schools=schools, stock=stock, time_step=30)


def test_visits_that_the_delivery_allows_are_contingent_and_the_firm_ones_stay() -> None:
    found = plan_contingent(few_blanks(), FIRM, gap=0, deterministic=True)
    more = [visit for visit in found.plan.visits if visit not in FIRM.visits]
    assert len(more) == len(found.plan.visits) - 1
    assert {visit.status for visit in more} == {"contingent"}
    assert sum(visit.recorded for visit in more) == 60
    assert all(str(visit.date) >= WEDNESDAY for visit in more)


def test_none_comes_before_its_delivery_though_blanks_for_later_are_there() -> None:
    firm = a_plan(a_visit("S1", date=FRIDAY, students=40))
    found = plan_contingent(few_blanks(), firm, gap=0, deterministic=True)
    dates = [str(v.date) for v in found.plan.visits if v.status == "contingent"]
    assert dates
    assert min(dates) >= WEDNESDAY


def test_blanks_last_until_the_last_visit_that_draws_them() -> None:
    waiting = a_visit("S2", date=THURSDAY, students=40, status="contingent")
    plan = a_plan(*FIRM.visits, waiting)
    found = contingency_of(few_blanks(more=40), plan)
    assert (str(found.runs_out), str(found.runs_out_with)) == (MONDAY, THURSDAY)
    assert contingency_of(few_blanks(more=41), plan).runs_out_with is None


def test_the_visit_with_the_fewest_pupils_is_dropped_first_then_the_later_one() -> None:
    waiting = [
        a_visit("S2", date=THURSDAY, students=20, status="contingent"),
        a_visit("S3", date=THURSDAY, start="10:30", end="12:30", students=25, status="contingent"),
        a_visit("S2", date=FRIDAY, students=20, status="contingent"),
    ]
    problem = few_blanks(more=500)
    plan = a_plan(*FIRM.visits, *waiting)
    order = _order(problem, plan)
    assert order == [(waiting[2],), (waiting[0],), (waiting[1],)]


def test_a_visit_that_another_one_counts_on_is_dropped_after_it() -> None:
    # R10: 35 + 5 are all 40 pupils; the 5 alone would be too few while 35 are left.
    problem = few_blanks(more=500)
    first = a_visit("S2", date=THURSDAY, students=35, status="contingent")
    rest = a_visit("S2", date=FRIDAY, students=5, status="contingent")
    third = a_visit("S3", date=FRIDAY, start="10:30", end="12:30", students=40, status="contingent")
    plan = a_plan(*FIRM.visits, first, rest, third)
    assert _order(problem, plan) == [(rest,), (first,), (third,)]
    short = few_blanks(more=45)
    assert with_those_that_hold(short, FIRM, [rest, third, first]) == a_plan(*FIRM.visits, third)


def _order(problem: Problem, plan: Plan) -> list[tuple[Visit, ...]]:
    return list(contingency_of(problem, plan).drop_order)


def test_former_contingent_visits_are_planned_anew() -> None:
    former = a_visit("S2", date=FRIDAY, students=20, status="contingent")
    plan = a_plan(*FIRM.visits, former)
    assert plan_contingent(few_blanks(), plan, gap=0, deterministic=True) == plan_contingent(
        few_blanks(), FIRM, gap=0, deterministic=True
    )


@pytest.mark.parametrize("cards", ["later", "none"])
def test_where_recording_needs_no_blank_nothing_is_contingent(cards: str) -> None:
    assert plan_contingent(few_blanks(cards=cards), FIRM).plan == FIRM


def test_where_every_delivery_is_confirmed_nothing_is_contingent() -> None:
    assert plan_contingent(few_blanks(confirmed=True), FIRM).plan == FIRM


def test_a_plan_that_breaks_rules() -> None:
    with pytest.raises(RequestError, match="it breaks R11"):
        plan_contingent(few_blanks(), a_plan(*FIRM.visits, a_visit("S2", date=TUESDAY)))


def test_visits_that_reach_each_other_only_are_dropped_together() -> None:
    # Out by way of S2, home by way of S3: neither way alone fits into the shift.
    places = ("B", "S1", "S2", "S3")
    detour = some_travel(places, ways={("B", "S3"): 600, ("S2", "B"): 600})
    problem = few_blanks(more=500).model_copy(update={"travel": detour})
    pair = (
        a_visit("S2", date=THURSDAY, students=20, status="contingent"),
        a_visit("S3", date=THURSDAY, start="10:30", end="12:30", students=20, status="contingent"),
    )
    (step,) = _order(problem, a_plan(*FIRM.visits, *pair))
    assert sorted(step, key=lambda visit: visit.school) == list(pair)
