"""The table of travel times: ids along both edges, minutes inside."""

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from ektp_sched.io.excel.cells import CellError, Complaints, read_id, read_whole
from ektp_sched.io.excel.grid import Broken
from ektp_sched.io.excel.references import Ids, fault_of, those_in
from ektp_sched.io.excel.rows import Table, is_blank
from ektp_sched.language import _


def read_matrix(
    table: Table | None, places: Sequence[Ids], complaints: Complaints
) -> dict[str, Any]:
    """`places` and `minutes` of the travel table; nothing where it is at fault."""
    if table is None or not table.grid.rows:
        title = table.title if table else "Tabel waktu tempuh"
        what = _("the travel times are to come from this sheet, but it is empty")
        complaints.add(
            title, what, _("Fill it in, or write perkiraan (estimate) in the office sheet.")
        )
        return {}
    return _Reader(table, places, complaints).read()


class _Reader:
    def __init__(self, table: Table, places: Sequence[Ids], complaints: Complaints) -> None:
        self._title = table.title
        self._cells = [row for row in table.grid.rows if row]
        self._places = places
        self._known = {name for some in places for name in some.known}
        self._whole = all(some.whole for some in places)
        self._complaints = complaints
        self._fine = True

    def read(self) -> dict[str, Any]:
        """Ids and minutes, or nothing."""
        size = len(self._cells[0]) - 1
        columns = [self._id(0, n + 1) for n in range(size)]
        rows = [self._id(n + 1, 0) for n in range(len(self._cells) - 1)]
        if self._fine and rows != columns:
            what = _("the ids in column A are not those in row 1, in the same order")
            self._complain(0, 0, what, _("Write the same ids along both edges."))
        if missing := sorted(self._known - {name for name in columns if name}):
            what = _("the table lacks {missing}", missing=", ".join(missing[:5]))
            self._complain(0, 0, what, _("Give every base and school a row and a column."))
        minutes = [[self._minutes(n + 1, m + 1) for m in range(size)] for n in range(len(rows))]
        return {"places": columns, "minutes": minutes} if self._fine else {}

    def _id(self, row: int, column: int) -> str:
        value = self._at(row, column)
        if is_blank(value) or isinstance(value, Broken):
            self._complain(row, column, _("an id is missing"), _("Write a base's code or a NPSN."))
            return ""
        try:
            name = read_id(value)
        except CellError as error:
            self._complain(row, column, error.what, error.remedy)
            return ""
        found = those_in(name, self._places)
        if len(found) == 1:
            return found[0]
        if self._whole:
            self._complain(row, column, *fault_of([name], self._places))
        return name

    def _minutes(self, row: int, column: int) -> int:
        value = self._at(row, column)
        if is_blank(value) and row == column:
            return 0
        try:
            if is_blank(value) or isinstance(value, Broken):
                raise CellError(_("the minutes are missing"), _("Write whole minutes."))  # noqa: TRY301
            minutes = read_whole(value)
        except CellError as error:
            self._complain(row, column, error.what, error.remedy)
            return 0
        if not 0 <= minutes <= 1_440:
            self._complain(
                row,
                column,
                _("{minutes} minutes are no way", minutes=minutes),
                _("Write 0 to 1440."),
            )
        return minutes

    def _at(self, row: int, column: int) -> Any:
        cells = self._cells[row]
        return cells[column] if column < len(cells) else None

    def _complain(self, row: int, column: int, what: str, remedy: str) -> None:
        self._fine = False
        self._complaints.add(
            f"{self._title}!{get_column_letter(column + 1)}{row + 1}", what, remedy
        )
