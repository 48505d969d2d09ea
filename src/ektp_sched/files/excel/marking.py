"""A copy of a workbook with what is at fault or doubtful marked on the cells, and a list of it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.domain.complaints import COUNTS_ONLY
from ektp_sched.errors import Complaint
from ektp_sched.files.excel import styles
from ektp_sched.files.excel.grid import Grid
from ektp_sched.files.excel.rows import find_headings
from ektp_sched.files.excel.sheets import SHEETS
from ektp_sched.files.excel.table import Both
from ektp_sched.files.excel.writing import book_bytes, open_book
from ektp_sched.files.outputs import Outputs
from ektp_sched.rulebook import Advice
from ektp_sched.texts.language import Language, _, speaking

TITLE = Both("Pemeriksaan", "Check")
_HEADINGS = (
    Both("Jenis", "Sort"),
    Both("Tempat", "Place"),
    Both("Yang ditemukan", "What was found"),
)
_FAULT, _DOUBT = Both("kesalahan", "fault"), Both("keraguan", "doubt")
_NOTHING = Both("Tidak ada yang salah atau meragukan.", "Nothing is at fault or doubtful.")
_WIDTHS = [14, 28, 100]
_CELL = re.compile(r"(.+)!([A-Z]{1,3}[1-9]\d{0,6})")


class _Finding(NamedTuple):
    """What is listed; `personal` where the cell says something of one person."""

    fault: bool
    where: str
    text: str
    personal: bool = False


def mark_workbook(
    source: Path,
    path: Path,
    faults: Sequence[Complaint],
    doubts: Sequence[Advice],
    *,
    language: Language,
    replace: bool,
) -> Path | None:
    """Write the copy; see the function of this name in ektp_sched.files.excel."""
    book = open_book(source)
    _unmark(book)
    findings = [
        _Finding(True, one.where, f"{one.what}. {one.remedy}", _is_personal(one)) for one in faults
    ]
    findings += [_Finding(False, one.where, one.message) for one in doubts]
    for finding in reversed(findings):  # the first one's colour and comment on top
        if cell := _cell(book, finding.where):
            styles.mark(cell, finding.text, fault=finding.fault)
            if finding.personal:
                _empty(book, cell)
    _list(book, findings, language)
    outputs = Outputs([path], inputs=[source], replace=replace)
    return outputs.write({path: book_bytes(book)}).copy


def _is_personal(fault: Complaint) -> bool:
    """Whether something was refused because it is about one person, in whichever language."""
    remedies = []
    for language in get_args(Language):
        with speaking(language):
            remedies.append(_(COUNTS_ONLY))
    return fault.remedy in remedies


def _unmark(book: Workbook) -> None:
    """Take away the list and the marks that an earlier copy was given."""
    for title in TITLE:
        if title in book.sheetnames and book[title]["A1"].value in _HEADINGS[0]:
            del book[title]
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell, Cell):
                    styles.unmark(cell)


def _cell(book: Workbook, where: str) -> Cell | None:
    """The cell of a place, the first one of merged cells; None where the place is none."""
    match = _CELL.fullmatch(where)
    if match is None or match[1] not in book.sheetnames:
        return None
    page = book[match[1]]
    cell = page[match[2]]
    if isinstance(cell, MergedCell):
        area = next(a for a in page.merged_cells.ranges if match[2] in a)
        cell = page.cell(area.min_row, area.min_col)
    return cell if isinstance(cell, Cell) else None


def _empty(book: Workbook, cell: Cell) -> None:
    """Leave out what is about persons: that cell, or all below where it is a heading."""
    page = book[cell.parent.title]
    below = [row[0] for row in page.iter_rows(cell.row + 1, None, cell.column, cell.column)]
    for one in below if cell.row == _heading_row(page) else [cell]:
        if isinstance(one, Cell):
            one.value = None


def _heading_row(page: Worksheet) -> int:
    """The number of the row of headings of a known sheet; 0 where there is none."""
    rows = [list(row) for row in page.iter_rows(max_row=10, values_only=True)]
    sheet = next((sheet for sheet in SHEETS if sheet.is_called(page.title)), None)
    return 0 if sheet is None else find_headings(sheet, Grid(page.title, rows, ""))[0] + 1


def _list(book: Workbook, findings: Sequence[_Finding], language: Language) -> None:
    page: Worksheet = book.create_sheet(TITLE.of(language), 0)
    book.active = page
    for number, heading in enumerate(_HEADINGS, start=1):
        styles.heading(page.cell(1, number), heading.of(language))
    for line, finding in enumerate(findings, start=2):
        sort, place, what = (page.cell(line, number) for number in (1, 2, 3))
        styles.put(sort, (_FAULT if finding.fault else _DOUBT).of(language))
        sort.fill = styles.FAULT_FILL if finding.fault else styles.DOUBT_FILL
        styles.put(place, finding.where)
        styles.put(what, finding.text)
        what.alignment = styles.WRAPPED
        if _cell(book, finding.where):
            title, _sign, cell = finding.where.rpartition("!")
            place.hyperlink = Hyperlink(ref="", location=f"{quote_sheetname(title)}!{cell}")
        texts = [(finding.where, _WIDTHS[1]), (finding.text, _WIDTHS[2])]
        styles.set_height(page, line, texts)
    if not findings:
        styles.put(page.cell(2, 3), _NOTHING.of(language))
    styles.set_widths(page, _WIDTHS)
    page.freeze_panes = "A2"
    styles.set_paper(page)
