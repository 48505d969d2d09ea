import pytest

from ektp_sched.desk.stock import Outcome, Scenario, what_if
from ektp_sched.domain import Plan, Problem, Stock
from ektp_sched.errors import RequestError
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)

FIRM = a_visit("S1", students=40)
BIG = a_visit("S2", date=THURSDAY, students=30, status="contingent")
SMALL = a_visit("S3", date=FRIDAY, students=20, status="contingent")
PLAN = a_plan(FIRM, BIG, SMALL)


def an_office(cards: str = "reserve", **stock: object) -> Problem:
    """40 blanks, and 50 more on Tuesday, unconfirmed; two weeks."""
    usual = {
        "opening": 40,
        "cards": cards,
        "deliveries": (a_delivery(TUESDAY, 50, confirmed=False),),
    }
    schools = tuple(a_school(name, cohorts=40) for name in ("S1", "S2", "S3"))
    stock_of = Stock.model_validate({**usual, **stock})
    return a_problem(schools=schools, stock=stock_of, end="2024-08-16")


def by_name(outcomes: tuple[Outcome, ...]) -> dict[str, Outcome]:
    return {outcome.scenario.name: outcome for outcome in outcomes}


def test_the_usual_scenarios() -> None:
    outcomes = by_name(what_if(an_office(), PLAN))
    assert list(outcomes) == [
        "as announced",
        "1 week late",
        "2 weeks late",
        "3 weeks late",
        "4 weeks late",
        "half of the cards",
        "none",
    ]
    assert outcomes["as announced"].fallen == ()
    assert outcomes["as announced"].pupils == outcomes["as announced"].printed == 90
    assert outcomes["none"].fallen == (BIG, SMALL)
    assert outcomes["none"].pupils == 40


def test_of_half_the_cards_the_visit_that_still_fits_is_kept() -> None:
    half = by_name(what_if(an_office(), PLAN))["half of the cards"]
    assert half.fallen == (BIG,)  # 25 cards: not 30, but 20
    assert half.pupils == 60


def test_what_comes_too_late_allows_nothing() -> None:
    outcomes = by_name(what_if(an_office(), PLAN))
    assert outcomes["1 week late"].fallen == (BIG, SMALL)
    assert outcomes["1 week late"].runs_out is None
    assert str(outcomes["2 weeks late"].runs_out) == MONDAY


def test_own_scenarios() -> None:
    in_parts = Scenario(
        name="in two parts",
        deliveries=(
            a_delivery(TUESDAY, 30, confirmed=False),
            a_delivery(FRIDAY, 20, confirmed=False),
        ),
    )
    (outcome,) = what_if(an_office(), PLAN, [in_parts])
    assert outcome.scenario == in_parts
    assert outcome.fallen == ()


def test_printed_later_the_backlog_differs_and_no_visit_falls() -> None:
    outcomes = by_name(what_if(an_office("later"), PLAN))
    assert {outcome.pupils for outcome in outcomes.values()} == {90}
    assert [outcomes[name].backlog for name in ("as announced", "half of the cards")] == [0, 25]
    assert (outcomes["none"].printed, outcomes["none"].backlog) == (40, 50)


def test_where_recording_draws_nothing_nothing_is_printed() -> None:
    outcomes = what_if(an_office("none"), PLAN)
    assert {(one.pupils, one.printed, one.backlog) for one in outcomes} == {(90, 0, 0)}


def test_without_announced_deliveries_there_is_one_case() -> None:
    (only,) = what_if(an_office(deliveries=()), a_plan(FIRM))
    assert only.scenario.name == "every delivery is confirmed"


def test_a_plan_that_breaks_rules() -> None:
    with pytest.raises(RequestError, match="it breaks R11"):
        what_if(an_office(deliveries=()), PLAN)


def test_an_empty_plan() -> None:
    assert {outcome.pupils for outcome in what_if(an_office(), Plan())} == {0}
