"""R5: an interval of the break's length inside its window is free of stays and of driving."""

import random

import pytest

from ektp_sched.domain import Problem, Visit
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.words import clock
from ektp_sched.rulebook.rules import missing_rest
from tests.builders import (
    TUESDAY,
    a_break,
    a_problem,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
    some_travel,
)
from tests.rules.verdicts import amounts, violations


def resting(
    minutes: int, earliest: str, latest: str, *, shift: tuple[str, str] = ("07:00", "16:00")
) -> Problem:
    """Two schools 20 minutes apart, 10 minutes from the base, and a break on Mondays."""
    rest = a_break(minutes, earliest, latest, days=("mon",))
    travel = some_travel(["B", "S1", "S2"], ways={("S1", "S2"): 20, ("S2", "S1"): 20})
    hours = (some_hours("05:00", "22:00"),)
    return a_problem(
        schools=(a_school("S1", hours=hours), a_school("S2", hours=hours)),
        teams=(a_team(breaks=(rest,), shifts=(a_shift(*shift),)),),
        travel=travel,
    )


def tour(end: str, start: str) -> tuple[Visit, Visit]:
    """S1 until `end`, then S2 from `start`."""
    return a_visit("S1", end=end), a_visit("S2", start=start, end="15:30")


def test_no_break_rule_that_day_or_no_visit() -> None:
    problem = resting(60, "08:00", "15:30")
    assert amounts("R5", problem) == []
    assert amounts("R5", problem, a_visit(date=TUESDAY, end="15:30")) == []


@pytest.mark.parametrize(
    ("end", "start", "missing"),
    [
        ("12:00", "12:50", 0),  # break then drive, or drive then break
        ("12:00", "12:45", 5),  # a gap of 45 minutes holds a drive of 20 and 25 minutes' rest
        ("11:40", "12:30", 0),  # drive 11:40–12:00, break 12:00–12:30
        ("12:30", "13:20", 0),  # break 12:30–13:00, drive
        ("11:35", "12:25", 5),  # after the drive at most 12:00–12:25
        ("12:35", "13:25", 5),  # before the drive at most 12:35–13:00
        ("09:00", "12:20", 10),  # the drive is over early, but the window opens at 12:00
    ],
)
def test_a_gap_between_stays(end: str, start: str, missing: int) -> None:
    problem = resting(30, "12:00", "13:00")
    assert amounts("R5", problem, *tour(end, start)) == ([(missing, "minutes")] if missing else [])


def test_a_drive_is_not_interrupted_by_the_break() -> None:
    # Neither 12:00–12:15 before a late drive nor 12:10–12:30 after an early one is long enough.
    problem = resting(30, "12:00", "12:30")
    assert amounts("R5", problem, *tour("11:50", "12:35")) == [(10, "minutes")]
    # Leaving early: drive 11:40–12:00, rest at the school. Leaving late: rest first.
    assert amounts("R5", problem, *tour("11:40", "12:30")) == []
    assert amounts("R5", problem, *tour("12:00", "12:50")) == []


def test_the_message() -> None:
    (violation,) = violations("R5", resting(30, "12:00", "13:00"), *tour("12:00", "12:45"))
    assert violation.message == (
        "Team A on 2024-08-05: no free 30 minutes for the break within 12:00–13:00,"
        " 5 minutes missing"
    )
    assert violation.visits == (0, 1)


@pytest.mark.parametrize(("start", "missing"), [("08:40", 0), ("08:35", 5)])
def test_at_base_before_leaving_with_the_drive_after(start: str, missing: int) -> None:
    # The shift starts with the window: an early drive would leave 08:10–08:30 only.
    problem = resting(30, "08:00", "08:30", shift=("08:00", "16:00"))
    visit = a_visit(start=start, end="15:30")  # leaves at 08:30, or 08:25
    expected = [(missing, "minutes")] if missing else []
    assert amounts("R5", problem, visit) == expected


@pytest.mark.parametrize(("start", "missing"), [("07:45", 0), ("07:35", 5)])
def test_waiting_at_the_first_school_after_an_early_drive(start: str, missing: int) -> None:
    # The shift starts at 07:00, so the drive is over at 07:10 at the earliest; window from 07:05.
    visit = a_visit(start=start, end="15:30")
    expected = [(missing, "minutes")] if missing else []
    assert amounts("R5", resting(30, "07:05", "07:45"), visit) == expected


