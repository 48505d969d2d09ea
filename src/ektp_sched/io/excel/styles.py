"""How sheets look: headings, widths, paper, text that stays text."""

from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HEADING_FILL = PatternFill("solid", fgColor="1F4E5F")
REQUIRED_FILL = PatternFill("solid", fgColor="9C3D10")
EXAMPLE_FILL = PatternFill("solid", fgColor="EFEFEF")
WARNING_FILL = PatternFill("solid", fgColor="FFD9B3")
HEADING_FONT = Font(bold=True, color="FFFFFF")
EXAMPLE_FONT = Font(italic=True, color="666666")
TITLE_FONT = Font(bold=True, size=14)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_THIN = Side(style="thin", color="BFBFBF")
LINES = Border(bottom=_THIN)
_AUTHOR = "ektp-sched"
_PAGE = "Halaman &P / &N"


def put(cell: Cell, value: Any, number_format: str = "General") -> None:
    """Write a value; text stays text, also if it looks like a formula or an error."""
    cell.value = value
    cell.number_format = number_format
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t"))  # type: ignore[attr-defined]


def heading(cell: Cell, text: str, *, required: bool = False, note: str = "") -> None:
    """Write a heading, with a note that shows when the mouse is over it."""
    put(cell, text)
    cell.font, cell.alignment = HEADING_FONT, CENTRED
    cell.fill = REQUIRED_FILL if required else HEADING_FILL
    if note:
        comment = Comment(note, _AUTHOR)
        comment.width, comment.height = 320, 40 + 20 * (len(note) // 40 + 1)
        cell.comment = comment


def set_paper(sheet: Worksheet, *, landscape: bool = True, headings: int = 1) -> None:
    """A4, as wide as the page, with the headings on each page."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{headings}:{headings}"
    sheet.oddFooter.center.text = f"{_PAGE}"
    sheet.oddFooter.left.text = "&A"
    for margin in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, margin, 0.5)
    sheet.page_margins.bottom = 0.7


def set_widths(sheet: Worksheet, widths: list[int]) -> None:
    """Widths of the columns from A on, in characters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
