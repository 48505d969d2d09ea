"""What still stands of a plan after changes, and why the rest does not."""

from datetime import date
from typing import Any

import pytest

from ektp_sched.desk.replan.standing import Standing, carrying, standing, still_allowed
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.errors import PlanError
from ektp_sched.rulebook import check
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_team,
    a_visit,
)

AGREED: Any = {"status": "confirmed"}


def what_stands(problem: Problem, *visits: Visit, frozen_until: str | None = None) -> Standing:
    carried = problem.model_copy(update={"commitments": visits})
    until = date.fromisoformat(frozen_until) if frozen_until else None
    return standing(carried, frozen_until=until)


def test_what_breaks_no_rule_stands() -> None:
    visits = (a_visit(**AGREED), a_visit(date=TUESDAY))
    stand = what_stands(a_problem(), *visits)
    assert (stand.held, stand.kept, stand.broken) == (visits[:1], visits[1:], ())


def test_a_promise_that_others_of_the_plan_mend_stands() -> None:
    """R10: fewer than min_students, and nobody is left after the visit before it."""
    school = a_school(cohorts=20, min_students=10)
    before = a_visit(date=MONDAY, students=15)
    promise = a_visit(date=TUESDAY, students=5, **AGREED)
    stand = what_stands(a_problem(schools=(school,)), before, promise)
    assert (stand.held, stand.kept, stand.broken) == ((promise,), (before,), ())


def test_a_closed_school_breaks_its_promise_and_the_rule_says_so() -> None:
    problem = a_problem(schools=(a_school(closed=(a_range(MONDAY, MONDAY),)),))
    stand = what_stands(problem, a_visit(**AGREED), a_visit(date=TUESDAY, **AGREED))
    (broken,) = stand.broken
    assert [rule.rule for rule in broken.rules] == ["R2"]
    assert (broken.visit, broken.now) == (a_visit(**AGREED), None)
    assert [str(visit.date) for visit in stand.held] == [TUESDAY]


def test_the_fewest_promises_are_broken() -> None:
    schools = (a_school("S1"), a_school("S2"), a_school("S3"))
    long = a_visit("S1", start="08:00", end="13:00", students=100, **AGREED)
    short = a_visit("S2", start="08:00", end="10:00", students=20, **AGREED)
    later = a_visit("S3", start="10:30", end="12:30", students=20, **AGREED)
    stand = what_stands(a_problem(schools=schools), long, short, later)
    assert [broken.visit.school for broken in stand.broken] == ["S1"]
    assert {rule.rule for rule in stand.broken[0].rules} == {"R4"}


def test_a_proposed_visit_gives_way_to_a_promise() -> None:
    schools = (a_school("S1"), a_school("S2"))
    stand = what_stands(a_problem(schools=schools), a_visit("S1"), a_visit("S2", **AGREED))
    assert [visit.school for visit in stand.visits] == ["S2"]
    assert stand.broken == ()


def test_frozen_visits_stay_like_promises_but_are_given_up_before_them() -> None:
    schools = (a_school("S1"), a_school("S2"))
    frozen, agreed = a_visit("S1"), a_visit("S2", **AGREED)
    stand = what_stands(a_problem(schools=schools), frozen, agreed, frozen_until=TUESDAY)
    assert [broken.visit for broken in stand.broken] == [frozen]
    alone = what_stands(a_problem(schools=schools), frozen, frozen_until=TUESDAY)
    assert alone.held == (frozen,)
    assert what_stands(a_problem(), a_visit(), frozen_until=MONDAY).held == ()


def test_with_fewer_kits_a_visit_keeps_its_time_with_fewer_pupils() -> None:
    problem = a_problem(teams=(a_team(kits=1),))
    stand = what_stands(problem, a_visit(**AGREED))
    (broken,) = stand.broken
    assert [rule.rule for rule in broken.rules] == ["R9"]
    assert broken.now == a_visit(students=21, **AGREED)
    assert stand.held == (broken.now,)


def test_fewer_pupils_than_make_a_visit_worthwhile_are_none() -> None:
    problem = a_problem(teams=(a_team(kits=1),), schools=(a_school(min_students=22),))
    assert what_stands(problem, a_visit(), a_visit(date=TUESDAY, **AGREED)).visits == ()


def test_pupils_of_the_lowest_priority_are_given_up_first() -> None:
    cohorts = (a_cohort("X", 20), a_cohort("XI", 20, priority=0), a_cohort("XII", 20))
    problem = a_problem(teams=(a_team(kits=1),), schools=(a_school(cohorts=cohorts),))
    visit = a_visit(students={"X": 10, "XI": 10, "XII": 15})
    assert dict(what_stands(problem, visit).kept[0].students) == {"X": 10, "XII": 11}


