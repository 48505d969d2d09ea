import pytest

from ektp_sched.domain import Stock
from ektp_sched.errors import PlanError
from ektp_sched.report.outcome import Outcome
from tests.builders import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

SCHOOLS = (
    a_school("S1", cohorts=40),
    a_school("S2", cohorts=60),
    a_school("S3", cohorts=30),
    a_school("S4", cohorts=0),
)
PROBLEM = a_problem(
    schools=SCHOOLS,
    stock=Stock(opening=100, deliveries=(a_delivery(TUESDAY, 50, confirmed=False),)),
)
PLAN = a_plan(
    a_visit("S2", date=TUESDAY, students=25),
    a_visit("S1", date=MONDAY, students=40),
    a_visit("S3", date=WEDNESDAY, students=30, status="contingent"),
)


def test_served_means_that_nobody_is_left() -> None:
    states = {one.school.id: (one.state, one.left) for one in Outcome(PROBLEM, PLAN).schools}
    assert states["S1"] == ("served", 0)
    assert states["S2"] == ("partly", 35)


def test_contingent_visits_are_shown_but_not_counted() -> None:
    outcome = Outcome(PROBLEM, PLAN)
    (third,) = (one for one in outcome.schools if one.school.id == "S3")
    assert (third.state, third.recorded, len(third.visits)) == ("not", 0, 1)
    assert [visit.school for visit in outcome.firm] == ["S1", "S2"]


def test_schools_without_pupils_are_counted_in_no_state() -> None:
    outcome = Outcome(PROBLEM, PLAN)
    assert [outcome.count(state) for state in ("served", "partly", "not")] == [1, 1, 1]


def test_a_route_goes_from_the_base_and_back() -> None:
    outcome = Outcome(PROBLEM, a_plan(a_visit("S2", start="10:30", end="12:00"), a_visit("S1")))
    (route,) = outcome.routes
    base = PROBLEM.bases[0].location
    assert route.places == (base, SCHOOLS[0].location, SCHOOLS[1].location, base)


def test_the_stock_with_everything_uncertain() -> None:
    outcome = Outcome(PROBLEM, PLAN)
    assert outcome.is_uncertain
    assert [row.closing for row in outcome.report.ledger.rows] == [60, 35, 35, 35, 35]
    assert [row.closing for row in outcome.rows_with_contingent] == [60, 85, 55, 55, 55]


def test_what_is_certain() -> None:
    late = Stock(opening=100, deliveries=(a_delivery("2025-01-01", 50, confirmed=False),))
    assert not Outcome(a_problem(stock=late), a_plan(a_visit())).is_uncertain


def test_names_that_several_share_are_told_apart() -> None:
    teams = (a_team("A", name="Tim"), a_team("B", name="Tim"))
    assert Outcome(a_problem(teams=teams), a_plan()).team_names == {"A": "Tim (A)", "B": "Tim (B)"}


def test_a_former_plan_of_another_problem_is_refused() -> None:
    with pytest.raises(PlanError, match="S9"):
        Outcome(PROBLEM, PLAN, former=a_plan(a_visit("S9")))
