import json
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection

from ektp_sched.domain import Location
from ektp_sched.files.geojson import places_geojson, routes_geojson
from tests.builders import MONDAY, TUESDAY, a_base, a_plan, a_problem, a_school, a_team, a_visit

PROBLEM = a_problem(
    bases=(a_base(location=Location(lon=102.27, lat=-3.8)),),
    schools=(
        a_school("S1", cohorts=40, location=Location(lon=102.3, lat=-3.81)),
        a_school("S2", cohorts=90),
        a_school("S3", name="<script>alert('x')</script>"),
        a_school("S4", name="=1+1", cohorts=0),
    ),
    teams=(a_team("A"), a_team("B", name="@Team")),
)
PLAN = a_plan(
    a_visit("S2", "A", MONDAY, "11:00", "13:00"),
    a_visit("S1", "A", MONDAY, "08:00", "10:00"),
    a_visit("S2", "B", TUESDAY, status="contingent"),
    a_visit("S3", "B", TUESDAY, "11:00", "13:00", status="contingent"),
)


def features(text: str) -> list[dict[str, Any]]:
    """The features, after a strict reader of RFC 7946 has taken them."""
    FeatureCollection.model_validate_json(text)
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return found


def test_bases_and_schools_are_points() -> None:
    base, *schools = features(places_geojson(PROBLEM, PLAN))
    assert base["properties"] == {"place": "base", "id": "B", "name": "Base B"}
    assert base["geometry"] == {"type": "Point", "coordinates": [102.27, -3.8]}
    assert [school["properties"]["id"] for school in schools] == ["S1", "S2", "S3", "S4"]
    assert schools[0]["geometry"]["coordinates"] == [102.3, -3.81]


@pytest.mark.parametrize(
    ("number", "served", "recorded", "contingent"),
    [(1, "all", 40, 0), (2, "part", 40, 40), (3, "none", 0, 40), (4, "none", 0, 0)],
)
def test_what_a_school_gets(number: int, served: str, recorded: int, contingent: int) -> None:
    said = features(places_geojson(PROBLEM, PLAN))[number]["properties"]
    assert said["served"] == served
    assert (said["recorded"], said["recorded_contingent"]) == (recorded, contingent)


def test_routes_lead_from_the_base_and_back_in_order_of_time() -> None:
    monday, tuesday = features(routes_geojson(PROBLEM, PLAN))
    line = monday["geometry"]["coordinates"]
    assert len(line) == 4
    assert line[0] == line[-1] == [102.27, -3.8]
    assert line[1] == [102.3, -3.81]
    assert monday["properties"] == {
        "team": "A",
        "name": "Team A",
        "date": MONDAY,
        "schools": ["S1", "S2"],
        "statuses": ["proposed", "proposed"],
        "recorded": 80,
        "drive_minutes": 30,
    }
    assert tuesday["properties"]["statuses"] == ["contingent", "contingent"]


def test_no_formula_and_no_markup_is_in_them() -> None:
    text = places_geojson(PROBLEM, PLAN) + routes_geojson(PROBLEM, PLAN)
    assert "<" not in text
    for name in ("‹script›alert('x')‹/script›", "'=1+1", "'@Team"):
        assert f'"{name}"' in text


def test_a_plan_without_visits_has_no_routes() -> None:
    assert features(routes_geojson(PROBLEM, a_plan())) == []
