from datetime import date, timedelta
from typing import Any

import pytest

from ektp_sched.domain import ExtraHours, School, Weekday
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.instance.build import (
    break_on,
    covered,
    days_of,
    merged_on_grid,
    open_pieces,
    shift_on,
)
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_break,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    some_hours,
)

MON = date.fromisoformat(MONDAY)
DAYS = [MON + timedelta(days=n) for n in range(5)]
USUAL = [(420, 900, 100)]


def extra(day: str, start: str, end: str, **fields: object) -> ExtraHours:
    return ExtraHours.model_validate({"date": day, "start": start, "end": end, **fields})


def pieces(**fields: Any) -> list[list[tuple[int, int, int]]]:
    return open_pieces(a_school(**fields), DAYS)


def test_both_ends_of_the_horizon_are_days() -> None:
    assert days_of(a_problem()) == DAYS
    assert days_of(a_problem(end=MONDAY)) == [MON]


def test_both_ends_of_a_range_are_in_it() -> None:
    ranges = [a_range(TUESDAY, WEDNESDAY), a_range(FRIDAY, FRIDAY)]
    assert [covered(day, ranges) for day in DAYS] == [False, True, True, False, True]


def test_weekly_hours_hold_on_their_weekdays_in_order_of_time() -> None:
    late = some_hours("13:00", "15:00", days=("mon", "fri"), lesson_percent=20)
    early = some_hours("07:00", "11:30", days=("mon", "tue"))
    morning, afternoon = (420, 690, 100), (780, 900, 20)
    expected = [[morning, afternoon], [morning], [], [], [afternoon]]
    assert pieces(hours=(late, early)) == expected


def test_ties_are_ordered_by_end_and_percent() -> None:
    hours = (
        some_hours("07:00", "12:00"),
        some_hours("07:00", "09:00", lesson_percent=50),
        some_hours("07:00", "12:00", lesson_percent=0),
    )
    assert pieces(hours=hours)[0] == [(420, 540, 50), (420, 720, 0), (420, 720, 100)]


def test_extra_hours_add_to_the_weekly_ones() -> None:
    found = pieces(extra_hours=(extra(TUESDAY, "16:00", "17:00", lesson_percent=0),))
    assert found == [USUAL, [*USUAL, (960, 1020, 0)], USUAL, USUAL, USUAL]


def test_one_replacing_entry_drops_the_weekly_hours_and_keeps_all_extra_ones() -> None:
    hours = (
        extra(TUESDAY, "09:00", "10:00", replaces=True),
        extra(TUESDAY, "08:00", "08:30"),
        extra("2024-08-12", "08:00", "08:30", replaces=True),
    )
    assert pieces(extra_hours=hours) == [USUAL, [(480, 510, 100), (540, 600, 100)], *[USUAL] * 3]


def test_closed_and_season_win_over_weekly_and_extra_hours() -> None:
    found = pieces(
        closed=(a_range(WEDNESDAY, WEDNESDAY),),
        not_before=TUESDAY,
        not_after=THURSDAY,
        extra_hours=(extra(MONDAY, "08:00", "09:00"), extra(WEDNESDAY, "08:00", "09:00")),
    )
    assert found == [[], USUAL, [], USUAL, []]


@pytest.mark.parametrize(
    ("stated", "step", "merged"),
    [
        ([], 5, []),
        ([(420, 900)], 5, [(420, 900)]),
        ([(420, 540), (540, 600)], 5, [(420, 600)]),  # touching
        ([(420, 540), (500, 600), (700, 800)], 5, [(420, 600), (700, 800)]),  # overlapping
        ([(420, 600), (450, 500)], 5, [(420, 600)]),  # one inside another
        ([(420, 539), (541, 600)], 5, [(420, 535), (545, 600)]),  # apart, then cut
        ([(421, 532), (532, 599)], 30, [(450, 570)]),  # merged before the cut
        ([(421, 449)], 30, []),  # no grid point but at most one
        ([(425, 455)], 30, []),  # the grid's 450 alone is no interval
        ([(0, 1439)], 7, [(0, 1435)]),
    ],
)
def test_merging_and_cutting_to_the_grid(
    stated: list[tuple[int, int]], step: int, merged: list[tuple[int, int]]
) -> None:
    assert merged_on_grid([(*one, 100) for one in stated], step) == merged


def test_rows_of_windows_and_pieces_by_school_and_day() -> None:
    split = (some_hours("07:00", "09:03", lesson_percent=0), some_hours("09:03", "12:00"))
    schools: tuple[School, ...] = (
        a_school("S1", closed=(a_range(MONDAY, THURSDAY),)),
        a_school("S2", hours=split, not_after=MONDAY),
    )
    network = build_network(a_problem(schools=schools))
    opened = {(s, d): network.windows(s, d) for s in range(2) for d in range(5)}
    assert {key: rows for key, rows in opened.items() if rows} == {
        (0, 4): [(420, 900)],
        (1, 0): [(420, 720)],
    }
    assert network.pieces(1, 0) == [(420, 543, 0), (543, 720, 100)]
    assert network.pieces(0, 0) == []


def test_shift_of_a_weekday_unless_the_team_is_off() -> None:
    shifts = (a_shift(days=("mon", "tue")), a_shift("08:00", "12:30", days=("fri",)))
    team = a_team(shifts=shifts, off=(a_range(TUESDAY, TUESDAY),))
    names: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    found = [shift_on(team, day, name) for day, name in zip(DAYS, names, strict=True)]
    assert found == [(420, 960), None, None, None, (480, 750)]


def test_break_of_a_weekday() -> None:
    team = a_team(breaks=(a_break(45, "11:00", "13:30", days=("fri",)),))
    assert break_on(team, "fri") == (45, 660, 810)
    assert break_on(team, "mon") == (0, 0, 0)
