"""The rows of each sheet, with values by column and the place of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from openpyxl.utils import get_column_letter

from ektp_sched.domain.complaints import COUNTS_ONLY, holds_personal_data
from ektp_sched.files.excel.cells import CellError, Complaints, is_of_a_person
from ektp_sched.files.excel.grid import Broken, Grid
from ektp_sched.files.excel.sheets import MATRIX, PUPILS, SHEETS
from ektp_sched.files.excel.table import Column, Sheet, heading_of
from ektp_sched.texts.language import _, spoken_language

EXAMPLE_MARKS = ("contoh:", "example:")
NOTE_WORDS = ("catatan", "note", "notes", "keterangan")
_HEADING_ROWS = 10
_NAME = re.compile(r"[^\W\d_]+(?:[\s,.'’\-]+[^\W\d_]+)+[.\s]*")
_SEVERAL = 3
_COUNTED = frozenset({"students", "birth_month", "record_from", "card_from"})
_NAMES = frozenset({"nama", "name", "siswa", "nama siswa", "pupil"})


@dataclass(slots=True)
class Row:
    """The values of one row by column key; `broken` are keys whose cell could not be read."""

    title: str
    places: dict[str, str]
    number: int | None
    values: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def where(self, key: str = "") -> str:
        """The place of a column's cell, such as ``Sekolah!B7``; without one, of the row."""
        parts = (place for name, place in self.places.items() if name.startswith(f"{key}."))
        place = self.places.get(key) or next(parts, next(iter(self.places.values())))
        return f"{self.title}!{place}{self.number or ''}"


@dataclass(slots=True)
class Table:
    """A known sheet as it was found; `legible` unless its headings are at fault."""

    sheet: Sheet
    title: str
    rows: list[Row]
    grid: Grid
    legible: bool


def find_tables(grids: Sequence[Grid], complaints: Complaints) -> dict[str, Table]:
    """The known sheets of a workbook by key, with complaints about everything in them."""
    tables: dict[str, Table] = {}
    for grid in grids:
        sheet = next((sheet for sheet in SHEETS if sheet.is_called(grid.title)), None)
        if sheet is None:
            _complain_of_misspelt(grid, complaints)
        elif sheet.key in tables:
            other = tables[sheet.key].title
            what = _(
                "the sheets {one!r} and {other!r} are the same one in two languages",
                one=other,
                other=grid.title,
            )
            complaints.add(grid.title, what, _("Delete one of them."))
        else:
            rows = _rows_of(sheet, grid, complaints)
            tables[sheet.key] = Table(sheet, grid.title, rows or [], grid, rows is not None)
            if grid.overflow:
                what = _("the sheet is too large: it goes on beyond {place}", place=grid.overflow)
                complaints.add(grid.title, what, _("Delete what is not needed."))
    for sheet in SHEETS:
        if sheet.required and sheet.key not in tables:
            what = _("the sheet {id!r} ({en}) is missing", id=sheet.name.id, en=sheet.name.en)
            remedy = _("Add it, or begin with a new template: ektp-sched template -o kota.xlsx.")
            complaints.add(sheet.name.id, what, remedy)
    return tables


def is_example(row: Sequence[Any]) -> bool:
    """Whether a row is marked as the worked example of the template."""
    first = next((value for value in row if not is_blank(value)), None)
    return isinstance(first, str) and first.strip().casefold().startswith(EXAMPLE_MARKS)


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing or blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def find_headings(sheet: Sheet, grid: Grid) -> tuple[int, dict[int, Column]]:
    """The index of the row of headings, and the columns by index; -1 where there are none."""
    best: tuple[int, dict[int, Column]] = (-1, {})
    for index, row in enumerate(grid.rows[:_HEADING_ROWS]):
        found: dict[int, Column] = {}
        for find in (_column, _column_also_called):
            for place, value in enumerate(row):
                column = find(sheet, value)
                if place not in found and column and column not in found.values():
                    found[place] = column
        if len(found) > len(best[1]):
            best = (index, found)
    return best


def _column(sheet: Sheet, value: Any) -> Column | None:
    if not isinstance(value, str):
        return None
    heading = heading_of(value)
    return next((column for column in sheet.columns if column.is_called(heading)), None)


def _column_also_called(sheet: Sheet, value: Any) -> Column | None:
    heading = heading_of(value) if isinstance(value, str) else ""
    return next((column for column in sheet.columns if heading in column.also), None)


