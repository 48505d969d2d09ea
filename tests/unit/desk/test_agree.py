import datetime as dt

import pytest

from ektp_sched.desk.agree import accept, refuse
from ektp_sched.desk.offer import Offer, offer
from ektp_sched.domain import Plan, Stock
from ektp_sched.errors import RequestError
from ektp_sched.rulebook import check
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_visit,
)

VISIT = a_visit("S1", students=40)
OTHER = a_visit("S2", date=TUESDAY, students=40)
TWO = a_problem(schools=(a_school("S1"), a_school("S2")))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_what_is_accepted_becomes_a_commitment_that_the_plan_holds() -> None:
    plan = a_plan(VISIT, OTHER)
    chosen = offer(TWO, plan, "S1").offers[-1]
    agreed = accept(TWO, plan, chosen)
    assert agreed.problem.commitments == (chosen.visit,)
    assert chosen.visit in agreed.plan.visits
    assert check(agreed.problem, agreed.plan).ok
    assert TWO.commitments == ()


def test_confirmed_visits_of_the_plan_become_commitments_too() -> None:
    confirmed = OTHER.model_copy(update={"status": "confirmed"})
    plan = a_plan(VISIT, confirmed)
    agreed = accept(TWO, plan, offer(TWO, plan, "S1").offers[0])
    assert confirmed in agreed.problem.commitments


def test_contingent_visits_stay_where_they_can() -> None:
    stock = Stock(opening=80, deliveries=(a_delivery(WEDNESDAY, 40, confirmed=False),))
    problem = TWO.model_copy(update={"stock": stock})
    waiting = a_visit("S2", date=THURSDAY, students=40, status="contingent")
    plan = a_plan(VISIT, OTHER, waiting)
    as_planned = offer(problem, plan, "S1").offers[0]
    assert waiting in accept(problem, plan, as_planned).plan.visits


def an_old_offer(number: int = 0) -> Offer:
    """For S1, made when it alone had a visit: on Monday at the same time, or as given."""
    return offer(TWO, a_plan(VISIT), "S1", 20).offers[number]


def test_an_offer_that_still_fits_is_taken_though_the_plan_has_changed() -> None:
    agreed = accept(TWO, a_plan(VISIT, OTHER), an_old_offer())
    assert agreed.outdated
    assert agreed.plan == a_plan(an_old_offer().visit, OTHER)
    assert agreed.problem.commitments == (an_old_offer().visit,)
    assert agreed.fallen == (VISIT,)  # the school's own, in whose place it comes


def test_what_is_only_proposed_gives_way_to_an_offer_made_earlier() -> None:
    in_its_way = OTHER.model_copy(update={"date": VISIT.date})
    agreed = accept(TWO, a_plan(in_its_way), an_old_offer())
    assert agreed.plan.visits == (an_old_offer().visit,)
    assert agreed.fallen == (in_its_way,)


def test_an_offer_that_no_longer_fits_says_why_and_what_is_nearest() -> None:
    promised = OTHER.model_copy(update={"date": VISIT.date, "status": "confirmed"})
    with pytest.raises(RequestError) as raised:
        accept(TWO, a_plan(promised), an_old_offer())
    (complaint,) = raised.value.complaints
    assert complaint.what.startswith(
        "things have changed since it was made, and it no longer fits: R4, "
    )
    assert "The nearest slot that does go: Mon 2024-08-05" in complaint.remedy


def test_an_offer_on_a_date_that_is_closed_since_names_the_hours() -> None:
    closed = a_school("S1", closed=(a_range(MONDAY, WEDNESDAY, reason="exams"),))
    problem = TWO.model_copy(update={"schools": (closed, TWO.schools[1])})
    with pytest.raises(RequestError) as raised:
        accept(problem, a_plan(OTHER), an_old_offer())
    assert "R2, " in raised.value.complaints[0].what
    assert "Thu 2024-08-08" in raised.value.complaints[0].remedy


