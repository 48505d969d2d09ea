"""A list of schools as the ministry's register (Dapodik) gives it, from CSV or Excel."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ektp_sched.domain import Location, School
from ektp_sched.domain.wordings import COUNTS_ONLY, holds_personal_data
from ektp_sched.errors import ProblemError
from ektp_sched.io.excel.cells import CellError, read_decimal, read_id, read_text, read_whole
from ektp_sched.io.excel.complaints import Complaints
from ektp_sched.io.excel.grid import Broken, Grid, read_grids
from ektp_sched.io.excel.package import looks_like_workbook, refusal
from ektp_sched.io.excel.rows import is_blank, is_example
from ektp_sched.io.excel.table import heading_of
from ektp_sched.io.text_files import read_text as read_file
from ektp_sched.language import _
from ektp_sched.rulebook.advice import far_from_district

# Indonesia lies inside these degrees; no longitude of it could be a latitude, nor the reverse.
_LATITUDES, _LONGITUDES = (-11.5, 6.5), (94.5, 141.5)
_HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("npsn",),
    "name": ("nama", "nama sekolah", "nama satuan pendidikan", "satuan pendidikan", "school name"),
    "kind": ("bentuk pendidikan", "bentuk", "bp", "jenjang", "kind"),
    "district": ("kecamatan", "nama kecamatan", "district"),
    "lat": ("lintang", "latitude", "lat"),
    "lon": ("bujur", "longitude", "lon", "long", "lng"),
    "students": (
        "jumlah siswa", "siswa", "peserta didik", "jumlah peserta didik", "pd", "jumlah pd",
        "pupils", "students",
    ),
}  # fmt: skip
_OPTIONAL = frozenset({"lat", "lon", "students"})
_HEADING_ROWS = 20


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school of the list; `doubts` say what about its position cannot be or may not be right."""

    id: str
    name: str
    kind: str
    district: str
    location: Location | None
    students: int | None
    where: str
    doubts: tuple[str, ...] = field(default=())


def read_school_list(path: Path) -> list[ListedSchool]:
    """Read a list of schools.

    Raises
    ------
    FileError
        It cannot be read, or lacks a column.
    ProblemError
        With one complaint for each cell that is at fault.
    """
    grids = read_grids(path) if looks_like_workbook(path) else [_csv_grid(path)]
    complaints = Complaints()
    for grid in grids:
        top, columns = _headings(grid)
        if "id" in columns:
            schools = list(_schools(grid, top, columns, path, complaints))
            if complaints:
                raise ProblemError(complaints.all(), source=str(path))
            return _with_far_ones(schools)
    raise refusal(
        path,
        _("no sheet of it has a column NPSN"),
        _("Write the headings npsn, nama, bentuk_pendidikan, kecamatan, lintang, bujur."),
    )


def _csv_grid(path: Path) -> Grid:
    text = read_file(path)
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        rows: list[list[Any]] = list(csv.reader(text.splitlines(), delimiter=delimiter))
    except csv.Error as error:
        what = _("this is no CSV file: {error}", error=error)
        raise refusal(path, what, _("Export the list again as CSV or Excel.")) from error
    return Grid(path.name, rows, "")


def _headings(grid: Grid) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for index, row in enumerate(grid.rows[:_HEADING_ROWS]):
        names = [heading_of(value) if isinstance(value, str) else "" for value in row]
        found = {
            key: min(names.index(name) for name in spellings if name in names)
            for key, spellings in _HEADINGS.items()
            if any(name in names for name in spellings)
        }
        if len(found) > len(best[1]):
            best = (index, found)
    return best


