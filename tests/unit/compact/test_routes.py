"""R3, R4, R5 and R12 in the circuits, each just kept and just broken."""

from typing import Any

import pytest

from ektp_sched.domain import Problem, Visit
from tests.builders import (
    MONDAY,
    a_break,
    a_problem,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
    some_travel,
)
from tests.unit.compact.fixing import accepts

ALL_DAY = (some_hours("05:00", "22:00"),)


def touring(travel: int = 10, *, schools: int = 2, **team: Any) -> Problem:
    """Schools that are open all day on Monday; any pupils on any visit of an hour."""
    places = tuple(
        a_school(f"S{n}", hours=ALL_DAY, setup_minutes=0, teardown_minutes=0, min_students=1)
        for n in range(1, schools + 1)
    )
    return a_problem(schools=places, teams=(a_team(**team),), travel=travel, end=MONDAY)


def stay(school: str, start: str, end: str) -> Visit:
    return a_visit(school, start=start, end=end, students=1)


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        ("07:10", "15:50", True),
        ("07:05", "15:50", False),  # leaves at 06:55
        ("07:10", "15:55", False),  # back at 16:05
    ],
)
def test_r3_out_and_back_within_the_shift(start: str, end: str, kept: bool) -> None:
    assert accepts(touring(), stay("S1", start, end)) is kept


def test_r3_a_shift_that_is_off_the_grid() -> None:
    problem = touring(shifts=(a_shift("07:01", "15:59"),))
    assert accepts(problem, stay("S1", "07:15", "15:45"))
    assert not accepts(problem, stay("S1", "07:10", "15:45"))
    assert not accepts(problem, stay("S1", "07:15", "15:50"))


@pytest.mark.parametrize(("start", "kept"), [("10:10", True), ("10:05", False), ("09:55", False)])
def test_r4_the_way_between_two_stays(start: str, kept: bool) -> None:
    assert accepts(touring(), stay("S1", "09:00", "10:00"), stay("S2", start, "11:00")) is kept


def test_r4_each_direction_has_its_own_time() -> None:
    travel = some_travel(["B", "S1", "S2"], 0, ways={("S1", "S2"): 30})
    problem = touring().model_copy(update={"travel": travel})
    assert accepts(problem, stay("S2", "09:00", "10:00"), stay("S1", "10:00", "11:00"))
    assert accepts(problem, stay("S1", "09:00", "10:00"), stay("S2", "10:30", "11:00"))
    assert not accepts(problem, stay("S1", "09:00", "10:00"), stay("S2", "10:25", "11:00"))


def test_r4_stays_without_a_way_between_may_touch_but_not_overlap() -> None:
    problem = touring(0, schools=3)
    tour = (stay("S1", "08:00", "09:00"), stay("S2", "09:00", "10:00"))
    assert accepts(problem, *tour, stay("S3", "10:00", "11:00"))
    assert not accepts(problem, *tour, stay("S3", "08:30", "08:35"))
    assert not accepts(problem, *tour, stay("S3", "08:00", "09:00"))


def resting(earliest: str, latest: str, *, shift: tuple[str, str] = ("07:00", "16:00")) -> Problem:
    """A break of half an hour in a day of ways of 20 minutes."""
    breaks = (a_break(30, earliest, latest),)
    return touring(20, breaks=breaks, shifts=(a_shift(*shift),))


@pytest.mark.parametrize(
    ("ends", "starts", "kept"),
    [
        ("12:00", "12:50", True),  # before the drive or after it
        ("12:00", "12:45", False),  # too short for drive and break
        ("11:40", "12:30", True),  # after the drive: 12:00–12:30
        ("11:35", "12:25", False),  # after the drive: 11:55–12:25
        ("12:30", "13:20", True),  # before the drive: 12:30–13:00
        ("12:35", "13:25", False),  # before the drive: 12:35–13:05
        ("11:00", "12:35", True),  # drive, wait, 12:00–12:30
        ("11:00", "12:25", False),  # long enough, but too early
        ("12:45", "15:00", False),  # long enough, but too late
    ],
)
def test_r5_between_two_stays(ends: str, starts: str, kept: bool) -> None:
    """From 12:00 to 13:00, with stays that leave no other gap."""
    problem = resting("12:00", "13:00")
    assert accepts(problem, stay("S1", "07:20", ends), stay("S2", starts, "15:40")) is kept


@pytest.mark.parametrize(
    ("earliest", "latest", "start", "kept"),
    [
        ("06:00", "06:30", "07:20", True),  # at base, before the shift
        ("06:45", "07:15", "07:35", True),  # at base until 07:15, there at 07:35
        ("06:45", "07:15", "07:30", False),
        ("07:20", "07:50", "07:50", True),  # on arrival
        ("07:20", "07:50", "07:45", False),
        ("06:55", "07:50", "07:45", True),  # at base from 06:55 to 07:25
        ("06:56", "07:49", "07:45", False),  # 07:26 at base, 07:20–07:50 there
    ],
)
def test_r5_before_the_first_stay(earliest: str, latest: str, start: str, kept: bool) -> None:
    assert accepts(resting(earliest, latest), stay("S1", start, "15:40")) is kept


@pytest.mark.parametrize(
    ("earliest", "latest", "end", "kept"),
    [
        ("16:00", "16:30", "15:40", True),  # at base after the shift
        ("15:59", "16:29", "15:40", False),  # the shift is long over, but still on the way
        ("15:10", "15:40", "15:10", True),  # at the school, then 15:40–16:00 home
        ("15:10", "15:40", "15:15", False),
        ("15:11", "15:41", "15:10", False),  # home a minute late, and home at 15:30 too late
        ("15:00", "16:00", "15:10", True),
        ("15:00", "16:00", "15:15", False),  # 15:45 leave; home at 15:35 until 16:05
    ],
)
def test_r5_after_the_last_stay(earliest: str, latest: str, end: str, kept: bool) -> None:
    assert accepts(resting(earliest, latest), stay("S1", "07:20", end)) is kept


def test_r5_a_day_at_base_has_its_break() -> None:
    assert accepts(resting("07:00", "07:30"))


def test_r12_visits_of_a_day() -> None:
    tour = (stay("S1", "08:00", "09:00"), stay("S2", "10:00", "11:00"))
    assert accepts(touring(max_visits_per_day=2), *tour)
    assert not accepts(touring(max_visits_per_day=1), *tour)
    assert accepts(touring(max_visits_per_day=1), tour[0])


def test_r12_driving_of_a_day() -> None:
    tour = (stay("S1", "08:00", "09:00"), stay("S2", "10:00", "11:00"))
    assert accepts(touring(max_travel_minutes=30), *tour)
    assert not accepts(touring(max_travel_minutes=29), *tour)
    assert accepts(touring(max_travel_minutes=29), tour[0])
    assert not accepts(touring(max_travel_minutes=19), tour[0])
    assert accepts(touring(0, max_travel_minutes=0), *tour)
