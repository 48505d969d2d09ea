"""R4: between two stays of a team at least the travel time passes; and how travel is counted."""

from typing import Any

import pytest

from ektp_sched.domain import (
    EstimatedTravel,
    Location,
    MatrixTravel,
    Problem,
    Travel,
    TravelOverride,
)
from ektp_sched.rulebook.travel import TravelTimes, great_circle_km
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_base,
    a_problem,
    a_school,
    a_team,
    a_visit,
    some_travel,
)
from tests.rules.verdicts import amounts, violations


def two_schools(minutes: int, **fields: Any) -> Problem:
    """Schools S1 and S2; from S1 to S2 it takes so long, back 3 minutes."""
    travel = some_travel(["B", "S1", "S2"], ways={("S1", "S2"): minutes, ("S2", "S1"): 3})
    return a_problem(schools=(a_school("S1"), a_school("S2")), travel=travel, **fields)


def test_one_stay_a_day_has_no_gap() -> None:
    visits = (a_visit("S1", date=MONDAY), a_visit("S2", date=TUESDAY))
    assert amounts("R4", two_schools(300), *visits) == []


@pytest.mark.parametrize(("start", "missing"), [("10:20", 0), ("10:25", 0), ("10:15", 5)])
def test_the_gap_holds_the_drive(start: str, missing: int) -> None:
    visits = (a_visit("S1", end="10:00"), a_visit("S2", start=start, end="12:00"))
    expected = [(missing, "minutes")] if missing else []
    assert amounts("R4", two_schools(20), *visits) == expected
    assert amounts("R4", two_schools(20), *reversed(visits)) == expected


def test_one_minute_is_enough_to_break_it() -> None:
    visits = (a_visit("S1", end="10:00"), a_visit("S2", start="10:20", end="12:00"))
    assert amounts("R4", two_schools(21), *visits) == [(1, "minutes")]


def test_each_direction_has_its_own_time() -> None:
    visits = (a_visit("S2", end="10:00"), a_visit("S1", start="10:05", end="12:00"))
    assert amounts("R4", two_schools(20), *visits) == []


def test_the_message_names_the_schools_and_the_gap() -> None:
    visits = (a_visit("S1"), a_visit("S2", start="10:10", end="12:00"))
    (violation,) = violations("R4", two_schools(20), *visits)
    assert violation.message == (
        "Team A on 2024-08-05: the drive from SMA 1 (until 10:00) to SMA 2 (from 10:10) takes"
        " 20 minutes: 10 minutes missing"
    )
    assert violation.visits == (0, 1)


def test_stays_may_touch_without_a_drive_but_never_overlap() -> None:
    touching = (a_visit("S1"), a_visit("S2", start="10:00", end="12:00"))
    overlapping = (a_visit("S1"), a_visit("S2", start="09:55", end="12:00"))
    assert amounts("R4", two_schools(0), *touching) == []
    assert amounts("R4", two_schools(0), *overlapping) == [(5, "minutes")]


def test_other_teams_do_not_matter() -> None:
    problem = two_schools(20, teams=(a_team("A"), a_team("C")))
    assert amounts("R4", problem, a_visit("S1", "A"), a_visit("S2", "C")) == []


def test_a_done_visit_takes_no_time() -> None:
    done = a_visit("S2", start="09:00", end="11:00", status="done")
    assert amounts("R4", two_schools(20, commitments=(done,)), done, a_visit("S1")) == []


NORTH = Location(lon=0.0, lat=1.0)
ORIGIN = Location(lon=0.0, lat=0.0)


def minutes(travel: Travel, start: str = "B", end: str = "S1", *, same_point: bool = False) -> int:
    """Travel from a base at 0° 0° to a school one degree north of it (or at the same point)."""
    school = a_school("S1", location=ORIGIN if same_point else NORTH)
    problem = a_problem(bases=(a_base(location=ORIGIN),), schools=(school,), travel=travel)
    return TravelTimes(problem).minutes(start, end)


def test_one_degree_of_latitude() -> None:
    # 6371.0088 km × π ÷ 180
    assert great_circle_km(ORIGIN, NORTH) == pytest.approx(111.195, abs=0.0005)
    assert great_circle_km(ORIGIN, Location(lon=180.0, lat=0.0)) == pytest.approx(20015.115, abs=1)


def test_a_quarter_turn_at_60_degrees() -> None:
    # The angle between them is arccos(sin² 60°) = arccos 0.75 = 0.722734 rad.
    a, b = Location(lon=10.0, lat=60.0), Location(lon=100.0, lat=60.0)
    assert great_circle_km(a, b) == pytest.approx(6371.0088 * 0.722734, abs=0.01)
    # The angle is arccos(cos 60° × cos 30°) = 1.122964 rad.
    c, d = Location(lon=0.0, lat=0.0), Location(lon=30.0, lat=-60.0)
    assert great_circle_km(c, d) == pytest.approx(6371.0088 * 1.122964, abs=0.01)


def test_an_estimate_is_rounded_up() -> None:
    # 5 + 60 × 1.4 × 111.195 ÷ 25 = 378.6
    assert minutes(EstimatedTravel()) == 379
    assert minutes(EstimatedTravel(fixed_minutes=0.0, speed_kmh=60.0, detour=1.0)) == 112


def test_a_whole_number_of_minutes_stays_whole_despite_float_noise() -> None:
    km = great_circle_km(ORIGIN, NORTH)
    noisy = EstimatedTravel(fixed_minutes=60 - 60 * km / 300 + 4e-7, speed_kmh=300.0, detour=1.0)
    assert minutes(noisy) == 60


def test_estimates_are_0_at_the_same_point_and_the_same_place() -> None:
    assert minutes(EstimatedTravel(), same_point=True) == 0
    assert minutes(EstimatedTravel(), "S1", "S1") == 0


def matrix(*overrides: tuple[str, str, int]) -> MatrixTravel:
    ways = tuple(
        TravelOverride(from_place=start, to_place=end, minutes=taken)
        for start, end, taken in overrides
    )
    return MatrixTravel(places=("S1", "B"), minutes=((9, 4), (7, 9)), overrides=ways)


def test_a_matrix_has_rows_from_and_columns_to_and_no_diagonal() -> None:
    assert minutes(matrix(), "B", "S1") == 7
    assert minutes(matrix(), "S1", "B") == 4
    assert minutes(matrix(), "B", "B") == 0


def test_a_matrix_holds_even_between_places_at_the_same_point() -> None:
    assert minutes(matrix(), same_point=True) == 7
    assert minutes(matrix(), "S1", "B", same_point=True) == 4


def test_an_override_holds_in_its_direction_only_and_wins() -> None:
    assert minutes(matrix(("B", "S1", 30)), "B", "S1") == 30
    assert minutes(matrix(("B", "S1", 30)), "S1", "B") == 4
    assert minutes(matrix(("B", "S1", 30)), same_point=True) == 30
    assert minutes(matrix(("B", "B", 30)), "B", "B") == 0