def _schools(
    grid: Grid, top: int, columns: dict[str, int], path: Path, complaints: Complaints
) -> Iterator[ListedSchool]:
    _require_headings(grid.rows[top], columns, path)
    seen: dict[str, str] = {}
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 2):
        values = {key: row[n] for key, n in columns.items() if n < len(row)}
        if is_example(row) or all(is_blank(value) for value in values.values()):
            continue
        where = _("{sheet}, row {row:d}", sheet=grid.title, row=number)
        try:
            school = _school(values, where)
        except CellError as error:
            complaints.add_error(where, error)
            continue
        if school.id in seen:
            complaints.add(
                where,
                _("NPSN {school} stands in {row} too", school=school.id, row=seen[school.id]),
                _("Keep one."),
            )
        seen.setdefault(school.id, where)
        yield school


def _require_headings(row: list[Any], columns: dict[str, int], path: Path) -> None:
    for value in row:
        if isinstance(value, str) and holds_personal_data(value):
            raise refusal(
                path,
                _("the column {name!r} is about single persons", name=value[:40]),
                _(COUNTS_ONLY),
            )
    missing = [key for key in _HEADINGS if key not in columns and key not in _OPTIONAL]
    if missing:
        names = [str(value) for value in row if not is_blank(value)]
        alike = get_close_matches(_HEADINGS[missing[0]][0], names, n=1)
        remedy = _("Add them. Is it {name!r}?", name=alike[0]) if alike else _("Add them.")
        wanted = ", ".join(_HEADINGS[key][0] for key in missing)
        raise refusal(path, _("the columns {names} are missing", names=wanted), remedy)


def _school(values: dict[str, Any], where: str) -> ListedSchool:
    for key, value in values.items():
        if isinstance(value, Broken):
            raise CellError(f"{_HEADINGS[key][0]}: {value.what}", value.remedy)
    for key in ("id", "name", "kind", "district"):
        if is_blank(values.get(key)):
            raise CellError(_("{column} is missing", column=_HEADINGS[key][0]), _("Fill it in."))
    location, doubts = _location(values.get("lat"), values.get("lon"))
    students = values.get("students")
    return ListedSchool(
        id=read_id(values["id"]),
        name=read_text(values["name"]),
        kind=read_text(values["kind"]),
        district=read_text(values["district"]).removeprefix("Kec. ").removeprefix("Kecamatan "),
        location=location,
        students=None if is_blank(students) else read_whole(students),
        where=where,
        doubts=doubts,
    )


def _location(lat_cell: Any, lon_cell: Any) -> tuple[Location | None, tuple[str, ...]]:
    """The position, None where it cannot be right; swapped degrees are put in order."""
    if is_blank(lat_cell) or is_blank(lon_cell):
        return None, (_("no position is given: look it up"),)
    try:
        lat, lon = read_decimal(lat_cell), read_decimal(lon_cell)
    except CellError as error:
        return None, (_("the position cannot be read ({reason}): look it up", reason=error.what),)
    if _inside(lat, lon):
        return Location(lat=lat, lon=lon), ()
    if _inside(lon, lat):
        return Location(lat=lon, lon=lat), (_("latitude and longitude were swapped: check them"),)
    if _inside(-lat, lon):
        what = _("latitude {lat:g} lies outside Indonesia; is a minus sign missing?", lat=lat)
        return None, (what,)
    return None, (
        _("{lat:g}, {lon:g} lies outside Indonesia: look the position up", lat=lat, lon=lon),
    )


def _inside(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _with_far_ones(schools: list[ListedSchool]) -> list[ListedSchool]:
    """Mark the schools that lie far from the others of their district."""
    far = {school.id: km for school, km in far_from_district(_located(schools))}
    doubts = {
        name: _("lies {km:.0f} km from the middle of its district's other schools: check it", km=km)
        for name, km in far.items()
    }
    return [replace(s, doubts=(*s.doubts, doubts[s.id])) if s.id in doubts else s for s in schools]


def _located(schools: Iterable[ListedSchool]) -> Iterator[School]:
    for school in schools:
        if school.location is not None:
            yield School(
                id=school.id,
                name=school.name,
                kind=school.kind,
                district=school.district,
                location=school.location,
                cohorts=(),
            )