@pytest.mark.parametrize(("start", "missing"), [("07:40", 0), ("07:35", 5)])
def test_before_the_shift_a_break_needs_no_shift(start: str, missing: int) -> None:
    # Window 07:00–07:40 in a shift from 07:30: at base until 07:30 or until the drive.
    problem = resting(30, "07:00", "07:40", shift=("07:30", "16:00"))
    visit = a_visit(start=start, end="15:30")
    expected = [(missing, "minutes")] if missing else []
    assert amounts("R5", problem, visit) == expected


@pytest.mark.parametrize(("end", "missing"), [("11:20", 0), ("11:25", 5)])
def test_after_a_short_friday_the_break_is_at_base(end: str, missing: int) -> None:
    problem = resting(30, "11:00", "12:00", shift=("07:00", "11:35"))
    expected = [(missing, "minutes")] if missing else []
    assert amounts("R5", problem, a_visit(start="07:10", end=end)) == expected


@pytest.mark.parametrize(("back", "missing"), [("13:10", 0), ("13:05", 5)])
def test_resting_at_the_last_school_before_driving_home(back: str, missing: int) -> None:
    # The window ends at 13:00: too early for a rest at base, and the drive home is bound by R3.
    problem = resting(30, "12:00", "13:00", shift=("07:00", back))
    expected = [(missing, "minutes")] if missing else []
    assert amounts("R5", problem, a_visit(end="12:30")) == expected


def test_a_day_without_shift_is_left_to_r1_and_done_visits_are_exempt() -> None:
    rest = a_break(30, "12:00", "13:00")
    idle = a_problem(teams=(a_team(breaks=(rest,), shifts=()),))
    assert amounts("R5", idle, a_visit(start="11:00", end="15:00")) == []
    done = a_visit(start="11:00", end="15:00", status="done")
    problem = a_problem(teams=(a_team(breaks=(rest,)),), commitments=(done,))
    assert amounts("R5", problem, done) == []


def test_a_stay_that_overlaps_the_next_leaves_no_gap() -> None:
    long, short = a_visit("S1", end="15:00"), a_visit("S2", start="09:00", end="10:00")
    assert amounts("R5", resting(30, "12:00", "13:00"), long, short) == [(30, "minutes")]


class Tour(Value):
    """A random day in minutes after midnight, in a world that is over at 02:00."""

    shift: tuple[int, int]
    spans: tuple[tuple[int, int], ...]
    legs: tuple[int, ...]
    rest: tuple[int, int, int]


def random_tour(dice: random.Random) -> Tour:
    stays = dice.randint(1, 3)
    legs = tuple(dice.randint(0, 12) for _ in range(stays + 1))
    begins = at = dice.randint(0, 20)
    spans = []
    for leg in legs[:-1]:
        start = at + leg + dice.choice((0, 0, 3, 8, 15))
        at = start + dice.randint(1, 15)
        spans.append((start, at))
    ends = at + legs[-1] + dice.choice((1, 4, 12))
    minutes = dice.randint(1, 18)
    earliest = dice.randint(0, 119 - minutes)
    latest = min(119, earliest + minutes + dice.randint(0, 12))
    return Tour(
        shift=(begins, ends), spans=tuple(spans), legs=legs, rest=(minutes, earliest, latest)
    )


def by_trying(tour: Tour, minutes: int) -> bool:
    """Whether a break of so many minutes exists: every start, with every start of every drive."""
    (leaves, back), (_, earliest, latest) = tour.shift, tour.rest
    frees = [leaves, *(end for _, end in tour.spans)]
    untils = [*(start for start, _ in tour.spans), back]
    for start in range(earliest, latest - minutes + 1):
        rest = (start, start + minutes)
        clear = all(apart(rest, span) for span in tour.spans)
        drivable = all(
            any(
                leg == 0 or apart(rest, (leave, leave + leg))
                for leave in range(free, until - leg + 1)
            )
            for free, until, leg in zip(frees, untils, tour.legs, strict=True)
        )
        if clear and drivable:
            return True
    return False


def apart(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[1] <= b[0] or b[1] <= a[0]


@pytest.mark.parametrize("seed", range(40))
def test_trying_every_minute_agrees(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        tour = random_tour(dice)
        minutes, earliest, latest = tour.rest
        missing = missing_rest(
            a_break(minutes, clock(earliest), clock(latest)),
            a_shift(clock(tour.shift[0]), clock(tour.shift[1])),
            tour.spans,
            tour.legs,
        )
        longest = max((m for m in range(1, minutes + 1) if by_trying(tour, m)), default=0)
        assert missing == minutes - longest, tour
