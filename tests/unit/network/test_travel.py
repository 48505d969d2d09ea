"""Travel times: a tenth of a degree of a great circle is 11.1195 km."""

import pytest

from ektp_sched.domain import (
    EstimatedTravel,
    Location,
    MatrixTravel,
    Problem,
    Travel,
    TravelOverride,
)
from ektp_sched.engine.instance.build import travel_minutes
from tests.builders import a_base, a_problem, a_school

TENTH = 0.1


def placed(travel: Travel, *points: tuple[float, float]) -> Problem:
    """A base and schools S1, S2, … at these points (lon, lat)."""
    first, *others = (Location(lon=lon, lat=lat) for lon, lat in points)
    schools = tuple(a_school(f"S{n}", location=at) for n, at in enumerate(others, start=1))
    return a_problem(bases=(a_base(location=first),), schools=schools, travel=travel)


def way(start: str, end: str, minutes: int) -> TravelOverride:
    return TravelOverride(from_place=start, to_place=end, minutes=minutes)


def estimate(**fields: float) -> EstimatedTravel:
    return EstimatedTravel(**{"speed_kmh": 60.0, "detour": 1.0, "fixed_minutes": 0.0, **fields})


@pytest.mark.parametrize(
    ("travel", "minutes"),
    [
        (estimate(), 12),  # 11.12 km at a kilometre a minute
        (estimate(speed_kmh=30.0), 23),  # 22.24
        (estimate(detour=2.0, fixed_minutes=0.5), 23),  # 22.74
        (EstimatedTravel(), 43),  # 5 + 60 × 1.4 × 11.1195 ÷ 25 = 42.36
    ],
)
def test_an_estimate_by_hand_along_equator_and_meridian(travel: Travel, minutes: int) -> None:
    problem = placed(travel, (102.0, 0.0), (102.0 + TENTH, 0.0), (102.0, TENTH))
    table = travel_minutes(problem)
    assert table[0].tolist() == [0, minutes, minutes]
    assert table[:, 0].tolist() == [0, minutes, minutes]


def test_degrees_of_longitude_are_half_as_long_at_sixty_degrees() -> None:
    problem = placed(estimate(), (20.0, 60.0), (20.0 + TENTH, 60.0))
    assert travel_minutes(problem)[0, 1] == 6  # 5.56


def test_half_way_round_the_earth() -> None:
    problem = placed(estimate(speed_kmh=300.0), (0.0, 0.0), (180.0, 0.0))
    assert travel_minutes(problem)[0, 1] == 4004  # 20,015.11 km at 5 km a minute


def test_rounding_errors_add_no_minute_and_whole_minutes_stay() -> None:
    near = (102.0 + 1e-9, 0.0)  # a tenth of a millimetre
    assert travel_minutes(placed(EstimatedTravel(), (102.0, 0.0), near))[0, 1] == 5
    assert travel_minutes(placed(estimate(fixed_minutes=2.5), (102.0, 0.0), near))[0, 1] == 3


def test_no_time_between_places_at_the_same_point() -> None:
    problem = placed(EstimatedTravel(), (102.0, 0.0), (102.0, 0.0), (102.0, TENTH))
    assert travel_minutes(problem).tolist() == [[0, 0, 43], [0, 0, 43], [43, 43, 0]]


def test_an_override_holds_in_its_direction_and_wins_over_the_same_point() -> None:
    overrides = (way("B", "S1", 7), way("S2", "B", 0), way("S1", "S1", 9))
    travel = EstimatedTravel(overrides=overrides)
    problem = placed(travel, (102.0, 0.0), (102.0, 0.0), (102.0, TENTH))
    assert travel_minutes(problem).tolist() == [[0, 7, 43], [0, 0, 43], [0, 43, 0]]


def test_a_matrix_is_put_into_the_order_of_the_problem() -> None:
    """Rows are from, columns to; bases come first; what stands on the diagonal is not read."""
    rows = ((99, 1, 2), (3, 99, 4), (5, 6, 99))
    travel = MatrixTravel(places=("S2", "B", "S1"), minutes=rows, overrides=(way("S2", "S1", 8),))
    schools = (a_school("S1"), a_school("S2"))
    table = travel_minutes(a_problem(schools=schools, travel=travel))
    assert table.tolist() == [[0, 4, 3], [6, 0, 5], [1, 8, 0]]


def test_no_places_no_ways() -> None:
    for travel in (EstimatedTravel(), MatrixTravel(places=(), minutes=())):
        problem = a_problem(bases=(), schools=(), teams=(), travel=travel)
        assert travel_minutes(problem).shape == (0, 0)
