"""The figures of many offices as they stand in tables and on the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sqrt

from ektp_sched.domain import SERVICE_STATES
from ektp_sched.offices.record import CountryRecord, OfficeRecord

COLUMNS = ("schools", "pupils", "recorded", "left", "bound", "gap", "blanks", "drawn", "seconds")
POOL_COLUMNS = ("sent", "worth")
PLANNED = frozenset({"recorded", "left", "bound", "gap", "blanks", "drawn", "seconds"})
WIDTH, MARGIN = 1000, 24  # of the map, in units of its own
LEAST_HEIGHT, MOST_HEIGHT = 220, 1000
LEAST_DEGREES = 0.1  # that the map spans
LARGEST = 22.0  # radius of the office with most pupils
FEW, MANY = 0.25, 0.75  # shares of pupils recorded, between the colours of the map


@dataclass(frozen=True, slots=True)
class Spot:
    """An office on the map."""

    record: OfficeRecord
    x: float
    y: float
    radius: float
    state: str  # not, partly, served, nobody


@dataclass(frozen=True, slots=True)
class Map:
    """Offices at their places, the larger ones behind."""

    width: float
    height: float
    spots: tuple[Spot, ...]

    @property
    def states(self) -> list[str]:
        """The states to explain: that of offices without pupils only where there are some."""
        known = {spot.state for spot in self.spots}
        return [state for state in SERVICE_STATES if state != "nobody" or state in known]


def columns_of(country: CountryRecord) -> tuple[str, ...]:
    """The columns that a country has figures for."""
    return COLUMNS if country.sharing is None else (*COLUMNS, *POOL_COLUMNS)


def values_of(office: OfficeRecord, *, worth: Mapping[str, float]) -> dict[str, float | None]:
    """An office's figures by column; None where there are none."""
    known = {name: getattr(office, name) for name in (*COLUMNS, "sent")}
    if office.failure:
        known = {name: None if name in PLANNED else value for name, value in known.items()}
    return {**known, "worth": worth.get(office.office)}


def map_of(country: CountryRecord) -> Map:
    """Where offices are on the map: degrees drawn as in the middle of what is shown."""
    placed = [one for one in country.offices if one.location is not None]
    places = [one.location for one in placed if one.location is not None]
    if not places:
        return Map(WIDTH, LEAST_HEIGHT, ())
    west, east = min(p.lon for p in places), max(p.lon for p in places)
    south, north = min(p.lat for p in places), max(p.lat for p in places)
    narrow = cos(radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max(LEAST_DEGREES, (east - west) * narrow),
        (MOST_HEIGHT - 2 * MARGIN) / max(LEAST_DEGREES, north - south),
    )
    height = max(LEAST_HEIGHT, (north - south) * scale + 2 * MARGIN)
    most = max(1, *(one.pupils for one in placed))
    spots = [
        Spot(
            one,
            round(WIDTH / 2 + ((place.lon - (west + east) / 2) * narrow) * scale, 1),
            round(height / 2 - (place.lat - (south + north) / 2) * scale, 1),
            round(max(3.0, LARGEST * sqrt(one.pupils / most)), 1),
            state_of(one),
        )
        for one, place in zip(placed, places, strict=True)
    ]
    return Map(WIDTH, round(height, 1), tuple(sorted(spots, key=lambda spot: -spot.radius)))


def state_of(office: OfficeRecord) -> str:
    """How much of an office's pupils is recorded, in three steps; or that it has none."""
    if not office.pupils:
        return "not" if office.failure else "nobody"  # one that could not be read has some
    share = office.recorded / office.pupils
    if share >= MANY:
        return "served"
    return "partly" if share >= FEW else "not"
