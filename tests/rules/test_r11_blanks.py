"""R11: where cards are reserved, there is a blank for every pupil recorded."""

from typing import Any

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
from tests.rules.verdicts import amounts, violations


def stocked(opening: int, cohort: dict[str, Any] | None = None, **fields: Any) -> Problem:
    """So many blank cards at first; `cohort` overrides fields of the school's only one."""
    school = a_school(cohorts=(a_cohort(**(cohort or {})),), min_students=0, max_visits=9)
    return a_problem(schools=(school,), stock=Stock(opening=opening, **fields))


def test_no_visits_draw_nothing_however_low_the_stock() -> None:
    assert amounts("R11", stocked(0, reserve=500, walk_in_per_day=30)) == []


@pytest.mark.parametrize(("opening", "missing"), [(40, 0), (41, 0), (39, 1), (0, 40)])
def test_one_blank_for_each_pupil(opening: int, missing: int) -> None:
    expected = [(missing, "cards")] if missing else []
    assert amounts("R11", stocked(opening), a_visit(students=40)) == expected


def test_the_reserve_stays() -> None:
    assert amounts("R11", stocked(140, reserve=100), a_visit(students=40)) == []
    assert amounts("R11", stocked(139, reserve=100), a_visit(students=40)) == [(1, "cards")]


def test_counters_are_served_first_on_every_date_to_come() -> None:
    # Counters take 5 × 10 by Friday; what a visit draws on Monday must leave them that.
    assert amounts("R11", stocked(90, walk_in_per_day=10), a_visit(students=40)) == []
    (violation,) = violations("R11", stocked(89, walk_in_per_day=10), a_visit(students=40))
    assert violation.by == 1
    assert violation.where == "Blank cards on 2024-08-09"
    assert violation.message == (
        "Blank cards on 2024-08-09: visits draw up to 1 card more than there are for schools"
    )


def test_a_run_of_dates_is_one_violation_as_bad_as_its_worst() -> None:
    problem = stocked(60, walk_in_per_day=10, deliveries=(a_delivery(FRIDAY, 100),))
    # Left for schools at the end of each day: 50, 40, 30, 20, 110.
    visits = (a_visit(students=45), a_visit(date=WEDNESDAY, students=5), a_visit(date=FRIDAY))
    (violation,) = violations("R11", problem, *visits)
    assert violation.where == "Blank cards from 2024-08-06 to 2024-08-08"
    assert (violation.by, violation.visits) == (30, (0, 1))


def test_two_runs_are_two_violations() -> None:
    problem = stocked(0, deliveries=(a_delivery(WEDNESDAY, 20),))
    visits = (a_visit(students=10), a_visit(date=THURSDAY, students=15))
    first, second = violations("R11", problem, *visits)
    assert (first.where, first.by, first.visits) == (
        "Blank cards from 2024-08-05 to 2024-08-06",
        10,
        (0,),
    )
    assert (second.where, second.by, second.visits) == (
        "Blank cards from 2024-08-08 to 2024-08-09",
        5,
        (0, 1),
    )


@pytest.mark.parametrize(("arrives", "missing"), [(MONDAY, 0), (TUESDAY, 40)])
def test_a_delivery_counts_from_its_date_on(arrives: str, missing: int) -> None:
    problem = stocked(0, deliveries=(a_delivery(arrives, 40),))
    expected = [(missing, "cards")] if missing else []
    assert amounts("R11", problem, a_visit(students=40)) == expected


def test_unconfirmed_and_past_deliveries_do_not_count() -> None:
    announced = a_delivery(MONDAY, 40, confirmed=False)
    past = a_delivery("2024-08-02", 40)
    late = a_delivery("2024-08-12", 40)
    problem = stocked(5, deliveries=(announced, past, late))
    assert amounts("R11", problem, a_visit(students=40)) == [(35, "cards")]


def test_a_contingent_visit_may_use_unconfirmed_deliveries() -> None:
    announced = a_delivery(TUESDAY, 40, confirmed=False)
    problem = stocked(10, deliveries=(announced,))
    firm = a_visit(students=10)
    assert amounts("R11", problem, firm, a_visit(date=TUESDAY, status="contingent")) == []
    (violation,) = violations("R11", problem, firm, a_visit(date=MONDAY, status="contingent"))
    assert (violation.by, violation.visits) == (40, (0, 1))
    assert "with every delivery announced" in violation.message


