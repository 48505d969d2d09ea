"""Schools from a register's list and hours from a timetable, put into a workbook.

What else is in the workbook stays as it is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.domain.lookup import find
from ektp_sched.errors import Complaint, DecisionError, ProblemError
from ektp_sched.files.excel import sheets, styles
from ektp_sched.files.excel.asc_timetable import read_timetable
from ektp_sched.files.excel.assembling import ids_of
from ektp_sched.files.excel.cells import CellError, Complaints
from ektp_sched.files.excel.grid import Grid, read_grids
from ektp_sched.files.excel.rows import find_headings, find_tables, is_blank, is_example
from ektp_sched.files.excel.school_list import Hidden, ListedSchool, read_school_list
from ektp_sched.files.excel.school_table import SENIOR_KINDS
from ektp_sched.files.excel.table import Both, Column, Sheet
from ektp_sched.files.excel.writing import blank_book, open_book, save_book
from ektp_sched.texts.language import Language, _, ngettext
from ektp_sched.writer import option

Existing = Literal["replace", "keep"]
ROLL_HEADING = Both("Catatan: siswa seluruhnya", "Note: whole roll")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows added, rows left out as known, and what to look at.

    `left_out` counts the schools of kinds that were not asked for; `remarks` are about the file as
    a whole, `doubts` about single rows, with the cells in which they now stand. `copy` is the dated
    copy of a file that was replaced.
    """

    added: int
    known: int
    doubts: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    copy: Path | None = None


def import_schools(
    source: Path,
    path: Path,
    *,
    workbook: Path | None,
    language: Language,
    kinds: Collection[str] | None = SENIOR_KINDS,
    hidden: Hidden | None = None,
    skip_incomplete: bool = False,
    due: bool = False,
    replace: bool = False,
) -> Imported:
    """Put the schools of a list into a workbook, a new one or a copy of `workbook`.

    Schools whose NPSN is there already are left as they are. A position that cannot be right is
    left blank. Every doubt is marked on its cell. What else is to be said of the list, see
    read_school_list().

    Raises
    ------
    FileError
        A file cannot be read or written.
    DecisionError
        Rows are hidden, and `hidden` does not say what to do with them.
    ProblemError
        Cells of the list are at fault.
    """
    book = open_book(workbook) if workbook else blank_book(language)
    page, pupils = Page(book, sheets.SCHOOLS, language), Page(book, sheets.PUPILS, language)
    listed = read_school_list(
        source,
        kinds=kinds,
        hidden=hidden,
        skip_incomplete=skip_incomplete,
        due=due,
        districts=page.values("district"),
    )
    there = page.values("id")
    new = [school for school in listed.schools if school.id not in there]
    doubts: list[str] = []
    for school in new:
        line = page.append(_row(school))
        if school.roll is not None:
            page.note(line, ROLL_HEADING, school.roll)
        for doubt in school.doubts:
            cell = page.mark(line, doubt.key, doubt.text)
            doubts.append(
                _("{cell}, {school}: {doubt}", cell=cell, school=school.name, doubt=doubt.text)
            )
        if school.due is not None:
            pupils.append({"school": school.id, "name": "semua", "students": school.due})
    copy = save_book(book, path, replace=replace)
    known = len(listed.schools) - len(new)
    return Imported(len(new), known, tuple(doubts), listed.remarks, listed.left_out, copy)


