"""Make-up visits for those who were missed, and how many are expected to come."""

from typing import Any

import pytest

from ektp_sched.desk.apply_changes import apply_changes
from ektp_sched.desk.changes import VisitDone
from ektp_sched.desk.follow_up import Expected, MakeUp, attendance, expecting, make_up
from ektp_sched.domain import Problem
from ektp_sched.errors import RequestError
from ektp_sched.solve import solve
from tests.builders import MONDAY, THURSDAY, a_cohort, a_plan, a_problem, a_school, a_visit
from tests.solving import judged


def a_report(**counts: dict[str, int]) -> VisitDone:
    usual = {"school": "S1", "date": MONDAY, "recorded": {"XII": 30}}
    return VisitDone.model_validate({**usual, **counts})


def after(report: VisitDone, **fields: Any) -> Problem:
    school = a_school(**{"cohorts": 40, "max_visits": 1, **fields})
    problem = a_problem(schools=(school,), commitments=(a_visit(),))
    return apply_changes(problem, [report])[-1]


def test_the_missed_get_a_visit_more_where_none_is_left() -> None:
    report = a_report(absent={"XII": 7}, failed={"XII": 1}, already={"XII": 2})
    problem, told = make_up(after(report), [report])
    assert told == (MakeUp(school="S1", absent=7, failed=1, missed={"XII": 8}, more_visits=1),)
    (school,) = problem.schools
    assert school.max_visits == 2
    made = solve(problem, time_limit=60, gap=0, deterministic=True).plan
    assert judged(problem, made).ok
    assert made is not None
    assert [visit.recorded for visit in made.visits] == [30, 8]


def test_where_visits_are_left_nothing_is_changed() -> None:
    report = a_report(absent={"XII": 7})
    before = after(report, max_visits=3)
    problem, told = make_up(before, [report])
    assert problem == before
    assert [one.more_visits for one in told] == [0]


def test_few_missed_or_recorded_since_need_no_visit() -> None:
    report = a_report(absent={"XII": 7})
    before = after(report)
    assert make_up(before, [report], least=8) == (before, ())
    later = a_visit(date=THURSDAY, students=10, status="done")
    since = before.model_copy(update={"commitments": (*before.commitments, later)})
    assert make_up(since, [report]) == (since, ())


def test_a_report_must_have_been_applied() -> None:
    with pytest.raises(RequestError, match="no visit of school 'S1'"):
        make_up(a_problem(), [a_report()])


def test_attendance_is_learnt_from_those_called() -> None:
    reports = [
        a_report(absent={"XII": 10}, failed={"XII": 2}, already={"XII": 9}),
        a_report(absent={"XII": 8}),
        VisitDone.model_validate({"school": "S2", "date": MONDAY, "recorded": {}}),
    ]
    assert attendance(reports) == {"S1": 77}  # 62 of 80


def test_fewer_are_expected_and_that_is_told() -> None:
    schools = (a_school("S1"), a_school("S2", cohorts=11), a_school("S3"))
    promised = (a_visit(status="confirmed"),)
    problem = a_problem(schools=schools, commitments=promised)
    fewer, told = expecting(problem, {"S1": 75, "S2": 50}, otherwise=100)
    assert told == (
        Expected(school="S1", percent=75, due=60, expected=45),
        Expected(school="S2", percent=50, due=11, expected=5),
    )
    assert [school.cohorts[0].students for school in fewer.schools] == [85, 5, 100]
    assert judged(fewer, a_plan(*promised)).ok


def test_small_cohorts_lose_no_more_than_their_school() -> None:
    cohorts = (a_cohort("a", 3), a_cohort("b", 3), a_cohort("c", 2))
    problem = a_problem(schools=(a_school(cohorts=cohorts),))
    fewer, told = expecting(problem, {"S1": 97})
    assert told == (Expected(school="S1", percent=97, due=8, expected=7),)
    assert [cohort.students for cohort in fewer.schools[0].cohorts] == [2, 3, 2]
    nobody, _ = expecting(problem, {"S1": 0})
    assert [cohort.students for cohort in nobody.schools[0].cohorts] == [0, 0, 0]


def test_percentages_must_be_some_of_known_schools() -> None:
    with pytest.raises(RequestError, match="'X' is not in the problem"):
        expecting(a_problem(), {"X": 50})
    with pytest.raises(RequestError, match=r"percent\[S1\]: 101 is no percentage"):
        expecting(a_problem(), {"S1": 101})
    with pytest.raises(RequestError, match=r"percent\[otherwise\]"):
        expecting(a_problem(), {}, otherwise=-1)
