"""Differences between two plans: their way from one to the other, and their sentences."""

import pytest

from ektp_sched.desk.differences import PlanDiff, diff_plans
from ektp_sched.domain import Plan, Visit
from ektp_sched.errors import RequestError
from ektp_sched.rulebook import score_of
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

PROBLEM = a_problem(
    schools=[a_school(f"S{n}") for n in range(1, 6)], teams=(a_team("A"), a_team("B"))
)
OLD = a_plan(
    a_visit("S1"),
    a_visit("S2", date=TUESDAY, status="confirmed"),
    a_visit("S3", date=TUESDAY, start="11:00", end="13:00"),
    a_visit("S4", date=FRIDAY),
)
NEW = a_plan(
    a_visit("S1", students=35),
    a_visit("S2", date=TUESDAY, status="confirmed"),
    a_visit("S3", "B", date=THURSDAY, start="09:30", end="11:30"),
    a_visit("S5", date=FRIDAY),
)


def sentences(old: Visit, new: Visit) -> list[str]:
    return diff_plans(a_plan(old), a_plan(new)).sentences(PROBLEM)


def by_visit(plan: Plan) -> set[str]:
    return {visit.model_dump_json() for visit in plan.visits}


def test_every_difference_has_its_sentence() -> None:
    assert diff_plans(OLD, NEW).sentences(PROBLEM) == [
        "SMA 1: stays on Mon 5 Aug 08:00 (Team A), 35 instead of 40 pupils",
        "SMA 3: moved from Tue 6 Aug 11:00 (Team A) to Thu 8 Aug 09:30 (Team B), 40 pupils",
        "SMA 4: no longer on Fri 9 Aug 08:00 (Team A), 40 pupils",
        "SMA 5: new on Fri 9 Aug 08:00 (Team A), 40 pupils",
    ]


def test_sentences_by_date_for_a_team() -> None:
    lines = diff_plans(OLD, NEW).of_team("A").sentences(PROBLEM, by_date=True)
    assert [line.split(":")[0] for line in lines] == ["SMA 1", "SMA 3", "SMA 4", "SMA 5"]
    (line,) = diff_plans(OLD, NEW).of_team("B").sentences(PROBLEM)
    assert line.startswith("SMA 3: moved")


def test_a_school_alone() -> None:
    diff = diff_plans(OLD, NEW)
    assert [len(diff.of_school(s).sentences(PROBLEM)) for s in ("S1", "S2", "S5")] == [1, 0, 1]
    assert len(diff.of_school("S2").kept) == 1


def test_a_longer_stay_and_other_pupils_are_told() -> None:
    assert sentences(a_visit(), a_visit(end="11:00", students=55)) == [
        "SMA 1: stays on Mon 5 Aug 08:00 (Team A), until 11:00 instead of 10:00, "
        "55 instead of 40 pupils"
    ]
    two = {"XI": 20, "XII": 20}
    assert sentences(a_visit(students=two), a_visit()) == [
        "SMA 1: stays on Mon 5 Aug 08:00 (Team A), 40 pupils (of other cohorts)"
    ]


def test_visits_of_one_date_belong_together_before_those_of_one_team() -> None:
    old = a_plan(a_visit(), a_visit(date=FRIDAY))
    new = a_plan(a_visit("S1", "B", FRIDAY), a_visit(date=THURSDAY))
    pairs = {(str(p.before.date), str(p.after.date)) for p in diff_plans(old, new).moved}
    assert pairs == {(FRIDAY, FRIDAY), (MONDAY, THURSDAY)}


def test_changes_are_those_that_the_checker_counts() -> None:
    diff = diff_plans(OLD, NEW)
    assert diff.changes == score_of(PROBLEM, NEW, baseline=OLD).changes == 3


def test_the_way_leads_from_the_old_plan_to_the_new_one() -> None:
    assert by_visit(diff_plans(OLD, NEW).apply(OLD)) == by_visit(NEW)
    assert diff_plans(OLD, OLD).changes == 0
    with pytest.raises(RequestError, match="no visit such as"):
        diff_plans(OLD, NEW).apply(NEW)


def test_a_status_alone_is_no_change_but_goes_along() -> None:
    agreed = a_plan(a_visit(status="confirmed"))
    diff = diff_plans(a_plan(a_visit()), agreed)
    assert (diff.changes, diff.sentences(PROBLEM)) == (0, [])
    assert diff.apply(a_plan(a_visit())) == agreed


def test_contingent_visits_are_left_aside() -> None:
    assert diff_plans(a_plan(a_visit(status="contingent")), a_plan()) == PlanDiff()