def _rows_of(sheet: Sheet, grid: Grid, complaints: Complaints) -> list[Row] | None:
    """The rows of a sheet; None where its headings are at fault."""
    if sheet is MATRIX or not grid.rows:
        return []
    if sheet.upright:
        return _upright(sheet, grid, complaints)
    top, columns = find_headings(sheet, grid)
    if top < 0:
        names = ", ".join(column.heading.id for column in sheet.columns)
        what = _("no row of headings is found in the first rows")
        complaints.add(
            f"{grid.title}!A1", what, _("Write the headings in row 1: {names}.", names=names)
        )
        return None
    fit = _headings_fit(sheet, grid, top, columns, complaints)
    if _holds_persons(sheet, grid, top, columns, complaints) or not fit:
        return None
    return list(_below(grid, top, columns, complaints))


def _holds_persons(
    sheet: Sheet, grid: Grid, top: int, columns: dict[int, Column], complaints: Complaints
) -> bool:
    """Complain of columns that hold numbers or names of persons; nothing of them is repeated."""
    rows = [row for row in grid.rows[top + 1 :] if not is_example(row)]
    held = False
    for n in range(max(map(len, rows), default=0)):
        what = ""
        if n not in columns and any(_is_of_a_person(row[n]) for row in rows if n < len(row)):
            what = _("this column holds numbers as long as a NIK")
        elif sheet is PUPILS and n in columns and _are_names(_of_persons(rows, n, columns)):
            what = _("this column seems to hold names of pupils")
        if what:
            where = f"{grid.title}!{get_column_letter(n + 1)}{top + 1}"
            complaints.add(where, what, _(COUNTS_ONLY))
            held = True
    return held


def _is_of_a_person(value: Any) -> bool:
    text = f"{value:.0f}" if isinstance(value, float) else str(value)
    return isinstance(value, str | int | float) and is_of_a_person(text)


def _of_persons(rows: Sequence[Sequence[Any]], n: int, columns: Mapping[int, Column]) -> list[str]:
    """The words in a column of the sheet of pupils that would be a person's name if they are one.

    Those are words in the place of numbers and dates, and the names of classes of one pupil.
    """
    key = columns[n].key
    cells = [(row[n], row) for row in rows if n < len(row) and _are_words(row[n])]
    if key == "name":
        counts = next((place for place, one in columns.items() if one.key == "students"), -1)
        return [cell for cell, row in cells if row[counts : counts + 1] == [1]]
    return [cell for cell, _row in cells if key in _COUNTED]


def _are_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not re.search(r"\d", value)


def _are_names(words: Sequence[str]) -> bool:
    """Whether most of some words look like the names of several persons."""
    names = [one for one in words if _NAME.fullmatch(one.strip())]
    return len(set(names)) >= _SEVERAL and 2 * len(names) > len(words)


def _below(
    grid: Grid, top: int, columns: dict[int, Column], complaints: Complaints
) -> Iterator[Row]:
    """The rows below the headings that hold something and are no examples."""
    places = {column.key: get_column_letter(n + 1) for n, column in columns.items()}
    for number, values in enumerate(grid.rows[top + 1 :], start=top + 2):
        if is_example(values) or all(n >= len(values) or is_blank(values[n]) for n in columns):
            continue
        row = Row(grid.title, places, number)
        for n, column in columns.items():
            _take(row, column, values[n] if n < len(values) else None, complaints)
        yield row


def _headings_fit(
    sheet: Sheet, grid: Grid, top: int, columns: dict[int, Column], complaints: Complaints
) -> bool:
    """Complain of headings that are unknown, personal, repeated or missing."""
    fit = True
    for n in range(max(len(row) for row in grid.rows)):
        value = grid.rows[top][n] if n < len(grid.rows[top]) else None
        if n in columns or (is_blank(value) and not _holds_data(grid, top, n)):
            continue
        where = f"{grid.title}!{get_column_letter(n + 1)}{top + 1}"
        fault = _fault_of_heading(sheet, value, columns)
        if fault:
            complaints.add(where, *fault)
            fit = fit and fault[1] != _(COUNTS_ONLY)
    found = {column.key for column in columns.values()}
    for column in sheet.columns:
        if column.required and column.key not in found:
            what = _(
                "the column {id!r} ({en}) is missing", id=column.heading.id, en=column.heading.en
            )
            complaints.add(f"{grid.title}!{column.heading.id}", what, _("Add it."))
            fit = False
    return fit


