"""Locations and travel."""

from typing import Any

import pytest

from ektp_sched.domain import EstimatedTravel, Location, MatrixTravel, TravelOverride
from tests.unit.domain.faults import forbidden


@pytest.mark.parametrize(("lon", "lat"), [(-180.0, -90.0), (180.0, 90.0), (102, -4)])
def test_a_location_may_be_anywhere_on_earth(lon: float, lat: float) -> None:
    assert (Location(lon=lon, lat=lat).lon, Location(lon=lon, lat=lat).lat) == (lon, lat)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (180.1, 0, "less_than_equal"),
        (0, -90.1, "greater_than_equal"),
        (float("nan"), 0, "finite_number"),
        (float("inf"), 0, "finite_number"),
        ("102.2", 0, "float_type"),
    ],
)
def test_a_location_elsewhere_is_refused(lon: Any, lat: Any, code: str) -> None:
    with forbidden(code):
        Location(lon=lon, lat=lat)


def way(start: str, end: str, minutes: int = 7) -> TravelOverride:
    return TravelOverride(from_place=start, to_place=end, minutes=minutes)


def test_an_override_reads_and_writes_from_and_to() -> None:
    written = {"from": "B", "to": "S", "minutes": 7}
    assert TravelOverride.model_validate(written) == way("B", "S")
    assert way("B", "S").model_dump() == written


def test_both_directions_may_be_overridden() -> None:
    assert len(EstimatedTravel(overrides=(way("B", "S"), way("S", "B"))).overrides) == 2


@pytest.mark.parametrize("kind", ["estimate", "matrix"])
def test_a_direction_is_overridden_once(kind: str) -> None:
    twice = (way("B", "S", 1), way("B", "S", 2))
    with forbidden("override_twice", saying="B → S more than once"):
        if kind == "estimate":
            EstimatedTravel(overrides=twice)
        else:
            MatrixTravel(places=(), minutes=(), overrides=twice)


def test_the_defaults_of_an_estimate() -> None:
    travel = EstimatedTravel()
    assert (travel.speed_kmh, travel.detour, travel.fixed_minutes) == (25, 1.4, 5)


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [("speed_kmh", 1, 300), ("detour", 1, 100), ("fixed_minutes", 0, 1_440)],
)
def test_an_estimate_has_limits(field: str, least: float, most: float) -> None:
    for value in (least, most):
        assert getattr(EstimatedTravel.model_validate({field: value}), field) == value
    with forbidden("greater_than_equal"):
        EstimatedTravel.model_validate({field: least - 0.1})
    with forbidden("less_than_equal"):
        EstimatedTravel.model_validate({field: most + 0.1})


def test_a_matrix_may_be_asymmetric_and_empty() -> None:
    assert MatrixTravel(places=("B", "S"), minutes=((0, 5), (9, 0))).minutes[1][0] == 9
    assert MatrixTravel(places=(), minutes=()).places == ()


def test_a_matrix_names_each_place_once() -> None:
    with forbidden("place_twice", saying="places name 'B' more than once"):
        MatrixTravel(places=("B", "B"), minutes=((0, 0), (0, 0)))


@pytest.mark.parametrize(
    "minutes",
    [((0, 5),), ((0, 5), (9,)), ((0, 5), (9, 0), (1, 1)), ((0, 5, 1), (9, 0, 1)), ()],
)
def test_a_matrix_has_a_row_and_a_column_for_each_place(minutes: Any) -> None:
    with forbidden("matrix_not_square", saying="Give 2 rows with 2 whole minutes each."):
        MatrixTravel(places=("B", "S"), minutes=minutes)
