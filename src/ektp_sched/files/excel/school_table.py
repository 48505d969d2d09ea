"""What lists of schools are made of: files of several kinds, headings, kinds of schools."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ektp_sched.errors import FileError, ProblemError
from ektp_sched.files.excel.grid import Grid, read_grids
from ektp_sched.files.excel.package import looks_like_workbook, refusal
from ektp_sched.files.excel.rows import is_blank
from ektp_sched.files.excel.table import heading_of
from ektp_sched.files.file_kinds import kind_of
from ektp_sched.files.json_files import JsonTextError, parse_json
from ektp_sched.files.text_files import read_bytes, read_text
from ektp_sched.texts.language import _

# Kinds of schools whose pupils turn 16 and 17, and others that stand beside them in lists.
SENIOR_KINDS = ("SMA", "SMK", "MA", "MAK", "SLB", "SMLB", "SMAK", "SMTK", "SPK SMA")
_OTHER_KINDS = (
    "SD", "SMP", "MI", "MTs", "TK", "RA", "KB", "TPA", "SPS", "PAUD", "SDLB", "SMPLB", "TKLB",
    "SDTK", "SMPTK", "PKBM", "SKB", "SPK SD", "SPK SMP", "SPK TK",
)  # fmt: skip
_FULL_NAMES = {
    "sekolah menengah atas": "SMA",
    "sekolah menengah kejuruan": "SMK",
    "madrasah aliyah": "MA",
    "madrasah aliyah kejuruan": "MAK",
    "sekolah luar biasa": "SLB",
    "sekolah menengah pertama": "SMP",
    "madrasah tsanawiyah": "MTs",
    "sekolah dasar": "SD",
    "madrasah ibtidaiyah": "MI",
    "taman kanak kanak": "TK",
}
# Words for the level of education of those kinds, which lists give in the place of a kind.
_SENIOR_LEVELS = frozenset(
    {"dikmen", "pendidikan menengah", "menengah", "menengah atas", "slta", "sma sederajat"}
)
_KINDS = {kind.casefold(): kind for kind in (*SENIOR_KINDS, *_OTHER_KINDS)} | _FULL_NAMES
_STATE_OR_PRIVATE = re.compile(r"(sma|smk|ma|slb|smp|mts|sd|mi|tk)(n|s|it|i)")
_SCHOOL_WORDS = frozenset({"sekolah", "madrasah", "school", "upt", "uptd", "yayasan", "pondok"})


# Headings of each column, the most telling first.
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("npsn", "no npsn", "nomor npsn", "nomor pokok sekolah nasional"),
    "name": (
        "nama sekolah", "nama satuan pendidikan", "nama sp", "satuan pendidikan", "nama madrasah",
        "nama lembaga", "school name", "schoolname",
    ),
    "kind": (
        "bentuk pendidikan", "bentuk", "bp", "bentuk sekolah", "kind", "jenjang",
        "jenjang pendidikan", "school level",
    ),
    "district": ("kecamatan", "nama kecamatan", "kec", "nama kec", "district"),
    "lat": ("lintang", "latitude", "lat", "koordinat lintang"),
    "lon": ("bujur", "longitude", "lon", "long", "lng", "koordinat bujur"),
    "due": (
        "wajib ktp", "siswa wajib ktp", "wajib rekam", "siswa wajib rekam", "belum rekam",
        "siswa belum rekam", "belum punya ktp el", "siswa belum punya ktp el", "pupils due", "due",
    ),
    "roll": (
        "peserta didik", "jumlah peserta didik", "peserta didik total", "total peserta didik",
        "pd", "jumlah pd", "jml pd", "total pd", "jumlah siswa", "jml siswa", "total siswa",
        "siswa", "jumlah murid", "pupils", "students",
    ),
}  # fmt: skip
# Headings that may mean something else too; names are looked at before they are believed.
_LOOSE_HEADINGS = {
    "id": ("kode sekolah", "kode", "school id", "schoolid"),
    "name": ("sekolah", "nama", "name", "school"),
    "lat": ("y",),
    "lon": ("x",),
}
HEADING_ROWS = 20
_LAST_RESORT = "Windows-1252"
# What text may be in, and what its first bytes then are.
_ENCODINGS = (
    ("utf-16", b"\xff\xfe"),
    ("utf-16", b"\xfe\xff"),
    ("utf-8-sig", b""),
    (_LAST_RESORT, b""),
)
_NOTHING = frozenset(
    {
        "-", "no data", "no data available", "no data available in table", "tidak ada data",
        "tidak ada", "data tidak ditemukan", "n/a", "na", "#n/a", "nan", "none", "null",
    }
)  # fmt: skip


def kind_named(text: str) -> str | None:
    """The kind of school that a text names, such as SMA for "SMAN"; None where it names none."""
    plain = heading_of(text)
    match = _STATE_OR_PRIVATE.fullmatch(plain)
    return _KINDS.get(plain) or (_KINDS[match[1]] if match else None)


def is_senior_level(text: str) -> bool:
    """Whether a text, which is no kind of school, says that it is a senior-secondary one."""
    return heading_of(text) in _SENIOR_LEVELS


# The file ---------------------------------------------------------------------------------------


def read_list(path: Path) -> tuple[list[Grid], list[str]]:
    """The sheets of a workbook, or the one grid of a CSV or JSON file; what to say of the file.

    Raises
    ------
    FileError
        It cannot be read as what it is.
    ProblemError
        It is JSON that says things twice.
    """
    if looks_like_workbook(path):
        return read_grids(path), []
    text, remarks = _text(path)
    is_json = text.lstrip()[:1] in {"[", "{"}
    return [_json_grid(path, text) if is_json else _csv_grid(path, text)], remarks


def _text(path: Path) -> tuple[str, list[str]]:
    """The text of a file in UTF-8, or in what Excel writes besides."""
    data = read_bytes(path)
    for encoding, begins in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            if data.startswith(begins):
                text = data.decode(encoding)
                return text, [_guessed(encoding)] if encoding == _LAST_RESORT else []
    return read_text(path), []  # which says what is wrong


def _guessed(encoding: str) -> str:
    return _(
        "the file is not UTF-8 and was read as {encoding}: check letters with accents",
        encoding=encoding,
    )


def _csv_grid(path: Path, text: str) -> Grid:
    """The rows, with the separator that finds most headings; titles may stand above them."""

    def rows(part: str, delimiter: str) -> list[list[Any]]:
        return list(csv.reader(io.StringIO(part, newline=""), delimiter=delimiter))

    top = "\n".join(text.split("\n", HEADING_ROWS)[:HEADING_ROWS])
    try:
        grids = {sign: Grid(path.name, rows(top, sign), "") for sign in ",;\t|"}
        best = max(grids, key=lambda sign: len(headings_in(grids[sign]).columns))
        return Grid(path.name, rows(text, best), "")
    except csv.Error as error:
        what = _("this is no CSV file: {error}", error=error)
        raise refusal(path, what, _("Export the list again as CSV or Excel.")) from error


def _json_grid(path: Path, text: str) -> Grid:
    """Objects as rows below their keys, wherever in the file the list stands."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line[0] + line[-1] == "{}" for line in lines):
        text = "[" + ",\n".join(lines) + "]"  # an object in each line
    try:
        raw, complaints = parse_json(text)
    except JsonTextError as error:
        raise FileError([error.complaint], source=str(path)) from error
    if complaints:
        raise ProblemError(complaints, source=str(path))
    if kind := kind_of(raw):
        what = _("this is {there}, not a list of schools", there=_(kind.name))
        raise refusal(path, what, _("Give the list, CSV, Excel or JSON."))
    entries = [_flat(entry) for entry in _objects(raw)]
    keys = list(dict.fromkeys(key for entry in entries for key in entry))
    rows: list[list[Any]] = [list(keys), *([entry.get(key) for key in keys] for entry in entries)]
    return Grid(path.name, rows, "", entries=True)


