"""check() as a whole: order, contingent visits, names, and plans of another problem."""

import pytest

from ektp_sched.domain import TERMS
from ektp_sched.errors import PlanError
from ektp_sched.rulebook import check, score_of
from ektp_sched.rulebook.rules import RULES
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)


def test_a_plan_that_breaks_nothing() -> None:
    report = check(a_problem(), a_plan(a_visit()), baseline=a_plan(a_visit(date=TUESDAY)))
    assert report.ok
    assert report.violations == ()
    assert report.with_contingent is None
    assert report.score == score_of(
        a_problem(), a_plan(a_visit()), baseline=a_plan(a_visit(date=TUESDAY))
    )
    assert {term: report.score.value(term) for term in TERMS} == {
        "students": 40,
        "shortfall": 0,
        "schools": 1,
        "lessons": 60_000,
        "travel": 20,
        "team_days": 1,
        "wait": 0,
        "changes": 1,
    }


def test_the_empty_plan_is_allowed() -> None:
    assert check(a_problem(), a_plan()).ok


def test_every_rule_is_in_the_table_in_order() -> None:
    assert list(RULES) == [f"R{number}" for number in range(1, 15)]


def test_violations_are_sorted_by_rule_then_date_then_place() -> None:
    problem = a_problem(
        schools=(a_school("S1"), a_school("S2", max_visits=9)),
        teams=(a_team("A"), a_team("C")),
    )
    plan = a_plan(
        a_visit("S2", "C", date=FRIDAY, start="08:01", students=1),
        a_visit("S2", "A", date=TUESDAY, start="08:01", students=90),
        a_visit("S1", "A", date=TUESDAY, start="05:01", end="06:00", students=90),
        a_visit("S1", "C", date=MONDAY, start="08:01", students=90),
    )
    report = check(problem, plan)
    assert not report.ok
    keys = [(int(v.rule[1:]), v.where) for v in report.violations]
    assert [rule for rule, _ in keys] == sorted(rule for rule, _ in keys)
    assert [place for rule, place in keys if rule == 14] == [
        "SMA 1 on 2024-08-05 by Team C",
        "SMA 1 on 2024-08-06 by Team A",
        "SMA 2 on 2024-08-06 by Team A",
        "SMA 2 on 2024-08-09 by Team C",
    ]


def test_what_both_plans_break_is_told_once_and_the_rest_is_marked() -> None:
    firm = a_visit(start="08:03")
    contingent = a_visit(date=TUESDAY, start="08:01", students=30, status="contingent")
    report = check(a_problem(), a_plan(contingent, firm))
    assert [(v.visits, v.message) for v in report.violations] == [
        (
            (1,),
            "SMA 1 on 2024-08-05 by Team A: 08:03–10:00 does not start and end on multiples of"
            " 5 minutes",
        ),
        (
            (0,),
            "SMA 1 on 2024-08-06 by Team A: with the contingent visits, 08:01–10:00 does not start"
            " and end on multiples of 5 minutes",
        ),
    ]
    assert report.score.students == 40
    assert report.with_contingent is not None
    assert report.with_contingent.students == 70


def test_names_that_several_share_are_told_apart_by_id() -> None:
    schools = (a_school("S1", name="SMA 1"), a_school("S2", name="SMA 1"))
    problem = a_problem(schools=schools)
    (violation,) = check(problem, a_plan(a_visit("S2", start="08:03"))).violations
    assert violation.where == "SMA 1 (S2) on 2024-08-05 by Team A"


def test_a_plan_of_another_problem_is_refused() -> None:
    stranger = a_plan(a_visit("S9"), a_visit(team="Z"), a_visit(students={"IX": 3}))
    with pytest.raises(PlanError) as caught:
        check(a_problem(), stranger)
    assert len(caught.value.complaints) == 3
    with pytest.raises(PlanError):
        score_of(a_problem(), stranger)
