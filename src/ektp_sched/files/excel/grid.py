"""The cells of a workbook as plain values, sheet by sheet, with merged cells filled.

A formula gives the value that Excel saved with it; one without such a value, or with an error,
is Broken.
"""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.worksheet.cell_range import CellRange

from ektp_sched.files.excel.cells import Share
from ektp_sched.files.excel.package import refusal, require_workbook
from ektp_sched.texts.language import _

MAX_ROWS = 100_000
MAX_COLUMNS = 2_000
MAX_CELLS = 10_000_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f])_")  # how Excel writes a vertical tab: _x000B_
_ROW = re.compile(rb"<(?:\w+:)?row(\s[^>]*)?>")
_NUMBER = re.compile(rb"\sr=['\"](\d{1,7})['\"]")
_HIDDEN = re.compile(rb"\shidden=['\"](?:1|true)['\"]")


class Broken(NamedTuple):
    """Stands for a value that a cell does not have."""

    what: str
    remedy: str


class Markup(NamedTuple):
    """Merged ranges as column, row, column, row from 1; whether there are formulas; hidden rows."""

    merges: list[tuple[int, int, int, int]]
    has_formulas: bool
    hidden: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's title and its rows, the first one first; short rows end in blanks.

    `overflow` is the place at which the limits are passed and reading ended, or "". `hidden` are
    the numbers of rows, from 1, that a filter or somebody hides. `entries` says that the rows after
    the first are those of another kind of file.
    """

    title: str
    rows: list[list[Any]]
    overflow: str
    hidden: frozenset[int] = frozenset()
    entries: bool = False


def read_grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, hidden ones too.

    Raises
    ------
    FileError
        The file is no workbook that can be read.
    """
    require_workbook(path)
    try:
        with ExitStack() as opened:
            values = opened.enter_context(_opened(path, data_only=True))
            _require_all_sheets(path, values)
            markups = [_markup(path, sheet) for sheet in values.worksheets]
            formulas = None
            if any(markup.has_formulas for markup in markups):  # else a second look is in vain
                formulas = opened.enter_context(_opened(path, data_only=False))
            return [
                _grid(sheet, markup, formulas and formulas[sheet.title])
                for sheet, markup in zip(values.worksheets, markups, strict=True)
            ]
    except MemoryError:
        raise refusal(
            path, _("the workbook is too large"), _("Delete what is not needed.")
        ) from None
    except Exception as error:  # whatever a damaged file makes the reader of workbooks raise
        raise refusal(
            path,
            _("the workbook cannot be read; it may be damaged"),
            _('Open it in Excel and save it again as "Excel Workbook (.xlsx)".'),
        ) from error


def _require_all_sheets(path: Path, book: Any) -> None:
    """What openpyxl does in silence is refused: it leaves a sheet out where its part is missing."""
    with zipfile.ZipFile(path) as archive:
        listed = len(_SHEET.findall(archive.read("xl/workbook.xml")))
    if listed != len(book.sheetnames):
        raise ValueError("a sheet is missing")


@contextmanager
def _opened(path: Path, *, data_only: bool) -> Iterator[Any]:
    with path.open("rb") as file, warnings.catch_warnings():  # a path must end in .xlsx
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, such as pictures
        book = openpyxl.load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _grid(sheet: Any, markup: Markup, formulas: Any) -> Grid:
    """The rows of a sheet, as far as the limits; `formulas` is the sheet with its formulas."""
    sheet.reset_dimensions()  # what a file claims about its size may be wrong
    twins: Iterable[Any] = repeat(())
    if formulas is not None:
        formulas.reset_dimensions()
        twins = formulas.iter_rows()
    rows: list[list[Any]] = []
    cells = 0
    for number, (row, twin) in enumerate(zip(sheet.iter_rows(), twins, strict=False), start=1):
        taken = _taken(row, twin)
        cells += len(row)
        if len(taken) > MAX_COLUMNS or cells > MAX_CELLS or (taken and number > MAX_ROWS):
            return Grid(
                sheet.title,
                rows,
                _("row {row:d}, column {column:d}", row=number, column=len(taken)),
            )
        if taken:
            rows.extend([] for _missing in range(number - 1 - len(rows)))
            rows.append(taken)
    _fill(rows, markup.merges)
    return Grid(sheet.title, rows, "", markup.hidden)


def _taken(row: Sequence[Any], twin: Sequence[Any]) -> list[Any]:
    """The values of a row without the blanks at its end."""
    taken = [_value(cell) for cell in row]
    for index, cell in enumerate(twin):
        if taken[index] is None and cell.data_type == "f":
            taken[index] = Broken(
                _("the formula has no saved value"),
                _("Open the file in Excel and save it again, or write the value itself."),
            )
    while taken and _is_blank(taken[-1]):
        taken.pop()
    return taken


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None or isinstance(value, str):
        if cell.data_type == "e":
            return Broken(
                _("the formula gives {value}", value=value),
                _("Correct it, or write the value itself."),
            )
        return value and _CONTROL.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return Share(value) if "%" in cell.number_format else value
    return value


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _markup(path: Path, sheet: Any) -> Markup:
    """What the reader that streams rows does not tell of."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(sheet._worksheet_path)  # noqa: SLF001 - nowhere else
    merges: list[tuple[int, int, int, int]] = []
    filled = 0
    for match in _MERGE.finditer(text):
        left, top, right, bottom = CellRange(match[1].decode()).bounds
        filled += min(bottom, MAX_ROWS) - top
        if filled > MAX_CELLS:
            raise ValueError("too many merged cells")
        merges.append((left, top, right, bottom))
    return Markup(merges, _FORMULA.search(text) is not None, _hidden(text))


def _hidden(text: bytes) -> frozenset[int]:
    hidden = set()
    number = 0
    for match in _ROW.finditer(text):
        marks = match[1] or b""
        said = _NUMBER.search(marks)
        number = int(said[1]) if said else number + 1
        if _HIDDEN.search(marks):
            hidden.add(number)
    return frozenset(hidden)


def _fill(rows: list[list[Any]], merges: list[tuple[int, int, int, int]]) -> None:
    """Give each row of a merged range the value of its first; across, only the first column."""
    for left, top, _right, bottom in merges:
        if top > len(rows) or left > len(rows[top - 1]):
            continue
        value = rows[top - 1][left - 1]
        for row in rows[top : min(bottom, len(rows))]:
            row.extend([None] * (left - len(row)))
            row[left - 1] = value