def test_an_offer_that_is_confirmed_already_is_said_to_be() -> None:
    plan = a_plan(VISIT, OTHER)
    chosen = offer(TWO, plan, "S1").offers[0]
    agreed = accept(TWO, plan, chosen)
    with pytest.raises(RequestError, match="this visit is confirmed already"):
        accept(agreed.problem, agreed.plan, chosen)


def test_where_no_slot_is_left_that_is_said() -> None:
    closed = a_school("S1", closed=(a_range(MONDAY, FRIDAY, reason="holiday"),))
    problem = TWO.model_copy(update={"schools": (closed, TWO.schools[1])})
    with pytest.raises(RequestError, match="No other slot of the school goes"):
        accept(problem, a_plan(OTHER), an_old_offer())


def test_an_offer_whose_plan_was_tampered_with_is_refused() -> None:
    plan = a_plan(VISIT)
    good = offer(TWO, plan, "S1").offers[0]
    with pytest.raises(RequestError, match="R13"):
        accept(TWO, plan, good.model_copy(update={"plan": Plan()}))


def test_refused_dates_are_closed_and_proposed_visits_on_them_fall() -> None:
    refused = refuse(TWO, a_plan(VISIT, OTHER), "S1", [day(MONDAY)], reason="exams")
    (closed,) = refused.problem.schools[0].closed
    assert (str(closed.start), str(closed.end), closed.reason) == (MONDAY, MONDAY, "exams")
    assert refused.plan == a_plan(OTHER)
    assert refused.fallen == (VISIT,)


def test_dates_side_by_side_make_one_range() -> None:
    days = [day(text) for text in (FRIDAY, TUESDAY, MONDAY, TUESDAY)]
    refused = refuse(TWO, Plan(), "S1", days)
    ranges = [(str(one.start), str(one.end)) for one in refused.problem.schools[0].closed]
    assert ranges == [(MONDAY, TUESDAY), (FRIDAY, FRIDAY)]


def test_a_small_visit_that_counted_on_a_refused_one_falls_too() -> None:
    # R10: the last 5 of 45 pupils may be recorded alone, but not where 40 more are left.
    problem = a_problem(schools=(a_school("S1", cohorts=45),))
    rest = a_visit("S1", date=WEDNESDAY, students=5)
    refused = refuse(problem, a_plan(VISIT, rest), "S1", [day(MONDAY)])
    assert refused.plan == Plan()
    assert refused.fallen == (VISIT, rest)


def test_done_visits_on_refused_dates_stay() -> None:
    done = VISIT.model_copy(update={"status": "done"})
    problem = TWO.model_copy(update={"commitments": (done,)})
    assert refuse(problem, a_plan(done), "S1", [day(MONDAY)]).plan == a_plan(done)


@pytest.mark.parametrize("in_problem", [True, False])
def test_a_date_with_a_confirmed_visit_cannot_be_refused(in_problem: bool) -> None:
    confirmed = VISIT.model_copy(update={"status": "confirmed"})
    problem = TWO.model_copy(update={"commitments": (confirmed,) if in_problem else ()})
    with pytest.raises(RequestError, match=f"dates, {MONDAY}: SMA 1 has a confirmed visit then"):
        refuse(problem, a_plan(confirmed), "S1", [day(MONDAY)])


def test_a_confirmed_visit_that_needs_a_refused_one_is_said() -> None:
    problem = a_problem(schools=(a_school("S1", cohorts=45),))
    rest = a_visit("S1", date=WEDNESDAY, students=5, status="confirmed")
    with pytest.raises(RequestError, match="10 that make a visit worthwhile"):
        refuse(problem, a_plan(VISIT, rest), "S1", [day(MONDAY)])


def test_bad_requests() -> None:
    with pytest.raises(RequestError, match="'S9' is not in the problem"):
        refuse(TWO, Plan(), "S9", [day(MONDAY)])
    with pytest.raises(RequestError, match="2024-08-10 is not planned"):
        refuse(TWO, Plan(), "S1", [day("2024-08-10")])
    with pytest.raises(RequestError, match="no date is given"):
        refuse(TWO, Plan(), "S1", [])
