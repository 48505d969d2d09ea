"""Schools, bases and routes as GeoJSON (RFC 7946), for maps and geographic systems.

Keys and values that programs read are English in every language. Names are harmless: a map may
show them as markup, a table may take them for formulas.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from ektp_sched.desk.promises import in_order
from ektp_sched.domain import Base, Location, Plan, Problem, School, Team, Visit
from ektp_sched.domain.words import names
from ektp_sched.files.csv_files import harmless
from ektp_sched.rulebook.travel import TravelTimes

_Feature = dict[str, Any]


def places_geojson(problem: Problem, plan: Plan) -> str:
    """Bases and schools as points; for a school its pupils and what the plan does for them.

    `served` is "all", "part" or "none" of the pupils, contingent visits left out.
    """
    visits: dict[str, list[Visit]] = defaultdict(list)
    for visit in plan.visits:
        visits[visit.school].append(visit)
    bases = [_base(base) for base in problem.bases]
    return _collection(bases + [_school(school, visits[school.id]) for school in problem.schools])


def routes_geojson(problem: Problem, plan: Plan) -> str:
    """A line for each team-day: from the base to its schools, in order of time, and back.

    Whoever stands in for a team goes by that team's id, and by its name with the kits.

    Lines are straight from place to place; `drive_minutes` are those of the problem's travel times.
    """
    called = names(problem.teams)
    teams = {
        team.id: team.model_copy(update={"id": real.id, "name": called[team.id]})
        for team, real in zip(problem.teams, problem.real_teams.values(), strict=True)
    }
    days: dict[tuple[str, str, str], list[Visit]] = defaultdict(list)
    for visit in sorted(plan.visits, key=in_order):
        days[str(visit.date), teams[visit.team].id, visit.team].append(visit)
    where = {base.id: base.location for base in problem.bases}
    where |= {school.id: school.location for school in problem.schools}
    travel = TravelTimes(problem)
    return _collection(
        _route(teams[team], visits, where, travel) for (*_, team), visits in sorted(days.items())
    )


def _base(base: Base) -> _Feature:
    properties = {"place": "base", "id": harmless(base.id), "name": harmless(base.name)}
    return _feature("Point", _position(base.location), properties)


def _school(school: School, visits: list[Visit]) -> _Feature:
    pupils = sum(cohort.students for cohort in school.cohorts)
    firm = sum(visit.recorded for visit in visits if visit.status != "contingent")
    properties = {
        "place": "school",
        "id": harmless(school.id),
        "name": harmless(school.name),
        "kind": harmless(school.kind),
        "district": harmless(school.district),
        "pupils": pupils,
        "recorded": firm,
        "recorded_contingent": sum(visit.recorded for visit in visits) - firm,
        "visits": sorted(str(visit.date) for visit in visits),
        "served": "none" if not firm else "part" if firm < pupils else "all",
    }
    return _feature("Point", _position(school.location), properties)


def _route(
    team: Team, visits: list[Visit], where: dict[str, Location], travel: TravelTimes
) -> _Feature:
    stops = [team.base, *(visit.school for visit in visits), team.base]
    properties = {
        "team": harmless(team.id),
        "name": harmless(team.name),
        "date": str(visits[0].date),
        "schools": [harmless(visit.school) for visit in visits],
        "statuses": [visit.status for visit in visits],
        "recorded": sum(visit.recorded for visit in visits),
        "drive_minutes": sum(travel.minutes(*way) for way in pairwise(stops)),
    }
    return _feature("LineString", [_position(where[stop]) for stop in stops], properties)


def _feature(kind: str, coordinates: list[Any], properties: dict[str, Any]) -> _Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _position(location: Location) -> list[float]:
    return [location.lon, location.lat]


def _collection(features: Iterable[_Feature]) -> str:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