def _objects(raw: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list, wherever it stands; also columns by name, as pandas writes them."""
    if isinstance(raw, list):
        yield from (one for one in raw if isinstance(one, dict))
    elif isinstance(raw, dict) and isinstance(names := raw.get("columns"), list):
        rows = raw.get("data")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, list):
                yield dict(zip(map(str, names), row, strict=False))
    elif isinstance(raw, dict) and any(heading_of(key) in HEADINGS["id"] for key in raw):
        columns = {key: value for key, value in raw.items() if isinstance(value, dict)}
        if len(columns) < len(raw):
            yield raw
        else:
            for number in dict.fromkeys(n for column in columns.values() for n in column):
                yield {key: column.get(number) for key, column in columns.items()}
    elif isinstance(raw, dict):
        for value in raw.values():
            yield from _objects(value)


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An object with the values of objects inside it; a GeoJSON point becomes two numbers."""
    flat = {key: value for key, value in entry.items() if not isinstance(value, dict | list)}
    for value in entry.values():
        inside = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(inside, dict):
            flat = _flat(inside) | flat
    if entry.get("type") == "Point" and isinstance(entry.get("coordinates"), list):
        flat |= dict(zip(("longitude", "latitude"), entry["coordinates"], strict=False))
    return flat


# Headings ---------------------------------------------------------------------------------------


class Headings(NamedTuple):
    """The row of headings, from 0, and the place of each known column in it."""

    row: int
    columns: dict[str, int]


def headings_in(grid: Grid) -> Headings:
    """The first rows' best line of headings."""
    best = Headings(0, {})
    for index, row in enumerate(grid.rows[:HEADING_ROWS]):
        names = [heading_of(value) if isinstance(value, str) else "" for value in row]
        found = _found(names, HEADINGS)
        found = _found(names, _LOOSE_HEADINGS) | found
        if len(found) > len(best.columns):
            best = Headings(index, found)
    return best


def _found(names: Sequence[str], headings: Mapping[str, Iterable[str]]) -> dict[str, int]:
    found = {
        key: next((names.index(one) for one in spellings if one in names), None)
        for key, spellings in headings.items()
    }
    return {key: place for key, place in found.items() if place is not None}


def look_like_schools(values: Iterable[Any]) -> bool:
    """Whether most of some texts are names of schools, not of persons."""
    texts = [value for value in values if isinstance(value, str) and not says_nothing(value)]
    return 2 * sum(map(_is_named_as_school, texts)) >= len(texts)


def _is_named_as_school(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)[:2]
    return any(kind_named(word) or word.casefold() in _SCHOOL_WORDS for word in words)


def says_nothing(value: Any) -> bool:
    """Whether a cell is blank, or says in words that it is."""
    return is_blank(value) or str(value).strip().casefold() in _NOTHING