def import_hours(
    source: Path,
    path: Path,
    *,
    school: str,
    workbook: Path,
    language: Language,
    existing: Existing | None = None,
    replace: bool = False,
) -> Imported:
    """Put the hours of a school's aSc timetable into a copy of a workbook.

    Parameters
    ----------
    school
        Its NPSN, or its name or a part of that where it fits no other school.
    existing
        Whether rows of hours that the school has already are replaced or kept beside the new ones.

    Raises
    ------
    FileError
        A file cannot be read or written.
    ProblemError
        The sheet of schools or that of hours is at fault.
    RequestError
        The school is not in the workbook, or several fit.
    DecisionError
        The school has rows of hours already, and `existing` does not say what to do with them.
    """
    timetable = read_timetable(source)
    name, rows = _hours_of(school, workbook)
    if rows and existing is None:
        raise _undecided(name, len(rows), workbook)
    book = open_book(workbook)
    page = Page(book, sheets.HOURS, language)
    remarks: list[str] = []
    if rows and existing == "replace":
        page.empty(line for line, others in rows.items() if not others)
        shared = {line: others for line, others in rows.items() if others}
        places = [page.put(line, "school", "; ".join(others)) for line, others in shared.items()]
        remarks = _replaced(len(rows), places)
    for item in timetable.hours:
        row = {key: getattr(item, key) for key in ("days", "start", "end", "lesson_percent")}
        page.append({"school": name} | row)
    copy = save_book(book, path, replace=replace)
    doubts = [*timetable.doubts]
    if rows and existing == "keep":
        doubts.append(
            _(
                "{page}: school {school} had hours before; delete the rows that no longer hold",
                page=page.title,
                school=name,
            )
        )
    return Imported(len(timetable.hours), 0, tuple(doubts), tuple(remarks), copy=copy)


def _hours_of(school: str, workbook: Path) -> tuple[str, dict[int, list[str]]]:
    """The id of a school, and the rows of its hours with the other schools that share each."""
    complaints = Complaints()
    tables = find_tables(read_grids(workbook), complaints)
    known, hours = tables.get(sheets.SCHOOLS.key), tables.get(sheets.HOURS.key)
    if known is None or not known.legible or not (hours is None or hours.legible):
        raise ProblemError(complaints.all(), source=str(workbook))
    schools = ids_of(known, "", complaints)
    name = find((_School(*one) for one in schools.names.items()), school, "school").id
    rows: dict[int, list[str]] = {}
    for row in hours.rows if hours else ():
        named = schools.all_in(str(row.values.get("school", "")))[0]
        if name in named and row.number is not None:
            rows[row.number] = [other for other in named if other != name]
    return name, rows


class _School(NamedTuple):
    id: str
    name: str


def _undecided(school: str, rows: int, workbook: Path) -> DecisionError:
    what = ngettext(
        "school {school} has {n} row of hours already",
        "school {school} has {n} rows of hours already",
        rows,
        school=school,
    )
    yes, no = (option("existing", answer) for answer in ("replace", "keep"))
    remedy = _("Say {yes} or {no}.", yes=yes, no=no)
    return DecisionError(
        [Complaint("", what, remedy)],
        source=str(workbook),
        argument="existing",
        question=_("{what}. Replace them?", what=what),
        answers=("replace", "keep"),
    )


def _replaced(rows: int, shared: Sequence[str]) -> list[str]:
    """What to say of rows that were replaced, and of those that other schools share."""
    remarks = [
        ngettext(
            "{n} row of hours that the school had was replaced",
            "{n} rows of hours that the school had were replaced",
            rows,
        )
    ]
    if shared:
        remarks.append(
            _(
                "rows that hold for other schools too now name those alone: {rows}",
                rows=", ".join(shared),
            )
        )
    return remarks


def _row(school: ListedSchool) -> dict[str, object]:
    keys = ("id", "name", "kind", "district")
    row: dict[str, object] = {key: getattr(school, key) or None for key in keys}
    if school.location is not None:
        row |= {"location.lat": school.location.lat, "location.lon": school.location.lon}
    return row