def test_where_blanks_lack_one_visit_has_fewer_pupils() -> None:
    schools = [a_school(f"S{n}") for n in range(1, 4)]
    visits = [a_visit(f"S{n}", date=MONDAY[:-1] + str(4 + n), **AGREED) for n in range(1, 4)]
    stand = what_stands(a_problem(schools=schools, stock={"opening": 105}), *visits)
    assert sorted(visit.recorded for visit in stand.held) == [25, 40, 40]
    assert [rule.rule for rule in stand.broken[0].rules] == ["R11"]


def test_only_those_who_draw_a_blank_are_given_up_for_blanks() -> None:
    cohorts = (a_cohort("now", 50), a_cohort("later", 50, card_from="2025-01-01"))
    problem = a_problem(schools=(a_school(cohorts=cohorts),), stock={"opening": 15})
    stand = what_stands(problem, a_visit(students={"now": 20, "later": 20}))
    assert dict(stand.kept[0].students) == {"now": 15, "later": 20}


def test_no_more_pupils_than_a_cohort_has() -> None:
    problem = a_problem(schools=(a_school(cohorts=50),))
    stand = what_stands(problem, a_visit(**AGREED), a_visit(date=TUESDAY))
    assert [visit.recorded for visit in stand.visits] == [40, 10]


def test_where_history_recorded_more_than_there_are_nobody_is_left() -> None:
    problem = a_problem(schools=(a_school(cohorts=30),))
    done = a_visit(status="done", students=40)
    stand = what_stands(problem, done, a_visit(date=TUESDAY, students=5))
    assert stand.visits == (done,)


def test_a_visit_that_has_become_too_small_takes_more() -> None:
    problem = a_problem(schools=(a_school(cohorts=(a_cohort("XI", 8), a_cohort("XII", 8))),))
    stand = what_stands(problem, a_visit(students=8, **AGREED))
    assert [rule.rule for rule in stand.broken[0].rules] == ["R10"]
    assert stand.held[0].recorded == 10


def test_a_visit_of_too_many_is_given_up_whichever_the_checker_blames() -> None:
    problem = a_problem(schools=(a_school(max_visits=1, cohorts=200),))
    small, large = a_visit(students=20), a_visit(date=FRIDAY, students=40)
    assert what_stands(problem, small, large).kept == (large,)
    assert what_stands(problem, large, a_visit(date=MONDAY, students=20)).kept == (large,)


def test_a_rest_stands_only_where_the_others_do() -> None:
    """Five who are left make a visit (R10) only while the visit before records the others."""
    problem = a_problem(schools=(a_school(cohorts=45, closed=(a_range(MONDAY, MONDAY),)),))
    rest = a_visit(date=THURSDAY, students=5)
    stand = what_stands(problem, a_visit(), rest)
    assert [visit.recorded for visit in stand.visits] == [10]
    moved = what_stands(problem, a_visit(date=WEDNESDAY), rest)
    assert [visit.recorded for visit in moved.visits] == [40, 5]


def complaints(problem: Problem, plan: Plan) -> list[str]:
    with pytest.raises(PlanError) as caught:
        carrying(problem, plan)
    return [str(complaint) for complaint in caught.value.complaints]


def test_a_plan_must_be_one_of_the_problem() -> None:
    assert "visits[0].school" in complaints(a_problem(), a_plan(a_visit("S9")))[0]
    assert "in the plan twice" in complaints(a_problem(), a_plan(a_visit(), a_visit()))[0]
    done = a_plan(a_visit(status="done"))
    assert "visit_done" in complaints(a_problem(), done)[0]


def test_a_plan_is_carried_with_what_was_promised() -> None:
    promised = a_visit(date=FRIDAY, **AGREED)
    plan = a_plan(a_visit(), a_visit(date=TUESDAY, status="contingent"))
    carried = carrying(a_problem(commitments=(promised,)), plan)
    assert carried.commitments == (a_visit(), promised)


def test_a_plan_that_still_keeps_all_rules_is_a_start_as_it_is() -> None:
    later = a_visit("S2", date=TUESDAY, students=30, status="contingent")
    plan = a_plan(a_visit(students=40), later)
    office = a_problem(schools=(a_school("S1"), a_school("S2")))
    assert still_allowed(office, plan) == a_plan(a_visit(students=40))


def test_of_a_plan_that_breaks_rules_now_what_stands_and_all_promises_are_a_start() -> None:
    promised = a_visit("S2", date=TUESDAY, students=30, status="confirmed")
    plan = a_plan(a_visit(students=40), a_visit("S1", date=FRIDAY, students=20), promised)
    schools = (a_school("S1", cohorts=40), a_school("S2"))
    office = a_problem(schools=schools, commitments=(promised,))
    start = still_allowed(office, plan)
    assert check(office, start).ok
    assert promised in start.visits
    assert sum(visit.recorded for visit in start.visits) == 70


def test_visits_of_what_is_no_longer_there_are_no_part_of_a_start() -> None:
    here = a_visit(students=40)
    strange = (a_visit("S9"), a_visit(team="Z"), a_visit(students={"XI": 3}))
    assert a_problem().known_part(a_plan(strange[0], here, *strange[1:])) == a_plan(here)
