import pytest

from ektp_sched.desk.call_up import CallUp, Period, call_up
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import PlanError, RequestError
from tests.builders import MONDAY, TUESDAY, a_cohort, a_plan, a_problem, a_school, a_team, a_visit

# Two kits of 240 seconds take a pupil in 2 minutes; recording is from 08:30 to 09:45.
CLASSES = {"XA": 10, "XB": 10, "XC": 10}


def a_visit_of(classes: dict[str, int]) -> tuple[Problem, Plan]:
    cohorts = tuple(a_cohort(name, count) for name, count in classes.items())
    school = a_school(cohorts=cohorts)
    problem = a_problem(schools=(school,), teams=(a_team(seconds_per_student=240),))
    return problem, a_plan(a_visit(students=classes, start="08:00", end="10:00"))


def lessons(*spans: str, weekday: str = "mon") -> dict[str, list[Period]]:
    pairs = (span.split("-") for span in spans)
    return {"S1": [Period(weekday=weekday, start=a, end=b) for a, b in pairs]}


def rows(calls: tuple[CallUp, ...]) -> list[str]:
    return [f"{c.start:%H:%M}-{c.end:%H:%M} {c.cohort} {c.pupils}" for c in calls]


def test_classes_follow_one_another_from_set_up_on() -> None:
    calls = call_up(*a_visit_of(CLASSES))
    assert rows(calls) == ["08:30-08:50 XA 10", "08:50-09:10 XB 10", "09:10-09:30 XC 10"]
    assert {call.lesson_minutes for call in calls} == {None}


def test_a_large_class_comes_in_even_groups() -> None:
    calls = call_up(*a_visit_of({"XA": 25}))
    assert rows(calls) == ["08:30-08:46 XA 8", "08:45-09:02 XA 8", "09:00-09:20 XA 9"]
    assert [call.pupils for call in call_up(*a_visit_of({"XA": 25}), size=25)] == [25]


def test_higher_priority_and_older_classes_come_first() -> None:
    cohorts = (
        a_cohort("young", 5, card_from=TUESDAY),
        a_cohort("old", 5),
        a_cohort("first", 5, card_from="2024-08-07", priority=2),
    )
    problem = a_problem(schools=(a_school(cohorts=cohorts),))
    plan = a_plan(a_visit(students={one.name: one.students for one in cohorts}))
    assert [call.cohort for call in call_up(problem, plan)] == ["first", "old", "young"]


def test_a_break_is_made_use_of() -> None:
    calls = call_up(*a_visit_of({"XA": 10}), periods=lessons("07:30-09:00", "09:30-12:00"))
    assert rows(calls) == ["09:00-09:20 XA 10"]
    assert calls[0].lesson_minutes == 0


def test_the_class_that_loses_most_is_spared_before_minutes_are() -> None:
    classes = {"XA": 5, "XB": 20}
    calls = call_up(*a_visit_of(classes), periods=lessons("07:30-08:50", "09:30-12:00"), size=30)
    assert [call.cohort for call in calls] == ["XA", "XB"]
    assert max(call.lesson_minutes or 0 for call in calls) <= 15


def test_a_class_keeps_to_one_lesson_where_it_can() -> None:
    calls = call_up(
        *a_visit_of({"XA": 10, "XB": 10}), periods=lessons("07:30-08:50", "08:50-09:30")
    )
    assert rows(calls)[0] == "08:30-08:50 XA 10"
    assert all(minutes <= 20 for minutes in (call.lesson_minutes or 0 for call in calls))


def test_lessons_of_other_weekdays_do_not_matter() -> None:
    calls = call_up(*a_visit_of(CLASSES), periods=lessons("07:30-12:00", weekday="tue"))
    assert {call.lesson_minutes for call in calls} == {0}
    assert [call.cohort for call in calls] == ["XA", "XB", "XC"]


def test_visits_done_are_over_and_one_school_can_be_asked_for() -> None:
    done = a_visit(date=MONDAY, students=5, status="done")
    problem = a_problem(schools=(a_school("S1"), a_school("S2")), commitments=(done,))
    plan = a_plan(
        done, a_visit(date=TUESDAY), a_visit("S2", date=TUESDAY, start="11:00", end="13:00")
    )
    assert {(call.school, str(call.date)) for call in call_up(problem, plan)} == {
        ("S1", TUESDAY),
        ("S2", TUESDAY),
    }
    assert {call.school for call in call_up(problem, plan, school="S2")} == {"S2"}


def test_bad_questions_are_refused() -> None:
    problem, plan = a_visit_of(CLASSES)
    with pytest.raises(RequestError, match="school 'S9' is not in the problem"):
        call_up(problem, plan, school="S9")
    with pytest.raises(RequestError, match="school 'S9' is not in the problem"):
        call_up(problem, plan, periods={"S9": []})
    with pytest.raises(RequestError, match="groups of 0 pupils"):
        call_up(problem, plan, size=0)
    with pytest.raises(PlanError, match="'S9' is not in the problem"):
        call_up(problem, a_plan(a_visit("S9")))
    with pytest.raises(RequestError, match="R9"):
        call_up(problem, a_plan(a_visit(students={"XA": 10}, end="08:45")))


def test_a_lesson_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="is not after start"):
        Period(weekday="mon", start="09:00", end="08:15")
