"""How sheets look: headings, widths, paper, text that stays text."""

from collections.abc import Iterable
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

HEADING_FILL = PatternFill("solid", fgColor="1F4E5F")
REQUIRED_FILL = PatternFill("solid", fgColor="9C3D10")
EXAMPLE_FILL = PatternFill("solid", fgColor="EFEFEF")
WARNING_FILL = PatternFill("solid", fgColor="FFD9B3")
FAULT_FILL = PatternFill("solid", fgColor="FF9F9F")
DOUBT_FILL = PatternFill("solid", fgColor="FFE699")
HEADING_FONT = Font(bold=True, color="FFFFFF")
EXAMPLE_FONT = Font(italic=True, color="666666")
TITLE_FONT = Font(bold=True, size=14)
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
PLAIN = Alignment(vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_THIN = Side(style="thin", color="BFBFBF")
LINES = Border(bottom=_THIN)
_LINE = 15  # points
_AUTHOR = "ektp-sched"
_MARKER = "ektp-sched check"
_BELOW = "\n\n―――\n"  # between marks and what was remarked before


def put(cell: Cell | MergedCell, value: Any, number_format: str = "General") -> None:
    """Write a value; text stays text, also if it looks like a formula or an error."""
    assert isinstance(cell, Cell)  # of merged cells only the first is written to
    cell.value = value
    cell.number_format = number_format
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t"))


def heading(cell: Cell | MergedCell, text: str, *, required: bool = False, note: str = "") -> None:
    """Write a heading, with a note that shows when the mouse is over it."""
    put(cell, text)
    cell.font, cell.alignment = HEADING_FONT, CENTRED
    cell.fill = REQUIRED_FILL if required else HEADING_FILL
    if note:
        remark(cell, note)


def remark(cell: Cell | MergedCell, text: str, *, author: str = _AUTHOR) -> None:
    """Attach a note that shows when the mouse is over the cell."""
    height = 40 + 20 * (len(text) // 40 + 1)
    cell.comment = Comment(text, author, width=320, height=height)


def mark(cell: Cell | MergedCell, text: str, *, fault: bool) -> None:
    """Colour a cell that is at fault or doubtful, and say why above what is remarked already."""
    former = cell.comment
    if former is not None:
        between = "\n\n" if former.author == _MARKER else _BELOW
        text = f"{text}{between}{former.text}"
    cell.fill = FAULT_FILL if fault else DOUBT_FILL
    remark(cell, text, author=_MARKER)


def unmark(cell: Cell) -> None:
    """Take marks away; what was remarked before stays."""
    if cell.comment and cell.comment.author == _MARKER:
        former = cell.comment.text.partition(_BELOW)[2]
        cell.comment = None
        if former:
            remark(cell, former)
        if cell.fill.fgColor.rgb in {FAULT_FILL.fgColor.rgb, DOUBT_FILL.fgColor.rgb}:
            cell.fill = PatternFill()


def set_paper(sheet: Worksheet, *, pages_wide: int = 1) -> None:
    """A4, one page or two wide, with the headings on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if pages_wide > 1:
        sheet.print_title_cols = "A:B"
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    assert footer.left is not None
    footer.center.text, footer.left.text = "&P / &N", "&A"
    sheet.page_margins = PageMargins(0.5, 0.5, 0.8, 0.8, header=0.3, footer=0.3)


def set_height(sheet: Worksheet, line: int, texts: Iterable[tuple[object, int]]) -> None:
    """A height that shows wrapped texts whole, each given with the width it has in characters.

    Not every program finds the height by itself.
    """
    lines = max((_lines(str(text), max(1, width - 3)) for text, width in texts), default=1)
    sheet.row_dimensions[line].height = _LINE * lines


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-len(part) // width)) for part in text.split("\n"))


def set_widths(sheet: Worksheet, widths: list[int]) -> None:
    """Widths of the columns from A on, in characters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
