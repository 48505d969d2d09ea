"""Teams, their shifts and breaks."""

from typing import Any

import pytest

from ektp_sched.domain import Break, Problem, Team
from tests.builders import a_problem, a_shift, a_team
from tests.unit.domain.faults import forbidden


def rest(minutes: int, earliest: str, latest: str, days: tuple[str, ...] = ("mon",)) -> Break:
    fields: dict[str, Any] = {"minutes": minutes, "earliest": earliest, "latest": latest}
    return Break.model_validate({"days": days, **fields})


def test_a_shift_may_last_a_minute() -> None:
    assert a_shift("07:00", "07:01").days[0] == "mon"


@pytest.mark.parametrize("end", ["07:00", "06:59"])
def test_a_shift_begins_before_it_ends(end: str) -> None:
    with forbidden("shift_backwards", saying=f"end {end} is not after start 07:00"):
        a_shift("07:00", end)


def test_a_break_may_fill_its_room() -> None:
    assert rest(60, "12:00", "13:00").minutes == 60


def test_a_break_longer_than_its_room_is_refused() -> None:
    with forbidden("break_too_long", saying="a break of 61 minutes does not fit between 12:00 and"):
        rest(61, "12:00", "13:00")


def test_a_break_whose_room_is_backwards_is_refused() -> None:
    with forbidden("break_too_long"):
        rest(1, "13:00", "12:00")


def test_a_break_takes_a_minute_at_least() -> None:
    assert rest(1, "12:00", "12:01").minutes == 1
    with forbidden("greater_than_equal"):
        rest(0, "12:00", "13:00")


def test_a_team_may_have_a_shift_and_a_break_on_each_weekday() -> None:
    shifts = (a_shift(days=("mon",)), a_shift(days=("tue",)))
    breaks = (rest(30, "12:00", "13:00"), rest(30, "12:00", "13:00", ("tue",)))
    assert len(a_team(shifts=shifts, breaks=breaks).shifts) == 2


def test_two_shifts_on_one_weekday_are_refused() -> None:
    shifts = (a_shift("07:00", "09:00"), a_shift("10:00", "12:00", days=("fri",)))
    with forbidden("two_shifts_a_day", saying="shifts name fri more than once"):
        a_team(shifts=shifts)


def test_two_breaks_on_one_weekday_are_refused() -> None:
    breaks = (rest(30, "09:00", "10:00"), rest(30, "12:00", "13:00"))
    with forbidden("two_breaks_a_day", saying="breaks name mon more than once"):
        a_team(breaks=breaks)


def test_the_defaults_of_a_team() -> None:
    team = a_team()
    assert (team.kits, team.seconds_per_student) == (2, 210)
    assert (team.max_visits_per_day, team.max_travel_minutes) == (None, None)


@pytest.mark.parametrize("field", ["kits", "seconds_per_student", "max_visits_per_day"])
def test_some_numbers_of_a_team_are_at_least_one(field: str) -> None:
    one: dict[str, Any] = {field: 1}
    none: dict[str, Any] = {field: 0}
    assert getattr(a_team(**one), field) == 1
    with forbidden("greater_than_equal", at=(field,)):
        a_team(**none)


def test_a_team_may_be_kept_from_driving() -> None:
    assert a_team(max_travel_minutes=0).max_travel_minutes == 0


def test_a_stand_in_stands_in_for_a_team_that_is_there() -> None:
    teams = (a_team("A"), a_team("B", stands_in_for="A"), a_team("C", stands_in_for="B"))
    real = a_problem(teams=teams).real_teams
    assert [real[team.id].id for team in teams] == ["A", "A", "A"]
    with forbidden("no_real_team", saying="teams[1].stands_in_for: team 'B'"):
        Problem.model_validate(as_stated(a_team("A"), a_team("B", stands_in_for="Z")))


def test_teams_do_not_stand_in_for_each_other() -> None:
    one, other = a_team("A", stands_in_for="B"), a_team("B", stands_in_for="A")
    with forbidden("no_real_team", saying="teams[0].stands_in_for: team 'A'"):
        Problem.model_validate(as_stated(one, other))


def as_stated(*teams: Team) -> dict[str, Any]:
    stated = a_problem().model_dump(mode="json", by_alias=True)
    return {**stated, "teams": [team.model_dump(mode="json") for team in teams]}
