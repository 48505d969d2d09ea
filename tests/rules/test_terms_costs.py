"""T4 lessons, T5 travel, T6 team-days and T8 changes, by hand."""

from typing import Any

import pytest

from ektp_sched.domain import ExtraHours, Hours, Policy, Problem, Visit
from ektp_sched.rulebook import Score, score_of
from tests.builders import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_team,
    a_visit,
    some_hours,
    some_travel,
)


def score(problem: Problem, *visits: Visit) -> Score:
    return score_of(problem, a_plan(*visits))


def lesson_percent(visit: Visit, *hours: Hours, **fields: Any) -> int:
    """What T4 says for one pupil away for one minute."""
    problem = a_problem(
        schools=(a_school(hours=hours, **fields),), policy=Policy(minutes_away_per_student=1)
    )
    return score(problem, visit).lessons // visit.recorded


def test_t4_in_hundredths_of_a_pupils_minute() -> None:
    hours = (some_hours(lesson_percent=60),)
    problem = a_problem(schools=(a_school(hours=hours),), policy=Policy(minutes_away_per_student=9))
    visits = (a_visit(students=40), a_visit(date=TUESDAY, students=3))
    assert score(problem, *visits).lessons == 43 * 9 * 60


MORNING = some_hours("07:00", "09:00", lesson_percent=90)
NOON = some_hours("09:00", "12:00", lesson_percent=30)


@pytest.mark.parametrize(
    ("start", "end", "percent"),
    [
        ("07:00", "09:00", 90),
        ("09:00", "12:00", 30),
        ("08:00", "10:05", 30),  # 60 minutes of the morning, 65 of noon
        ("07:55", "10:00", 90),  # 65 and 60
        ("08:00", "10:00", 90),  # 60 each: the earlier
        ("12:00", "13:00", 100),  # touches neither: forbidden by R2, all of it counts as lessons
    ],
)
def test_t4_takes_the_interval_that_holds_most_of_the_stay(
    start: str, end: str, percent: int
) -> None:
    visit = a_visit(start=start, end=end)
    assert lesson_percent(visit, MORNING, NOON) == percent
    assert lesson_percent(visit, NOON, MORNING) == percent


def test_t4_looks_at_intervals_before_they_are_merged() -> None:
    # 10 percent holds 80 minutes of the stay, but in two intervals of 40; 70 percent holds 50.
    hours = [
        some_hours("08:00", "08:40", lesson_percent=10),
        some_hours("08:40", "09:20", lesson_percent=10),
        some_hours("09:10", "10:00", lesson_percent=70),
    ]
    assert lesson_percent(a_visit(), *hours) == 70


def test_t4_ties_go_to_the_earlier_end_and_then_to_the_lower_percent() -> None:
    long, short = some_hours("07:00", "12:00", lesson_percent=80), some_hours("07:00", "11:00")
    assert lesson_percent(a_visit(), long, short) == 100
    same = some_hours("07:00", "11:00", lesson_percent=40)
    assert lesson_percent(a_visit(), long, short, same) == 40


def test_t4_knows_extra_hours_and_replaced_ones() -> None:
    extra = {"date": MONDAY, "start": "08:00", "end": "10:00", "lesson_percent": 20}
    add = ExtraHours.model_validate(extra)
    stand_for = ExtraHours.model_validate({**extra, "replaces": True})
    weekly = some_hours("09:00", "12:00", lesson_percent=50)
    assert lesson_percent(a_visit(end="11:30"), weekly, extra_hours=(add,)) == 50
    assert lesson_percent(a_visit(end="11:30"), weekly, extra_hours=(stand_for,)) == 20
    assert lesson_percent(a_visit(date=TUESDAY), weekly, extra_hours=(stand_for,)) == 50


def test_t4_on_a_closed_date_and_of_done_visits() -> None:
    free = some_hours(lesson_percent=0)
    assert lesson_percent(a_visit(), free) == 0
    assert lesson_percent(a_visit(), free, closed=(a_range(MONDAY, MONDAY),)) == 100
    assert lesson_percent(a_visit(status="done"), some_hours()) == 0


def test_t5_and_t6_go_from_base_to_base_on_each_team_day() -> None:
    ways = {("B", "S1"): 11, ("S1", "S2"): 22, ("S2", "B"): 33, ("S1", "B"): 44}
    schools = (a_school("S1"), a_school("S2"))
    problem = a_problem(
        schools=schools,
        teams=(a_team("A"), a_team("C")),
        travel=some_travel(["B", "S1", "S2"], 500, ways=ways),
    )
    visits = (
        a_visit("S2", start="11:00", end="13:00"),
        a_visit("S1"),
        a_visit("S1", "C", date=TUESDAY),
        a_visit("S1", "A", date=WEDNESDAY, status="done"),
    )
    found = score(problem, *visits)
    assert (found.travel, found.team_days) == (11 + 22 + 33 + 11 + 44, 2)


BASELINE = a_plan(a_visit(), a_visit("S2", date=TUESDAY, students={"XII": 20}))


def changes(*visits: Visit) -> int:
    problem = a_problem(schools=(a_school("S1"), a_school("S2")), teams=(a_team("A"), a_team("C")))
    return score_of(problem, a_plan(*visits), baseline=BASELINE).changes


def test_t8_counts_visits_of_the_baseline_that_did_not_stay_as_they_were() -> None:
    first, second = BASELINE.visits
    assert changes() == 2
    assert changes(first) == 1
    assert changes(second, first, a_visit(date=WEDNESDAY)) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"school": "S2"},
        {"team": "C"},
        {"date": WEDNESDAY},
        {"start": "08:05"},
        {"end": "10:05"},
        {"students": 39},
    ],
)
def test_t8_any_change_counts(change: dict[str, Any]) -> None:
    assert changes(BASELINE.visits[1], a_visit(**change)) == 1


@pytest.mark.parametrize(("status", "changed"), [("confirmed", 0), ("done", 0), ("contingent", 1)])
def test_t8_the_status_does_not_matter_but_the_firm_plan_is_what_counts(
    status: str, changed: int
) -> None:
    assert changes(BASELINE.visits[1], a_visit(status=status)) == changed


def test_t8_is_0_without_a_baseline_and_asks_for_no_known_names_in_it() -> None:
    assert score(a_problem(), a_visit()).changes == 0
    gone = a_plan(a_visit("closed for good"))
    assert score_of(a_problem(), a_plan(), baseline=gone).changes == 1
