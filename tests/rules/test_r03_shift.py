"""R3: a team leaves its base not before its shift starts and is back before it ends."""

import pytest

from ektp_sched.domain import Problem
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_problem,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
    some_travel,
)
from tests.rules.verdicts import amounts, violations


def shifted(start: str, end: str, *, out: int = 10, home: int = 10) -> Problem:
    """Schools open nearly all day; `out` and `home` minutes from and to the base."""
    hours = (some_hours("00:05", "23:50"),)
    schools = (a_school("S1", hours=hours), a_school("S2", hours=hours))
    ways = {("B", "S1"): out, ("B", "S2"): out, ("S1", "B"): home, ("S2", "B"): home}
    return a_problem(
        schools=schools,
        teams=(a_team(shifts=(a_shift(start, end),)),),
        travel=some_travel(["B", "S1", "S2"], ways=ways),
    )


def test_a_day_without_visits_has_no_driving() -> None:
    assert amounts("R3", shifted("07:00", "07:05")) == []


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        ("07:10", "15:45", []),
        ("07:05", "15:45", [5]),
        ("07:10", "15:50", [5]),
        ("07:05", "15:55", [5, 10]),
    ],
)
def test_the_drives_out_and_home_fit_in_the_shift(start: str, end: str, broken: list[int]) -> None:
    problem = shifted("07:00", "16:00", out=10, home=15)
    visit = a_visit(start=start, end=end)
    assert amounts("R3", problem, visit) == [(by, "minutes") for by in sorted(broken)]


def test_one_minute_is_enough_to_break_it() -> None:
    problem = shifted("07:50", "10:10", out=11, home=11)
    assert amounts("R3", problem, a_visit()) == [(1, "minutes"), (1, "minutes")]
    problem = shifted("07:50", "10:10", out=10, home=10)
    assert amounts("R3", problem, a_visit()) == []


def test_the_messages_say_when_and_how_far() -> None:
    early, late = violations("R3", shifted("08:00", "09:30", out=15), a_visit())
    assert early.message == (
        "Team A on 2024-08-05: to reach SMA 1 by 08:00, 15 minutes away, the team has to leave"
        " 15 minutes before its shift starts at 08:00"
    )
    assert late.message == (
        "Team A on 2024-08-05: leaving SMA 1 at 10:00, 10 minutes from its base, the team is back"
        " 40 minutes after its shift ends at 09:30"
    )


def test_only_the_first_and_last_stay_count() -> None:
    problem = shifted("07:00", "16:00", out=60, home=60)
    visits = (
        a_visit("S2", start="11:00", end="15:00"),
        a_visit("S1", start="08:00", end="10:00"),
    )
    assert amounts("R3", problem, *visits) == []


def test_no_drive_at_all_where_the_school_is_at_the_base() -> None:
    problem = shifted("08:00", "10:00", out=0, home=0)
    assert amounts("R3", problem, a_visit()) == []


def test_the_shift_of_the_weekday_counts() -> None:
    shifts = (a_shift("07:00", "16:00", days=("mon",)), a_shift("07:00", "09:00", days=("tue",)))
    problem = a_problem(teams=(a_team(shifts=shifts),))
    assert amounts("R3", problem, a_visit(date=MONDAY)) == []
    assert amounts("R3", problem, a_visit(date=TUESDAY)) == [(70, "minutes")]


def test_a_day_without_shift_is_left_to_r1() -> None:
    problem = a_problem(teams=(a_team(shifts=()),))
    assert amounts("R3", problem, a_visit()) == []


def test_done_visits_are_exempt_and_take_no_time() -> None:
    done = a_visit("S2", start="05:00", end="06:00", status="done")
    problem = a_problem(schools=(a_school("S1"), a_school("S2")), commitments=(done,))
    assert amounts("R3", problem, done, a_visit("S1")) == []