def _holds_data(grid: Grid, top: int, n: int) -> bool:
    return any(n < len(row) and not is_blank(row[n]) for row in grid.rows[top + 1 :])


def _fault_of_heading(
    sheet: Sheet, value: Any, columns: dict[int, Column]
) -> tuple[str, str] | None:
    if is_blank(value):
        return _("this column holds data but has no heading"), _("Give it a heading, or delete it.")
    text = str(value)
    heading = heading_of(text)
    if heading.startswith(NOTE_WORDS):
        return None
    if holds_personal_data(text) or (sheet is PUPILS and heading in _NAMES):
        return _("this column is about single persons"), _(COUNTS_ONLY)
    if _column(sheet, value) in columns.values():
        return _("the column {name!r} is there twice", name=_short(text)), _("Delete one of them.")
    known = {name: name for column in sheet.columns for name in column.heading}
    alike = get_close_matches(text, known, n=1)
    remedy = (
        _("Did you mean {name!r}?", name=alike[0])
        if alike
        else _("Delete it, or call it Catatan (note).")
    )
    return _("the column {name!r} is not known in this sheet", name=_short(text)), remedy


def _take(row: Row, column: Column, value: Any, complaints: Complaints) -> None:
    """Put a cell's value into its row, or complain of it."""
    if is_blank(value):
        if column.required:
            what = _("{id} ({en}) is missing", id=column.heading.id, en=column.heading.en)
            complaints.add(
                row.where(column.key),
                what,
                _("Fill it in. {note}", note=column.note.of(spoken_language())),
            )
            row.broken.add(column.key)
        return
    try:
        if isinstance(value, Broken):
            raise CellError(value.what, value.remedy)  # noqa: TRY301 - told like any other
        row.values[column.key] = column.kind.read(value)
    except CellError as error:
        if column.key in _COUNTED and _are_words(value):  # perhaps a pupil's name: not repeated
            remedy = _(COUNTS_ONLY) if _NAME.fullmatch(value.strip()) else error.remedy
            error = CellError(_("this is text, not a number or a date"), remedy)
        complaints.add_error(row.where(column.key), error)
        row.broken.add(column.key)


def _upright(sheet: Sheet, grid: Grid, complaints: Complaints) -> list[Row]:
    """The one row of a sheet with a setting in each row: its name in A, its value in B."""
    row = Row(grid.title, {}, None)
    for number, cells in enumerate(grid.rows, start=1):
        name, value = [*cells, None, None][:2]
        column = _column(sheet, name)
        where = f"{grid.title}!B{number}"
        if column is None:
            if isinstance(name, str) and holds_personal_data(name):
                what = _("this setting is about single persons")
                complaints.add(f"{grid.title}!A{number}", what, _(COUNTS_ONLY))
            elif not is_blank(name) and not is_blank(value) and number > 1:
                what = _("the setting {name!r} is not known", name=_short(str(name)))
                alike = get_close_matches(str(name), [n for c in sheet.columns for n in c.heading])
                remedy = (
                    _("Did you mean {name!r}?", name=alike[0]) if alike else _("Delete the row.")
                )
                complaints.add(f"{grid.title}!A{number}", what, remedy)
        elif column.key in row.places:
            what = _("{id} ({en}) is there twice", id=column.heading.id, en=column.heading.en)
            complaints.add(where, what, _("Delete one of the rows."))
        else:
            row.places[column.key] = f"B{number}"
            _take(row, column, value, complaints)
    for column in sheet.columns:
        if column.key not in row.places:
            if column.required:
                what = _(
                    "the setting {id!r} ({en}) is missing",
                    id=column.heading.id,
                    en=column.heading.en,
                )
                complaints.add(f"{grid.title}!{column.heading.id}", what, _("Add a row for it."))
                row.broken.add(column.key)
            row.places[column.key] = "A1"
    return [row]


def _complain_of_misspelt(grid: Grid, complaints: Complaints) -> None:
    """A sheet that is not known is the planner's own, unless it is called almost as a known one."""
    names = [name for sheet in SHEETS for name in sheet.name]
    alike = get_close_matches(grid.title.strip(), names, n=1, cutoff=0.85)
    if alike and grid.rows:
        what = _("the sheet {name!r} is not known", name=grid.title)
        complaints.add(
            grid.title, what, _("Call it {name!r}, or something quite different.", name=alike[0])
        )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."
