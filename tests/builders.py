"""Minimal domain objects for tests; every field can be overridden by keyword.

The problem they make by default: Monday 2024-08-05 to Friday 2024-08-09, one base "B", one team
"A" (2 kits, 210 seconds a pupil, shift 07:00–16:00 on weekdays), one school "S1" (cohort "XII" of
100 pupils, open 07:00–15:00 on weekdays, 30 minutes set-up, 15 pack-up), 10 minutes between any
two places, 1,000 blank cards, no counters.
"""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from ektp_sched.domain import (
    Base,
    Break,
    Closed,
    Cohort,
    Delivery,
    Hours,
    Location,
    MatrixTravel,
    Plan,
    Problem,
    School,
    Shift,
    Stock,
    Team,
    Visit,
)

MONDAY = "2024-08-05"
TUESDAY = "2024-08-06"
WEDNESDAY = "2024-08-07"
THURSDAY = "2024-08-08"
FRIDAY = "2024-08-09"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def a_location(name: str) -> Location:
    """A point in Bengkulu that differs from name to name."""
    number = zlib.crc32(name.encode())
    return Location(lon=102.25 + number % 997 / 1e5, lat=-3.8 + number % 991 / 1e5)


def a_base(id: str = "B", **fields: Any) -> Base:  # noqa: A002 - the field's name
    return Base(**{"id": id, "name": f"Base {id}", "location": a_location(id), **fields})


def a_cohort(name: str = "XII", students: int = 100, **fields: Any) -> Cohort:
    return Cohort(name=name, students=students, **fields)


def some_hours(start: str = "07:00", end: str = "15:00", **fields: Any) -> Hours:
    return Hours(**{"days": WEEKDAYS, "start": start, "end": end, **fields})


def a_shift(start: str = "07:00", end: str = "16:00", **fields: Any) -> Shift:
    return Shift(**{"days": WEEKDAYS, "start": start, "end": end, **fields})


def a_range(start: str, end: str, **fields: Any) -> Closed:
    """Dates on which a school is closed or a team is off."""
    return Closed(**{"start": start, "end": end, **fields})


def a_break(minutes: int, earliest: str, latest: str, **fields: Any) -> Break:
    times = {"minutes": minutes, "earliest": earliest, "latest": latest}
    return Break(**{"days": WEEKDAYS, **times, **fields})


def a_delivery(date: str, cards: int, *, confirmed: bool = True) -> Delivery:
    return Delivery.model_validate({"date": date, "cards": cards, "confirmed": confirmed})


def a_school(id: str = "S1", **fields: Any) -> School:  # noqa: A002 - the field's name
    """A school called "SMA 1" for "S1"; `cohorts` may be a number of pupils of cohort "XII"."""
    cohorts = fields.pop("cohorts", 100)
    if isinstance(cohorts, int):
        cohorts = (a_cohort(students=cohorts),)
    defaults = {
        "id": id,
        "name": f"SMA {id.removeprefix('S')}",
        "kind": "SMA",
        "district": "Ratu Agung",
        "location": a_location(id),
        "cohorts": cohorts,
        "hours": (some_hours(),),
    }
    return School(**{**defaults, **fields})


def a_team(id: str = "A", **fields: Any) -> Team:  # noqa: A002 - the field's name
    defaults = {"id": id, "name": f"Team {id}", "base": "B", "shifts": (a_shift(),)}
    return Team(**{**defaults, **fields})


def some_travel(
    places: Sequence[str],
    minutes: int = 10,
    *,
    ways: Mapping[tuple[str, str], int] | None = None,
) -> MatrixTravel:
    """The same `minutes` between any two places but those that `ways` names (one direction)."""
    named = ways or {}
    rows = tuple(tuple(0 if a == b else named.get((a, b), minutes) for b in places) for a in places)
    return MatrixTravel(places=tuple(places), minutes=rows)


def a_problem(**fields: Any) -> Problem:
    """A problem as the module describes it; `travel` may be the minutes between any two places."""
    bases = tuple(fields.pop("bases", (a_base(),)))
    schools = tuple(fields.pop("schools", (a_school(),)))
    travel = fields.pop("travel", 10)
    if isinstance(travel, int):
        travel = some_travel([place.id for place in (*bases, *schools)], travel)
    defaults = {
        "name": "Test",
        "start": MONDAY,
        "end": FRIDAY,
        "bases": bases,
        "schools": schools,
        "teams": (a_team(),),
        "travel": travel,
        "stock": Stock(opening=1000),
    }
    return Problem(**{**defaults, **fields})


def a_visit(
    school: str = "S1",
    team: str = "A",
    date: str = MONDAY,
    start: str = "08:00",
    end: str = "10:00",
    *,
    students: int | Mapping[str, int] = 40,
    **fields: Any,
) -> Visit:
    """A visit that the default problem allows; a plain number of pupils is of cohort "XII"."""
    if isinstance(students, int):
        students = {"XII": students}
    times: dict[str, Any] = {"date": date, "start": start, "end": end}
    return Visit(school=school, team=team, students=students, **times, **fields)


def a_plan(*visits: Visit) -> Plan:
    return Plan(visits=visits)
