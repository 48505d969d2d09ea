"""A copy of a workbook with what is at fault or doubtful marked on the cells, and a list of it."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.io.excel import styles
from ektp_sched.io.excel.table import Both
from ektp_sched.io.excel.writing import book_bytes, open_book
from ektp_sched.io.outputs import Outputs
from ektp_sched.language import Language

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
    fault: bool
    where: str
    text: str


def mark_workbook(
    source: Path,
    path: Path,
    *,
    faults: Iterable[tuple[str, str]],
    doubts: Iterable[tuple[str, str]],
    language: Language,
    replace: bool,
) -> Path | None:
    """Write the copy; see the function of this name in ektp_sched.io.excel."""
    book = open_book(source)
    _unmark(book)
    findings = [_Finding(True, *fault) for fault in faults]
    findings += [_Finding(False, *doubt) for doubt in doubts]
    for fault, where, text in reversed(findings):  # the first one's colour and comment on top
        if cell := _cell(book, where):
            styles.mark(cell, text, fault=fault)
    _list(book, findings, language)
    outputs = Outputs([path], inputs=[source], replace=replace)
    return outputs.write({path: book_bytes(book)}).copy


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


def _list(book: Workbook, findings: Sequence[_Finding], language: Language) -> None:
    page: Worksheet = book.create_sheet(TITLE.of(language), 0)
    book.active = page
    for number, heading in enumerate(_HEADINGS, start=1):
        styles.heading(page.cell(1, number), heading.of(language))
    for line, (fault, where, text) in enumerate(findings, start=2):
        sort = page.cell(line, 1)
        styles.put(sort, (_FAULT if fault else _DOUBT).of(language))
        sort.fill = styles.FAULT_FILL if fault else styles.DOUBT_FILL
        place, what = page.cell(line, 2), page.cell(line, 3)
        styles.put(place, where)
        styles.put(what, text)
        what.alignment = styles.WRAPPED
        if _cell(book, where):
            title, _, cell = where.rpartition("!")
            place.hyperlink = Hyperlink(ref="", location=f"{quote_sheetname(title)}!{cell}")
        styles.set_height(page, line, [(where, _WIDTHS[1]), (text, _WIDTHS[2])])
    if not findings:
        styles.put(page.cell(2, 3), _NOTHING.of(language))
    styles.set_widths(page, _WIDTHS)
    page.freeze_panes = "A2"
    styles.set_paper(page)
