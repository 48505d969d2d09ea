"""The ledger day by day, computed by hand, in the three ways a recorded pupil draws a blank."""

from typing import Any

from ektp_sched.domain import Problem, Stock, Visit
from ektp_sched.rulebook import Ledger, check
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)


def stocked(opening: int, **fields: Any) -> Problem:
    problem_fields = {
        name: fields.pop(name) for name in ("schools", "commitments") if name in fields
    }
    return a_problem(stock=Stock(opening=opening, **fields), **problem_fields)


def ledger(problem: Problem, *visits: Visit) -> Ledger:
    return check(problem, a_plan(*visits)).ledger


def column(ledger: Ledger, name: str) -> list[int]:
    return [getattr(row, name) for row in ledger.rows]


def printed(ledger: Ledger) -> list[tuple[str, str, str | None, int]]:
    return [
        (p.school, p.cohort, p.printed.isoformat() if p.printed else None, p.cards)
        for p in ledger.printings
    ]


def test_reserve_day_by_day_with_a_delivery_mid_horizon() -> None:
    problem = stocked(100, reserve=20, walk_in_per_day=10, deliveries=(a_delivery(WEDNESDAY, 50),))
    found = ledger(problem, a_visit(students=40), a_visit(date=THURSDAY, students=30))
    assert [row.date.isoformat() for row in found.rows] == [
        MONDAY,
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        FRIDAY,
    ]
    assert column(found, "opening") == [100, 50, 40, 80, 40]
    assert column(found, "delivered") == [0, 0, 50, 0, 0]
    assert column(found, "counters") == [10, 10, 10, 10, 10]
    assert column(found, "schools") == [40, 0, 0, 30, 0]
    assert column(found, "closing") == [50, 40, 80, 40, 30]
    assert column(found, "reserve") == [20] * 5
    assert column(found, "short") == [0] * 5
    assert (found.reserve, found.backlog) == (20, 0)


def test_reserve_draws_at_17_or_never_within_the_horizon() -> None:
    cohorts = (
        a_cohort("X", card_from="2024-08-10"),
        a_cohort("XI", card_from=THURSDAY),
        a_cohort("XII", card_from="2024-08-01"),
    )
    found = ledger(
        stocked(100, schools=(a_school(cohorts=cohorts),)),
        a_visit(students={"X": 7, "XI": 8, "XII": 9}),
    )
    assert column(found, "schools") == [9, 0, 0, 8, 0]
    assert printed(found) == [("S1", "XI", THURSDAY, 8), ("S1", "XII", MONDAY, 9)]


def test_contingent_visits_and_unconfirmed_deliveries_are_not_in_the_ledger() -> None:
    problem = stocked(100, deliveries=(a_delivery(TUESDAY, 70, confirmed=False),))
    found = ledger(problem, a_visit(), a_visit(date=WEDNESDAY, status="contingent"))
    assert column(found, "delivered") == [0] * 5
    assert column(found, "schools") == [40, 0, 0, 0, 0]


def test_short_is_what_counters_and_history_alone_lack() -> None:
    done = a_visit(date=TUESDAY, students=25, status="done")
    problem = stocked(60, reserve=10, walk_in_per_day=10, commitments=(done,))
    found = ledger(problem, done, a_visit(date=MONDAY, students=5))
    # Without the visit: 50, 15, 5, −5, −15.
    assert column(found, "short") == [0, 0, 5, 15, 25]
    assert column(found, "closing") == [45, 10, 0, -10, -20]


def test_done_before_the_start_is_in_the_opening_stock() -> None:
    done = a_visit(date="2024-08-02", students=25, status="done")
    cohort = a_cohort(card_from=WEDNESDAY)
    for cards in ("reserve", "later"):
        problem = stocked(
            60, cards=cards, schools=(a_school(cohorts=(cohort,)),), commitments=(done,)
        )
        found = ledger(problem, done)
        assert column(found, "schools") == [0] * 5
        assert found.backlog == 0


def test_none_shows_the_counters_alone() -> None:
    done = a_visit(date=TUESDAY, students=25, status="done")
    problem = stocked(30, reserve=5, walk_in_per_day=10, cards="none", commitments=(done,))
    found = ledger(problem, done, a_visit())
    assert column(found, "closing") == [20, 10, 0, -10, -20]
    assert column(found, "schools") == [0] * 5
    assert column(found, "short") == [0, 0, 5, 15, 25]
    assert (found.printings, found.backlog) == ((), 0)


