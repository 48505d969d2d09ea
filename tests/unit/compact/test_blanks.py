"""R11: cards drawn up to each date, just enough and one too many."""

import pytest

from ektp_sched.domain import Problem, Stock
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_delivery,
    a_problem,
    a_school,
    a_visit,
)
from tests.unit.compact.fixing import accepts


def stocked(opening: int, *deliveries: object, cohorts: object = 100, **stock: object) -> Problem:
    return a_problem(
        schools=(a_school(cohorts=cohorts, max_visits=9),),
        stock=Stock.model_validate({"opening": opening, "deliveries": deliveries, **stock}),
    )


def test_opening_stock_and_reserve() -> None:
    assert accepts(stocked(40), a_visit(students=40))
    assert not accepts(stocked(39), a_visit(students=40))
    assert accepts(stocked(45, reserve=5), a_visit(students=40))
    assert not accepts(stocked(44, reserve=5), a_visit(students=40))


def test_two_visits_share_the_stock_whatever_their_order() -> None:
    visits = (a_visit(date=THURSDAY, students=25), a_visit(date=TUESDAY, students=25))
    assert accepts(stocked(50), *visits)
    assert not accepts(stocked(49), *visits)


def test_a_delivery_helps_from_its_date_on() -> None:
    problem = stocked(20, a_delivery(WEDNESDAY, 20))
    assert accepts(problem, a_visit(date=WEDNESDAY, students=40))
    assert not accepts(problem, a_visit(date=TUESDAY, students=21))
    first, second = a_visit(date=MONDAY, students=20), a_visit(date=THURSDAY, students=20)
    assert accepts(problem, first, second)
    too_many = a_visit(date=MONDAY, students=21)
    assert not accepts(problem, too_many, second)
    unsure = stocked(20, a_delivery(WEDNESDAY, 20, confirmed=False))
    assert not accepts(unsure, a_visit(date=WEDNESDAY, students=21))


def test_the_counters_of_later_days_are_served_first() -> None:
    problem = stocked(60, walk_in_per_day=10)
    assert accepts(problem, a_visit(date=MONDAY, students=10))
    assert not accepts(problem, a_visit(date=MONDAY, students=11))


def test_counters_that_break_the_reserve_leave_nothing_before_and_a_delivery_after() -> None:
    problem = stocked(20, a_delivery(THURSDAY, 60), walk_in_overrides={WEDNESDAY: 30})
    assert not accepts(problem, a_visit(date=WEDNESDAY, students=10))
    assert accepts(problem, a_visit(date=THURSDAY, students=40))


@pytest.mark.parametrize(
    ("card_from", "kept"),
    [(MONDAY, False), (WEDNESDAY, False), (THURSDAY, True), ("2024-08-10", True)],
)
def test_a_blank_is_drawn_when_the_card_is_due(card_from: str, kept: bool) -> None:
    """Forty recorded on Tuesday; their forty blanks come on Thursday."""
    cohorts = (a_cohort(students=40, card_from=card_from),)
    problem = stocked(0, a_delivery(THURSDAY, 40), cohorts=cohorts)
    assert accepts(problem, a_visit(date=TUESDAY, students=40)) is kept


def test_those_due_after_the_horizon_need_no_stock() -> None:
    cohorts = (a_cohort("XI", 30, card_from="2025-01-01"), a_cohort("XII", 30))
    problem = stocked(10, cohorts=cohorts)
    assert accepts(problem, a_visit(students={"XI": 30, "XII": 10}))
    assert not accepts(problem, a_visit(students={"XI": 20, "XII": 11}))


@pytest.mark.parametrize("cards", ["later", "none"])
def test_where_no_blank_is_reserved_the_stock_limits_nothing(cards: str) -> None:
    assert accepts(stocked(0, cards=cards, reserve=7), a_visit(date=FRIDAY, students=40))
    assert not accepts(stocked(0), a_visit(date=FRIDAY, students=40))


def test_history_has_drawn_already() -> None:
    done = a_visit(date=MONDAY, students=30, status="done")
    problem = stocked(50).model_copy(update={"commitments": (done,)})
    assert accepts(problem, a_visit(date=TUESDAY, students=20))
    assert not accepts(problem, a_visit(date=TUESDAY, students=21))
    before = done.model_copy(update={"date": problem.start.replace(day=2)})
    problem = stocked(50).model_copy(update={"commitments": (before,)})
    assert accepts(problem, a_visit(date=TUESDAY, students=40))