class Page:
    """One sheet of a workbook, found by its name and its headings in either language."""

    def __init__(self, book: Workbook, sheet: Sheet, language: Language) -> None:
        found = [page for page in book.worksheets if sheet.is_called(page.title)]
        self._page: Worksheet = found[0] if found else book.create_sheet(sheet.name.of(language))
        self._language = language
        top, columns = self._headings(sheet)
        if top < 0:
            top = 0
            columns = dict(enumerate(sheet.columns))
            for n, column in columns.items():
                text = column.heading.of(language) + ("*" if column.required else "")
                styles.heading(self._page.cell(1, n + 1), text, required=column.required)
        self._columns: dict[str, tuple[int, Column]] = {
            column.key: (n + 1, column) for n, column in columns.items()
        }
        self._notes: dict[Both, int] = {}
        self._top = top + 1
        self._next = self._first_free()

    @property
    def title(self) -> str:
        """The sheet's own title."""
        return self._page.title

    def values(self, key: str) -> set[str]:
        """What stands in a column, as it is read; examples are left out."""
        if key not in self._columns:
            return set()
        number, column = self._columns[key]
        found: set[str] = set()
        for row in self._page.iter_rows(min_row=self._top + 1, values_only=True):
            value = row[number - 1] if number <= len(row) else None
            if not is_example(row) and not is_blank(value):
                with suppress(CellError):  # told when the workbook is read
                    found.add(str(column.kind.read(value)))
        return found

    def append(self, values: Mapping[str, Any]) -> int:
        """Add a row below the others and give its number."""
        line = self._next
        self._next += 1
        for key, value in values.items():
            if value is not None:
                self.put(line, key, value)
        return line

    def put(self, line: int, key: str, value: Any) -> str:
        """Write a value into the column of that key, if there is one; give its place."""
        if key in self._columns:
            number, column = self._columns[key]
            written = column.kind.write(value, self._language)
            styles.put(self._page.cell(line, number), written, column.kind.number_format)
        return self._place(line, key)

    def note(self, line: int, heading: Both, value: int) -> None:
        """Write a number into a column of notes, added where it is not there yet."""
        if heading not in self._notes:
            self._notes[heading] = self._note_column(heading)
        styles.put(self._page.cell(line, self._notes[heading]), value, "0")

    def _note_column(self, heading: Both) -> int:
        headings = [cell.value for cell in self._page[self._top]]
        number = next((n for n, v in enumerate(headings, start=1) if v in heading), 0)
        if not number:
            number = max(n for n, v in enumerate(headings, start=1) if not is_blank(v)) + 1
            styles.heading(self._page.cell(self._top, number), heading.of(self._language))
            self._page.column_dimensions[get_column_letter(number)].width = len(heading.id)
        return number

    def mark(self, line: int, key: str, text: str) -> str:
        """Colour a cell, comment on it, and give its place; a position has two cells."""
        keys = ("location.lat", "location.lon") if key == "location.lat" else (key,)
        for n in {self._columns[k][0] for k in keys if k in self._columns} or {1}:
            styles.mark(self._page.cell(line, n), text, fault=False)
        return self._place(line, key)

    def _place(self, line: int, key: str) -> str:
        number = self._columns[key][0] if key in self._columns else 1
        return f"{self.title}!{get_column_letter(number)}{line}"

    def empty(self, lines: Iterable[int]) -> None:
        """Empty the known columns of rows; what merged cells give to other rows stays there."""
        emptied = set(lines)
        for area in list(self._page.merged_cells.ranges):
            if emptied & set(range(area.min_row, area.max_row + 1)):
                value = self._page.cell(area.min_row, area.min_col).value
                self._page.unmerge_cells(str(area))
                for line in range(area.min_row, area.max_row + 1):
                    self._page.cell(line, area.min_col).value = value
        for line in emptied:
            for number, _column in self._columns.values():
                self._page.cell(line, number).value = None
        self._next = self._first_free()

    def _headings(self, sheet: Sheet) -> tuple[int, dict[int, Column]]:
        rows = [list(row) for row in self._page.iter_rows(max_row=10, values_only=True)]
        return find_headings(sheet, Grid(self._page.title, rows, ""))

    def _first_free(self) -> int:
        last = self._top
        for line, row in enumerate(self._page.iter_rows(values_only=True), start=1):
            if line > self._top and (is_example(row) or any(not is_blank(v) for v in row)):
                last = line
        return last + 1
