"""T1 to T8 of fixed plans, by hand; the checker must count the same (see fixing.values)."""

import pytest

from ektp_sched.domain import Floor, Plan, Policy, Problem, Visit, WeightedTerm
from ektp_sched.engine.exact.objective import tier_expression
from tests.builders import (
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
    some_hours,
    some_travel,
)
from tests.unit.compact.fixing import fixed, solved, values

BEFORE = "2024-08-01"


def an_office(*commitments: Visit, **policy: object) -> Problem:
    """Three schools with two cohorts each, two teams."""
    cohorts = (a_cohort("XI", 100, priority=3), a_cohort("XII", 100))
    schools = (
        a_school("S1", cohorts=cohorts),
        a_school("S2", cohorts=cohorts, kind="SMK"),
        a_school("S3", cohorts=cohorts, district="Gading"),
    )
    ways = {("B", "S1"): 15, ("S1", "S2"): 25, ("S2", "B"): 5}
    return a_problem(
        schools=schools,
        teams=(a_team(), a_team("C")),
        travel=some_travel(["B", "S1", "S2", "S3"], ways=ways),
        policy=Policy.model_validate(policy),
        commitments=commitments,
    )


TOUR = (
    a_visit("S1", students={"XI": 4, "XII": 16}, end="09:30"),
    a_visit("S2", students=20, start="10:00", end="12:00"),
    a_visit("S1", "C", WEDNESDAY, students=10),
)


def test_nothing_done_is_worth_nothing() -> None:
    assert set(values(an_office()).values()) == {0}


def test_a_plan_of_three_visits() -> None:
    assert values(an_office(), *TOUR) == {
        "students": 4 * 3 + 16 + 20 + 10,
        "shortfall": 0,
        "schools": 2,
        "lessons": 50 * 15 * 100,
        "travel": 15 + 25 + 5 + 15 + 10,
        "team_days": 2,
        "wait": 10 * 2,
        "changes": 0,
    }


def test_history_counts_for_pupils_floors_and_schools_but_costs_nothing() -> None:
    history = (
        a_visit("S1", date=BEFORE, students={"XI": 5}, status="done"),
        a_visit("S3", date=THURSDAY, students=6, status="done"),
    )
    floors = (Floor(by="district", value="Gading", percent=5),)
    found = values(an_office(*history, floors=floors), TOUR[0])
    assert (found["students"], found["schools"]) == (5 * 3 + 6 + 4 * 3 + 16, 2)
    assert found["shortfall"] == 10 - 6
    assert (found["travel"], found["team_days"], found["wait"]) == (25, 1, 0)
    assert found["lessons"] == 20 * 15 * 100


def test_shortfalls_of_several_floors_add_up() -> None:
    floors = (
        Floor(by="kind", value="SMA", percent=10),  # 40 pupils, 30 recorded
        Floor(by="kind", value="SMK", percent=10),  # 20, 20 recorded
        Floor(by="district", value="Ratu Agung", percent=13),  # 52, 50 recorded
        Floor(by="district", value="Gading", percent=0),
    )
    assert values(an_office(floors=floors), *TOUR)["shortfall"] == 10 + 0 + 2
    assert values(an_office(floors=floors))["shortfall"] == 40 + 20 + 52


def test_minutes_away_may_be_none() -> None:
    assert values(an_office(minutes_away_per_student=0), *TOUR)["lessons"] == 0


@pytest.mark.parametrize(
    ("start", "end", "percent"),
    [
        ("08:00", "10:00", 80),
        ("09:00", "11:00", 80),  # an hour in each: the earlier
        ("09:05", "11:05", 20),
        ("09:00", "13:00", 20),  # one, two and one hour
        ("11:30", "12:30", 20),
        ("11:35", "12:35", 0),
    ],
)
def test_lessons_of_a_stay_over_several_intervals(start: str, end: str, percent: int) -> None:
    hours = (
        some_hours("12:00", "14:00", lesson_percent=0),
        some_hours("08:00", "10:00", lesson_percent=80),
        some_hours("10:00", "12:00", lesson_percent=20),
    )
    problem = a_problem(schools=(a_school(hours=hours, min_students=1),))
    visit = a_visit(start=start, end=end, students=5)
    assert values(problem, visit)["lessons"] == 5 * 15 * percent


def test_lessons_of_nested_intervals() -> None:
    """A tie between intervals that begin together goes to the one that ends earlier."""
    hours = (
        some_hours("08:00", "12:00", lesson_percent=70),
        some_hours("08:00", "10:00", lesson_percent=30),
        some_hours("09:00", "10:00", lesson_percent=0),
    )
    problem = a_problem(schools=(a_school(hours=hours, min_students=1),))
    cases = {("08:00", "10:00"): 30, ("08:00", "10:05"): 70, ("09:00", "10:00"): 30}
    for (start, end), percent in cases.items():
        visit = a_visit(start=start, end=end, students=3)
        assert values(problem, visit)["lessons"] == 3 * 15 * percent


@pytest.mark.parametrize(
    ("change", "changes"),
    [
        ({}, 0),
        ({"status": "confirmed"}, 0),
        ({"start": "07:55"}, 1),
        ({"end": "09:35"}, 1),
        ({"students": {"XI": 5, "XII": 15}}, 1),
        ({"students": {"XI": 4, "XII": 101}}, 1),  # more than there are
        ({"team": "C"}, 1),
        ({"date": TUESDAY}, 1),
        ({"date": BEFORE}, 1),  # no team-day
        ({"start": "07:57"}, 1),  # off the grid
    ],
)
def test_changes_of_one_visit(change: dict[str, object], changes: int) -> None:
    was = Visit.model_validate({**TOUR[0].model_dump(), **change})
    assert values(an_office(), *TOUR, baseline=a_plan(was))["changes"] == changes
    assert values(an_office(), *TOUR, baseline=a_plan(was, *TOUR[1:]))["changes"] == changes


def test_changes_of_history_of_what_cannot_be_and_of_what_stands_twice() -> None:
    done = a_visit("S3", date=BEFORE, students=10, status="done")
    closed = a_visit("S1", start="17:00", end="18:00", students=1)
    young = (a_cohort("X", 50, record_from="2025-01-01"), a_cohort("XI", 50), a_cohort("XII", 50))
    problem = an_office(done)
    schools = (a_school("S1", cohorts=young), *problem.schools[1:])
    problem = problem.model_copy(update={"schools": schools})
    too_young = TOUR[0].model_copy(update={"students": {"X": 1, "XI": 4}})
    baseline = a_plan(done, closed, too_young, TOUR[1], TOUR[1])
    assert values(problem, *TOUR, baseline=baseline)["changes"] == 3
    assert values(problem, baseline=baseline)["changes"] == 4
    assert values(problem, baseline=Plan())["changes"] == 0


def test_a_tier_is_the_weighted_sum_with_costs_negative() -> None:
    tier = (
        WeightedTerm(term="students", weight=2),
        WeightedTerm(term="travel"),
        WeightedTerm(term="team_days", weight=1000),
    )
    model = fixed(an_office(), TOUR)
    assert model is not None
    model.proto.maximize(tier_expression(model.network, model.variables, tier, ()))
    solver = solved(model.proto)
    assert solver is not None
    assert round(solver.objective_value) == 2 * 58 - 70 - 2 * 1000