def test_a_contingent_visit_that_still_lacks_blanks() -> None:
    announced = a_delivery(TUESDAY, 40, confirmed=False)
    problem = stocked(9, deliveries=(announced,))
    contingent = a_visit(date=TUESDAY, students=40, status="contingent")
    found = violations("R11", problem, a_visit(students=10), contingent)
    # The firm visit lacks one blank all week; with the delivery there are 49 for 50 on Tuesday.
    assert [(v.by, v.visits) for v in found] == [(1, (0,)), (1, (0, 1))]


def test_counters_work_on_the_offices_working_days_only() -> None:
    wed_thu = {"working_days": ("wed", "thu"), "holidays": (THURSDAY,)}
    stock = Stock(opening=50, walk_in_per_day=10)
    problem = a_problem(stock=stock, **wed_thu)
    assert amounts("R11", problem, a_visit(students=40)) == []
    assert amounts("R11", problem, a_visit(students=41)) == [(1, "cards")]


def test_walk_in_overrides_on_working_days_only() -> None:
    overrides = {MONDAY: 0, TUESDAY: 25, "2024-08-10": 500}
    stock = Stock.model_validate(
        {"opening": 85, "walk_in_per_day": 10, "walk_in_overrides": overrides}
    )
    problem = a_problem(stock=stock, end="2024-08-11")
    # 0 + 25 + 3 × 10 by Friday, nothing on Saturday.
    assert amounts("R11", problem, a_visit(students=30)) == []
    assert amounts("R11", problem, a_visit(students=31)) == [(1, "cards")]


@pytest.mark.parametrize(
    ("card_from", "where"),
    [
        ("2024-08-01", "from 2024-08-05 to 2024-08-09"),
        (TUESDAY, "from 2024-08-06 to 2024-08-09"),
        (FRIDAY, "on 2024-08-09"),
        ("2024-08-10", None),
    ],
)
def test_a_card_is_drawn_at_17(card_from: str, where: str | None) -> None:
    found = violations("R11", stocked(0, {"card_from": card_from}), a_visit())
    assert [v.where for v in found] == ([f"Blank cards {where}"] if where else [])


def test_a_card_due_while_only_a_later_delivery_can_serve_it() -> None:
    problem = stocked(0, {"card_from": THURSDAY}, deliveries=(a_delivery(WEDNESDAY, 40),))
    assert amounts("R11", problem, a_visit(date=MONDAY, students=40)) == []


def test_where_counters_alone_break_the_reserve_schools_get_nothing() -> None:
    # Levels 20, 10, 0, −10, −20 against a reserve of 5: short on Wednesday and after.
    problem = stocked(30, reserve=5, walk_in_per_day=10)
    assert amounts("R11", problem) == []
    (violation,) = violations("R11", problem, a_visit(students=1))
    # Not the shortage of the counters, only what the visit adds to it.
    assert (violation.by, violation.where) == (1, "Blank cards from 2024-08-07 to 2024-08-09")


def test_after_the_counters_recover_schools_draw_again() -> None:
    problem = stocked(0, walk_in_per_day=10, deliveries=(a_delivery(FRIDAY, 90),))
    assert amounts("R11", problem, a_visit(date=FRIDAY, students=40)) == []
    assert amounts("R11", problem, a_visit(date=FRIDAY, students=41)) == [(1, "cards")]
    assert amounts("R11", problem, a_visit(date=THURSDAY, students=40)) == [(40, "cards")]


def test_done_visits_draw_first_and_break_nothing_themselves() -> None:
    done = a_visit(students=60, status="done")
    school = a_school(cohorts=200)
    problem = a_problem(schools=(school,), stock=Stock(opening=100), commitments=(done,))
    assert amounts("R11", problem, done, a_visit(date=TUESDAY, students=40)) == []
    assert amounts("R11", problem, done, a_visit(date=TUESDAY, students=41)) == [(1, "cards")]
    poor = problem.model_copy(update={"stock": Stock(opening=50)})
    assert amounts("R11", poor, done) == []
    assert amounts("R11", poor, done, a_visit(date=TUESDAY, students=5)) == [(5, "cards")]


def test_done_visits_before_the_start_draw_nothing_ever() -> None:
    done = a_visit(date="2024-07-30", students=60, status="done")
    cohort = a_cohort(card_from=WEDNESDAY)
    problem = a_problem(
        schools=(a_school(cohorts=(cohort,)),), stock=Stock(opening=40), commitments=(done,)
    )
    assert amounts("R11", problem, done, a_visit(date=TUESDAY, students=40)) == []


@pytest.mark.parametrize("cards", ["later", "none"])
def test_other_ways_of_drawing_limit_no_visit(cards: str) -> None:
    assert amounts("R11", stocked(0, cards=cards, walk_in_per_day=10), a_visit()) == []
