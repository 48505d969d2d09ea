"""Parts of an office letter, put on an A4 sheet one after the other with python-docx."""

# ruff: noqa: SLF001 - what python-docx has no method for is done on its XML elements

import io
from collections.abc import Sequence
from string import ascii_lowercase
from typing import NamedTuple

from ektp_sched.extras import extra

with extra("letters"):
    from docx import Document
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Cm, Pt
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

TEXT_WIDTH = 16.5
_PAGE_WIDTH, _PAGE_HEIGHT, _LEFT, _TOP = 21.0, 29.7, 2.5, 1.5
_SIGNATURE_WIDTH = 7.5
_FONT = "Arial"
_LANGUAGES = {"id": "id-ID", "en": "en-GB"}


class Column(NamedTuple):
    """A column of a table of visits: its heading, width in cm and the lines of its cells."""

    heading: str
    width: float
    lines: Sequence[str]
    centred: bool = False


class Sheet:
    """A letter in the making. Texts may hold placeholders; lengths are in cm, sizes in points."""

    def __init__(self, language: str) -> None:
        self._document = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(_PAGE_WIDTH), Cm(_PAGE_HEIGHT)
        section.left_margin, section.right_margin = Cm(_LEFT), Cm(_PAGE_WIDTH - _LEFT - TEXT_WIDTH)
        section.top_margin = section.bottom_margin = Cm(_TOP)
        self._document.core_properties.author = ""
        self._document.core_properties.comments = ""
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(11)
        style.paragraph_format.space_after = Pt(0)
        style.element.get_or_add_rPr().append(_element("w:lang", val=_LANGUAGES[language]))

    def paragraph(
        self,
        words: str,
        *,
        align: str = "LEFT",
        bold: bool = False,
        underline: bool = False,
        size: float = 11,
        before: float = 0,
        first_line: float = 0,
        keep: bool = False,
    ) -> None:
        """A paragraph with `before` points of room above it; `keep` it with the next one."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.first_line_indent = Cm(first_line)
        paragraph.paragraph_format.keep_with_next = keep
        run = paragraph.add_run(words)
        run.bold, run.underline, run.font.size = bold, underline, Pt(size)

    def rule(self) -> None:
        """The double line that closes a letterhead."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.line_spacing = Pt(4)
        border = _element("w:pBdr")
        border.append(_element("w:bottom", val="double", sz="6", space="1", color="auto"))
        paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")

    def items(self, lines: Sequence[str]) -> None:
        """A list with a., b., c. before its lines."""
        for letter, words in zip(ascii_lowercase, lines, strict=False):
            paragraph = self._document.add_paragraph(f"{letter}.\t{words}")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent = Cm(0.7), Cm(-0.7)
            shape.tab_stops.add_tab_stop(Cm(0.7))

    def labelled(self, rows: Sequence[tuple[str, Sequence[str]]], *, width: float) -> None:
        """Labels as wide as `width`, colons, and what belongs to them."""
        table = self._table(len(rows), [width, 0.5, TEXT_WIDTH - width - 0.5])
        for row, (label, lines) in zip(table.rows, rows, strict=True):
            _fill(row.cells[0], [label])
            _fill(row.cells[1], [":"])
            _fill(row.cells[2], lines)

    def visits(self, columns: Sequence[Column]) -> None:
        """A table with a row for each visit; its heading comes again on every page."""
        table = self._table(4, [column.width for column in columns])
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        head, loop, body, end = table.rows
        _mark(head, "w:cantSplit", "w:tblHeader")
        _mark(body, "w:cantSplit")
        for above, below, column in zip(head.cells, body.cells, columns, strict=True):
            _fill(above, [column.heading], centred=True, bold=True, size=8)
            _fill(below, column.lines, centred=column.centred, size=9)
        for row, words in ((loop, "{%tr for visit in visits %}"), (end, "{%tr endfor %}")):
            _fill(row.cells[0].merge(row.cells[-1]), [words], size=8)

    def signature(
        self, before: Sequence[str], after: Sequence[str], *, beside: Sequence[str] = ()
    ) -> None:
        """Who signs, at the right, with room for the signature and all on one page."""
        row = self._table(1, [TEXT_WIDTH - _SIGNATURE_WIDTH, _SIGNATURE_WIDTH]).rows[0]
        left, right = row.cells
        _fill(right, [*before, "", "", "", *after])
        left.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        _fill(left, beside, size=9)
        _mark(row, "w:cantSplit")

    def to_bytes(self) -> bytes:
        """The sheet as a DOCX file."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _table(self, rows: int, widths: Sequence[float]) -> Table:
        table: Table = self._document.add_table(rows, len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        return table


def _fill(
    cell: _Cell,
    lines: Sequence[str],
    *,
    centred: bool = False,
    bold: bool = False,
    size: float = 11,
) -> None:
    """Put each line into a paragraph of its own."""
    for number, words in enumerate(lines):
        paragraph: Paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(size)


def _mark(row: _Row, *tags: str) -> None:
    for tag in tags:
        row._tr.get_or_add_trPr().append(_element(tag))


def _element(tag: str, **values: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element
