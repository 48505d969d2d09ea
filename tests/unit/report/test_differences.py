from ektp_sched.report.page import differences
from tests.builders import MONDAY, THURSDAY, TUESDAY, WEDNESDAY, a_plan, a_visit


def test_plans_that_are_alike() -> None:
    plan = a_plan(a_visit("S1"), a_visit("S2", date=TUESDAY))
    assert differences(plan, a_plan(*reversed(plan.visits))) == []


def test_the_status_is_no_difference() -> None:
    assert differences(a_plan(a_visit()), a_plan(a_visit(status="confirmed"))) == []


def test_pupils_are_one() -> None:
    (one,) = differences(a_plan(a_visit(students=40)), a_plan(a_visit(students=39)))
    assert one.change == "changed"


def test_visits_of_a_school_are_paired_in_order_of_time() -> None:
    former = a_plan(a_visit(date=MONDAY), a_visit(date=WEDNESDAY))
    now = a_plan(a_visit(date=THURSDAY), a_visit(date=TUESDAY))
    first, second = differences(former, now)
    assert (first.former, first.now) == (former.visits[0], now.visits[1])
    assert (second.former, second.now) == (former.visits[1], now.visits[0])


def test_new_and_dropped_visits() -> None:
    former, now = a_plan(a_visit("S1", date=TUESDAY)), a_plan(a_visit("S2", date=MONDAY))
    found = differences(former, now)
    assert [(one.school, one.change) for one in found] == [("S2", "added"), ("S1", "dropped")]
    assert [one.latest for one in found] == [now.visits[0], former.visits[0]]
