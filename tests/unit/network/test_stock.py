"""The allowance of R11: what visits to come may draw, worked out by hand."""

from ektp_sched.domain import Problem, Stock, Visit
from ektp_sched.engine.instance import build_network
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

SATURDAY = "2024-08-10"


def stocked(
    *commitments: Visit, cohorts: object = 100, end: str = FRIDAY, **stock: object
) -> Problem:
    return a_problem(
        schools=(a_school(cohorts=cohorts),),
        stock=Stock.model_validate({"opening": 100, **stock}),
        commitments=commitments,
        end=end,
    )


def allowance(problem: Problem, *, unconfirmed: bool = False) -> list[int]:
    found: list[int] = build_network(problem, unconfirmed=unconfirmed).allowance.tolist()
    return found


def done(date: str, students: int | dict[str, int] = 40) -> Visit:
    return a_visit(date=date, students=students, status="done")


def test_opening_less_reserve() -> None:
    assert allowance(stocked(reserve=30)) == [70] * 5


def test_a_delivery_counts_from_its_date() -> None:
    deliveries = (a_delivery(WEDNESDAY, 50), a_delivery(MONDAY, 1), a_delivery(WEDNESDAY, 5))
    assert allowance(stocked(deliveries=deliveries)) == [101, 101, 156, 156, 156]


def test_a_delivery_outside_the_horizon_counts_not() -> None:
    deliveries = (a_delivery("2024-08-04", 50), a_delivery(SATURDAY, 50))
    assert allowance(stocked(deliveries=deliveries)) == [100] * 5


def test_unconfirmed_deliveries_count_only_on_request() -> None:
    problem = stocked(deliveries=(a_delivery(TUESDAY, 50, confirmed=False),))
    assert allowance(problem) == [100] * 5
    assert allowance(problem, unconfirmed=True) == [100, 150, 150, 150, 150]


def test_counters_of_later_days_bind_earlier_ones() -> None:
    assert allowance(stocked(walk_in_per_day=10)) == [50] * 5
    deliveries = (a_delivery(THURSDAY, 40),)
    # levels 90 80 70 100 90: what is drawn up to Tuesday must leave Wednesday's level whole
    found = allowance(stocked(walk_in_per_day=10, deliveries=deliveries))
    assert found == [70, 70, 70, 90, 90]


def test_counters_work_on_office_days_that_are_no_holidays() -> None:
    problem = stocked(
        walk_in_per_day=10, walk_in_overrides={TUESDAY: 3, SATURDAY: 60}, end=SATURDAY
    )
    assert allowance(problem) == [57] * 6  # 10 + 3 + 10 + 10 + 10
    holidays = problem.model_copy(update={"holidays": (problem.start,)})
    assert allowance(holidays) == [67] * 6
    office = problem.model_copy(update={"working_days": ("sat",)})
    assert allowance(office) == [40] * 6


def test_where_counters_break_the_reserve_nothing_is_left_until_then() -> None:
    deliveries = (a_delivery(THURSDAY, 100),)
    overrides = {MONDAY: 0, WEDNESDAY: 150}
    problem = stocked(reserve=20, walk_in_overrides=overrides, deliveries=deliveries)
    # level less reserve: 80 80 −70 30 30
    assert allowance(problem) == [0, 0, 0, 30, 30]


def test_history_draws_on_its_date_or_when_the_card_is_due() -> None:
    cohorts = (a_cohort("XI", 50, card_from=THURSDAY), a_cohort("XII", 50))
    visit = done(TUESDAY, {"XI": 20, "XII": 5})
    # levels 100 95 95 75 75
    assert allowance(stocked(visit, cohorts=cohorts)) == [75] * 5
    deliveries = (a_delivery(THURSDAY, 20),)
    found = allowance(stocked(visit, cohorts=cohorts, deliveries=deliveries))
    assert found == [95] * 5
    assert allowance(stocked(visit, cohorts=cohorts, reserve=80)) == [0] * 5


def test_history_before_the_start_or_due_after_the_end_draws_nothing() -> None:
    cohorts = (a_cohort("XI", 50, card_from=THURSDAY), a_cohort("X", 50, card_from=SATURDAY))
    early = done("2024-08-02", {"XI": 20})
    late = done(TUESDAY, {"X": 20})
    assert allowance(stocked(early, late, cohorts=cohorts)) == [100] * 5
