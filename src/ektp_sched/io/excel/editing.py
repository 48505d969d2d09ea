"""Adding rows to a workbook that a planner has begun; what is in it stays as it is."""

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.io.excel import styles
from ektp_sched.io.excel.grid import Grid
from ektp_sched.io.excel.package import refusal, require_workbook
from ektp_sched.io.excel.rows import find_headings, is_blank, is_example
from ektp_sched.io.excel.table import Column, Sheet
from ektp_sched.language import Language, _


def open_book(path: Path) -> Workbook:
    """A workbook to add to; raises FileError."""
    require_workbook(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(file)
    except Exception as error:  # whatever a damaged file makes openpyxl raise
        what = _("the workbook cannot be read; it may be damaged")
        raise refusal(path, what, _("Open it in Excel and save it again.")) from error


class Page:
    """One sheet of a workbook, found by its name and its headings in either language."""

    def __init__(self, book: Workbook, sheet: Sheet, language: Language) -> None:
        found = [page for page in book.worksheets if sheet.is_called(page.title)]
        self.page: Worksheet = found[0] if found else book.create_sheet(sheet.name.of(language))
        self._language = language
        top, columns = self._headings(sheet)
        if top < 0:
            top = 0
            columns = dict(enumerate(sheet.columns))
            for n, column in columns.items():
                text = column.heading.of(language) + ("*" if column.required else "")
                styles.heading(self.page.cell(1, n + 1), text, required=column.required)
        self._columns: dict[str, tuple[int, Column]] = {
            column.key: (n + 1, column) for n, column in columns.items()
        }
        self._top = top + 1
        self._next = self._first_free()

    def values(self, key: str) -> set[str]:
        """What stands in a column, as text; examples are left out."""
        if key not in self._columns:
            return set()
        place = self._columns[key][0] - 1
        rows = self.page.iter_rows(min_row=self._top + 1, values_only=True)
        cells = (row[place] for row in rows if place < len(row) and not is_example(row))
        return {str(value).strip() for value in cells if not is_blank(value)}

    def append(self, values: Mapping[str, Any], *, doubts: Iterable[str] = ()) -> int:
        """Add a row below the others and give its number; `doubts` are shown at its position."""
        line = self._next
        self._next += 1
        for key, value in values.items():
            if value is not None and key in self._columns:
                number, column = self._columns[key]
                written = column.kind.write(value, self._language)
                styles.put(self.page.cell(line, number), written, column.kind.number_format)
        if text := "; ".join(doubts):
            for key in ("location.lat", "location.lon"):
                if key in self._columns:
                    cell = self.page.cell(line, self._columns[key][0])
                    cell.fill = styles.WARNING_FILL
                    styles.remark(cell, text)
        return line

    def _headings(self, sheet: Sheet) -> tuple[int, dict[int, Column]]:
        rows = [list(row) for row in self.page.iter_rows(max_row=10, values_only=True)]
        return find_headings(sheet, Grid(self.page.title, rows, ""))

    def _first_free(self) -> int:
        last = self._top
        for line, row in enumerate(self.page.iter_rows(values_only=True), start=1):
            if line > self._top and (is_example(row) or any(not is_blank(v) for v in row)):
                last = line
        return last + 1