def test_later_prints_when_the_ledger_allows() -> None:
    problem = stocked(30, cards="later", deliveries=(a_delivery(THURSDAY, 25),))
    found = ledger(problem, a_visit(students=40), a_visit(date=TUESDAY, students=30))
    assert column(found, "schools") == [30, 0, 0, 25, 0]
    assert column(found, "closing") == [0] * 5
    assert found.backlog == 15
    assert check(problem, a_plan(a_visit(students=40))).ok


def test_later_prints_to_the_last_blank() -> None:
    problem = stocked(1, cards="later", deliveries=(a_delivery(TUESDAY, 39),))
    found = ledger(problem, a_visit(students=40))
    assert column(found, "schools") == [1, 39, 0, 0, 0]


def test_later_leaves_the_counters_what_they_need_until_a_delivery() -> None:
    problem = stocked(
        60, cards="later", reserve=10, walk_in_per_day=10, deliveries=(a_delivery(THURSDAY, 30),)
    )
    # Counters alone: 50, 40, 30, 50, 40. The lowest to come leaves 20 until Wednesday, then 30.
    found = ledger(problem, a_visit(students=40))
    assert column(found, "schools") == [20, 0, 0, 10, 0]
    assert column(found, "closing") == [30, 20, 10, 20, 10]
    assert found.backlog == 10


def test_later_prints_nothing_while_the_counters_will_break_the_reserve() -> None:
    problem = stocked(
        25, cards="later", walk_in_per_day=10, deliveries=(a_delivery(THURSDAY, 100),)
    )
    # Counters alone: 15, 5, −5, 85, 75.
    found = ledger(problem, a_visit(students=40))
    assert column(found, "schools") == [0, 0, 0, 40, 0]
    assert column(found, "short") == [0, 0, 5, 0, 0]


def test_later_prints_higher_priority_first_then_earlier_due_then_by_school() -> None:
    schools = (
        a_school("S2", cohorts=(a_cohort("XII"), a_cohort("XI", priority=2, card_from=TUESDAY))),
        a_school("S1", cohorts=(a_cohort("XII"), a_cohort("XI", priority=0))),
    )
    problem = stocked(10, cards="later", schools=schools, deliveries=(a_delivery(WEDNESDAY, 45),))
    found = ledger(
        problem,
        a_visit("S2", students={"XII": 15, "XI": 12}),
        a_visit("S1", start="12:00", end="14:00", students={"XII": 20, "XI": 5}),
    )
    # On Monday S1's twelfth class comes before S2's; on Wednesday the priority class, due since
    # Tuesday, comes before both; the class of priority 0 comes last.
    assert printed(found) == [
        ("S1", "XII", MONDAY, 10),
        ("S2", "XI", WEDNESDAY, 12),
        ("S1", "XII", WEDNESDAY, 10),
        ("S2", "XII", WEDNESDAY, 15),
        ("S1", "XI", WEDNESDAY, 5),
    ]
    assert column(found, "schools") == [10, 0, 42, 0, 0]


def test_later_prints_the_earlier_due_before_the_smaller_school_id() -> None:
    schools = (a_school("S1"), a_school("S2"))
    problem = stocked(0, cards="later", schools=schools, deliveries=(a_delivery(FRIDAY, 50),))
    found = ledger(problem, a_visit("S1", date=TUESDAY), a_visit("S2", date=MONDAY))
    assert printed(found) == [
        ("S2", "XII", FRIDAY, 40),
        ("S1", "XII", FRIDAY, 10),
        ("S1", "XII", None, 30),
    ]
    assert found.backlog == 30


def test_later_owes_no_card_that_is_due_after_the_horizon() -> None:
    cohorts = (a_cohort("XI", card_from="2024-08-10"), a_cohort("XII"))
    problem = stocked(0, cards="later", schools=(a_school(cohorts=cohorts),))
    found = ledger(problem, a_visit(students={"XI": 30, "XII": 10}))
    assert found.backlog == 10


def test_later_prints_for_done_visits_in_the_horizon_too() -> None:
    done = a_visit(students=30, status="done")
    problem = stocked(20, cards="later", commitments=(done,))
    found = ledger(problem, done)
    assert column(found, "schools") == [20, 0, 0, 0, 0]
    assert column(found, "short") == [0] * 5
    assert found.backlog == 10
