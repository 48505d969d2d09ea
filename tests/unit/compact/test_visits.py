"""R8: how often, how close together and by how many teams, each just kept and just broken."""

from typing import Any

import pytest

from ektp_sched.domain import Problem, Visit
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
from tests.unit.compact.fixing import accepts

SUNDAY = "2024-08-04"


def visited(*history: Visit, **school: Any) -> Problem:
    """A school of 300 pupils and three teams."""
    one = a_school(cohorts=300, **school)
    teams = tuple(a_team(name) for name in "ACE")
    return a_problem(schools=(one,), teams=teams, commitments=history)


def on(date: str, team: str = "A") -> Visit:
    return a_visit(date=date, team=team, students=20)


def done(date: str, team: str = "A") -> Visit:
    return a_visit(date=date, team=team, students=20, status="done")


def test_most_visits() -> None:
    three = (on(MONDAY), on(TUESDAY), on(WEDNESDAY))
    assert accepts(visited(max_visits=3), *three)
    assert not accepts(visited(max_visits=2), *three)
    assert not accepts(visited(max_visits=0), on(MONDAY))


def test_most_visits_with_history() -> None:
    assert accepts(visited(done(SUNDAY), max_visits=2), on(MONDAY))
    assert not accepts(visited(done(SUNDAY), max_visits=1), on(MONDAY))
    assert accepts(visited(done(SUNDAY), done(FRIDAY), max_visits=1))
    assert not accepts(visited(done(SUNDAY), done(FRIDAY), max_visits=1), on(TUESDAY))


@pytest.mark.parametrize(
    ("gap", "second", "kept"),
    [
        (0, TUESDAY, True),
        (1, TUESDAY, False),
        (1, WEDNESDAY, True),
        (2, WEDNESDAY, False),
        (2, THURSDAY, True),
        (30, FRIDAY, False),
    ],
)
def test_days_between(gap: int, second: str, kept: bool) -> None:
    assert accepts(visited(min_gap_days=gap), on(MONDAY), on(second)) is kept
    assert accepts(visited(min_gap_days=gap), on(second), on(MONDAY)) is kept


def test_three_visits_keep_their_distance_pair_by_pair() -> None:
    problem = visited(min_gap_days=1, max_teams_per_day=2)
    assert accepts(problem, on(MONDAY), on(WEDNESDAY), on(FRIDAY))
    assert accepts(problem, on(MONDAY), on(MONDAY, "C"), on(WEDNESDAY))
    assert not accepts(problem, on(MONDAY), on(WEDNESDAY), on(THURSDAY, "C"))


@pytest.mark.parametrize(
    ("date", "kept"), [(TUESDAY, False), (WEDNESDAY, True), (THURSDAY, True), (FRIDAY, False)]
)
def test_days_from_history(date: str, kept: bool) -> None:
    """Done on Sunday and, by another team, on Thursday; two days between."""
    history = (done(SUNDAY), done(THURSDAY, "C"))
    problem = visited(*history, min_gap_days=2, max_teams_per_day=2)
    assert accepts(problem, on(date)) is (kept and date == THURSDAY)
    near = visited(*history, min_gap_days=1, max_teams_per_day=2)
    assert accepts(near, on(date)) is (date in {TUESDAY, THURSDAY})


def test_teams_on_one_date() -> None:
    trio = (on(MONDAY, "A"), on(MONDAY, "C"), on(MONDAY, "E"))
    assert not accepts(visited(), *trio[:2])
    assert accepts(visited(max_teams_per_day=2), *trio[:2])
    assert not accepts(visited(max_teams_per_day=2), *trio)
    assert accepts(visited(max_teams_per_day=3), *trio)


def test_teams_on_a_date_with_history() -> None:
    assert not accepts(visited(done(MONDAY)), on(MONDAY, "C"))
    problem = visited(done(MONDAY), max_teams_per_day=2)
    assert accepts(problem, on(MONDAY, "C"))
    assert not accepts(problem, on(MONDAY, "C"), on(MONDAY, "E"))


def test_a_team_is_at_a_school_once_a_day_history_included() -> None:
    problem = visited(done(MONDAY), max_teams_per_day=3)
    again = a_visit(start="11:00", end="12:30", students=10)
    assert not accepts(problem, again)
    assert accepts(problem, again.model_copy(update={"team": "C"}))
