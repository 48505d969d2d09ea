"""What may not be right in cells that can be read, whatever the plan is to be.

What is doubtful in a problem as a whole, review() says.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from openpyxl.utils import column_index_from_string

from ektp_sched.domain import Location
from ektp_sched.files.excel import sheets
from ektp_sched.files.excel.cells import NPSN_LENGTH
from ektp_sched.files.excel.rows import Row, Table
from ektp_sched.files.excel.school_table import kind_named
from ektp_sched.rulebook import Advice
from ektp_sched.texts.language import _, ngettext

# Indonesia lies inside these degrees; no longitude of it could be a latitude, nor the reverse.
_LATITUDES, _LONGITUDES = (-11.5, 6.5), (94.5, 141.5)
_DISTRICT = re.compile(r"(?:kec(?:amatan\b|\.)\s*|kec\s+)", re.IGNORECASE)


def doubts_in(tables: Mapping[str, Table]) -> Iterator[Advice]:
    """The doubts of all sheets that were read, each at its cell."""
    for table in tables.values():
        yield from _hidden_rows(table)
    for key in (sheets.BASES.key, sheets.SCHOOLS.key):
        for row in _rows(tables, key):
            yield from _position(row)
    if schools := tables.get(sheets.SCHOOLS.key):
        for row in schools.rows:
            yield from _id(row, schools)
            yield from _kind(row)
        yield from _districts(schools)


def located(lat: float, lon: float) -> tuple[Location | None, str]:
    """A position in Indonesia and what is doubtful about it, or ""; swapped degrees are turned."""
    if _inside(lat, lon) or _inside(lon, lat):
        cut = [number.is_integer() for number in (lat, lon)]
        whole = ", ".join(f"{one:g}" for one, known in zip((lat, lon), cut, strict=True) if known)
        what = _("{degrees} is cut to whole degrees: look the position up", degrees=whole)
        if all(cut):
            return None, what
        if _inside(lat, lon):
            return Location(lat=lat, lon=lon), what if any(cut) else ""
        return Location(lat=lon, lon=lat), _("latitude and longitude were swapped: check them")
    if _inside(-lat, lon):
        what = _("latitude {lat:g} lies outside Indonesia; is a minus sign missing?", lat=lat)
        return None, what
    return None, _(
        "{lat:g}, {lon:g} lies outside Indonesia: look the position up", lat=lat, lon=lon
    )


def district_of(text: str) -> str:
    """A district's name without what lists put before and behind it."""
    match = _DISTRICT.match(text)
    return text[match.end() if match else 0 :].strip(" *")


def same_district(text: str) -> str:
    """What all spellings of a district have in common."""
    return re.sub(r"[\W_]+", "", district_of(text).casefold()) or text


def id_doubt(text: str) -> str:
    """What is doubtful about a school's id as it was written; "" where nothing is."""
    if len(text) == NPSN_LENGTH:
        return ""
    return _("{text} has {n} characters, an NPSN has 8: check it", text=text, n=len(text))


def _inside(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _rows(tables: Mapping[str, Table], key: str) -> list[Row]:
    return tables[key].rows if key in tables else []


def _advice(row: Row, key: str, code: str, message: str) -> Advice:
    return Advice(code=code, where=row.where(key), message=message)


def _hidden_rows(table: Table) -> Iterator[Advice]:
    hidden = [row for row in table.rows if row.number in table.grid.hidden]
    if hidden:
        what = ngettext(
            "{n} row of this sheet is hidden, by a filter or by hand, and counts all the same",
            "{n} rows of this sheet are hidden, by a filter or by hand, and count all the same",
            len(hidden),
        )
        yield _advice(hidden[0], "", "rows_hidden", what)


def _position(row: Row) -> Iterator[Advice]:
    lat, lon = row.values.get("location.lat"), row.values.get("location.lon")
    if lat is not None and lon is not None:
        location, doubt = located(lat, lon)
        if doubt and (location is None or location.lat == lat):
            yield _advice(row, "location.lat", "position_doubtful", doubt)


def _id(row: Row, table: Table) -> Iterator[Advice]:
    """Digits that may be lost; ids of other kinds are the planner's own."""
    place, number = row.places.get("id"), row.number
    if place and number and "id" in row.values:
        raw = table.grid.rows[number - 1][column_index_from_string(place) - 1]
        text = f"{raw:.0f}" if isinstance(raw, float) else str(raw).strip()
        if text.isdecimal() and (doubt := id_doubt(text)):
            yield _advice(row, "id", "id_length", doubt)


def _kind(row: Row) -> Iterator[Advice]:
    said = str(row.values.get("kind", ""))
    known = kind_named(said)
    if said and known is None:
        what = _("{said!r} is no kind of school: look it up", said=said)
        yield _advice(row, "kind", "kind_unknown", what)
    elif said and known != said:
        what = _("{said!r} counts as another kind than {kind}: write {kind}", said=said, kind=known)
        yield _advice(row, "kind", "kind_spelt", what)


def _districts(table: Table) -> Iterator[Advice]:
    """Rows whose district others spell in another way."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    named = [(row, str(row.values["district"])) for row in table.rows if "district" in row.values]
    for _row, name in named:
        spellings[same_district(name)][name] += 1
    for row, name in named:
        usual, _count = spellings[same_district(name)].most_common(1)[0]
        if usual != name:
            what = _("{name!r} counts as another district than {usual!r}", name=name, usual=usual)
            yield _advice(row, "district", "district_spelt", what)
