"""R8: how many visits of a school, how far apart, and how many on one date."""

from typing import Any

import pytest

from ektp_sched.domain import Problem
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_problem,
    a_school,
    a_team,
    a_visit,
)
from tests.rules.verdicts import amounts, violations


def limited(**fields: Any) -> Problem:
    """One school with these fields and five teams."""
    return a_problem(schools=(a_school(**fields),), teams=tuple(map(a_team, "ACDEF")))


def test_visits_of_other_schools_do_not_count() -> None:
    problem = a_problem(schools=(a_school("S1", max_visits=1), a_school("S2", max_visits=1)))
    assert amounts("R8", problem, a_visit("S1"), a_visit("S2")) == []


def test_max_visits_allowed_and_the_last_ones_beyond_it_not() -> None:
    problem = limited(max_visits=2)
    days = [FRIDAY, MONDAY, THURSDAY, TUESDAY]
    assert amounts("R8", problem, *(a_visit(date=day) for day in days[:2])) == []
    (violation,) = violations("R8", problem, *(a_visit(date=day) for day in days))
    assert (violation.by, violation.unit, violation.visits) == (2, "visits", (0, 2))
    assert violation.message == "SMA 1: visits of the school: 4, where at most 2 may be"


def test_a_school_that_may_not_be_visited() -> None:
    assert amounts("R8", limited(max_visits=0), a_visit()) == [(1, "visits")]


def test_done_visits_use_up_the_number_but_are_not_to_blame() -> None:
    past = [a_visit(date=f"2024-07-{day}", status="done") for day in (29, 30, 31)]
    problem = a_problem(schools=(a_school(max_visits=2),), commitments=past)
    assert amounts("R8", problem, *past) == []
    (violation,) = violations("R8", problem, *past, a_visit())
    assert (violation.by, violation.visits) == (1, (3,))


@pytest.mark.parametrize(
    ("gap", "second", "close"),
    [(0, TUESDAY, 0), (1, TUESDAY, 1), (1, WEDNESDAY, 0), (3, TUESDAY, 3), (3, FRIDAY, 0)],
)
def test_min_gap_days_between_dates(gap: int, second: str, close: int) -> None:
    visits = (a_visit(date=second), a_visit(date=MONDAY))
    expected = [(close, "days")] if close else []
    assert amounts("R8", limited(min_gap_days=gap), *visits) == expected


def test_a_gap_that_is_too_short_in_words() -> None:
    (violation,) = violations(
        "R8", limited(min_gap_days=6), a_visit(date=MONDAY), a_visit(date=WEDNESDAY)
    )
    assert violation.message == (
        "SMA 1: the visits on 2024-08-05 and 2024-08-07 are 5 days too close (at least 7 apart)"
    )
    assert violation.visits == (0, 1)


def test_two_teams_on_one_date_keep_any_gap() -> None:
    problem = limited(min_gap_days=5, max_teams_per_day=2)
    assert amounts("R8", problem, a_visit(team="A"), a_visit(team="C")) == []


def test_done_visits_keep_others_at_a_distance_but_not_each_other() -> None:
    past = [a_visit(date="2024-08-01", status="done"), a_visit(date="2024-08-02", status="done")]
    problem = a_problem(schools=(a_school(min_gap_days=3, max_visits=9),), commitments=past)
    assert amounts("R8", problem, *past, a_visit(date=TUESDAY)) == []
    assert amounts("R8", problem, *past, a_visit(date=MONDAY)) == [(1, "days")]


def test_teams_per_day() -> None:
    problem = limited(max_teams_per_day=2, max_visits=9)
    visits = [
        a_visit(team=team, start=f"{h:02d}:00") for h, team in zip((8, 7, 9), "ACD", strict=True)
    ]
    assert amounts("R8", problem, *visits[:2]) == []
    assert amounts("R8", problem, *visits[:2], a_visit(date=TUESDAY)) == []
    (violation,) = violations("R8", problem, *visits)
    assert (violation.by, violation.unit, violation.visits) == (1, "visits", (2,))
    assert violation.message == (
        "SMA 1: visits of the school on 2024-08-05: 3, where at most 2 may be"
    )


def test_a_done_visit_takes_one_of_the_teams_per_day() -> None:
    done = a_visit(team="A", status="done", start="13:00", end="15:00")
    problem = a_problem(teams=(a_team("A"), a_team("C")), commitments=(done,))
    (violation,) = violations("R8", problem, done, a_visit(team="C"))
    assert violation.visits == (1,)


def test_a_team_comes_once_a_day() -> None:
    problem = limited(max_teams_per_day=2)
    twice = (a_visit(), a_visit(start="11:00", end="13:00"))
    (violation,) = violations("R8", problem, *twice)
    assert (violation.by, violation.visits) == (1, (1,))
    assert "on 2024-08-05 by Team A: 2, where at most 1 may be" in violation.message
    assert amounts("R8", problem, a_visit(), a_visit(date=TUESDAY)) == []
