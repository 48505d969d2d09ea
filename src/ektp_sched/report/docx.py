"""DOCX files: templates filled in with docxtpl, and letters laid out with python-docx."""

import io
from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from ektp_sched.errors import Complaint, FileError, extra
from ektp_sched.texts.language import _

with extra("letters"):
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment
    from lxml.etree import LxmlError


class LetterTemplate:
    """A template with placeholders. What is filled in is text, never markup.

    Raises
    ------
    FileError
        It is no DOCX file, or its placeholders cannot be read.
    """

    def __init__(self, data: bytes, *, source: str) -> None:
        self._data, self._source = data, source
        self._names = self._placeholders()

    def fill(self, context: dict[str, Any]) -> bytes:
        """The template with its placeholders filled in, as a DOCX file.

        The same template and context make the same bytes, so that a letter that a person changed
        is known to be up to date still.

        Raises
        ------
        FileError
            The template has a placeholder that `context` does not know.
        """
        if unknown := sorted(self._names - set(context)):
            raise self._fault(*(_unknown(name, context) for name in unknown))
        document = self._opened()
        try:
            document.render(context, jinja_env=_environment(), autoescape=True)
            file = io.BytesIO()
            document.save(file)
        except UndefinedError as error:
            raise self._fault(_unknown(_name_in(error), _all_names(context))) from error
        except (TemplateError, LxmlError, TypeError, ValueError) as error:
            raise self._fault(_broken(error)) from error
        return _timeless(file.getvalue())

    def _placeholders(self) -> set[str]:
        document = self._opened()
        try:
            return set(document.get_undeclared_template_variables(_environment()))
        except (TemplateError, LxmlError) as error:
            raise self._fault(_broken(error)) from error

    def _opened(self) -> Any:
        document = DocxTemplate(io.BytesIO(self._data))
        try:
            document.init_docx()
        except (BadZipFile, OpcError, LxmlError, KeyError, ValueError) as error:
            what = _("this is no DOCX file")
            remedy = _("Save the template as Word 2007-365 (.docx).")
            raise self._fault(Complaint("", what, remedy)) from error
        return document

    def _fault(self, *complaints: Complaint) -> FileError:
        return FileError(complaints, source=self._source)


def _timeless(data: bytes) -> bytes:
    """A DOCX file without the time at which it was made, which only its ZIP entries have."""
    timeless = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as made, ZipFile(timeless, "w", ZIP_DEFLATED) as copy:
        for entry in made.infolist():
            copy.writestr(ZipInfo(entry.filename), made.read(entry), ZIP_DEFLATED)
    return timeless.getvalue()


def _environment() -> SandboxedEnvironment:
    """A template may come from anyone: it can fill in and repeat, but reach nothing else."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _unknown(name: str, known: Iterable[str]) -> Complaint:
    remedy = _(
        "Use one of: {known}; docs/guides/letters.md lists all placeholders.",
        known=", ".join(sorted(known)),
    )
    return Complaint("", _("the placeholder {name!r} is not known", name=name), remedy)


def _broken(error: Exception) -> Complaint:
    reason = str(error).splitlines()[0].rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        what = _(
            "the placeholders cannot be read (line {line:d} of its text): {reason}",
            line=error.lineno,
            reason=reason,
        )
    else:
        what = _("the placeholders cannot be read: {reason}", reason=reason)
    remedy = _(
        "Correct the braces or the words in them; docs/guides/letters.md lists all placeholders."
    )
    return Complaint("", what, remedy)


def _name_in(error: UndefinedError) -> str:
    """The name that jinja2 quotes last: "'dict object' has no attribute 'tiem'"."""
    return str(error).rsplit("'", 2)[-2]


def _all_names(context: dict[str, Any]) -> set[str]:
    """The names of a context and, with the list's name before, of what its lists hold."""
    names = set(context)
    for value in context.values():
        if isinstance(value, list):
            names |= {f"visit.{name}" for name in value[0]}
    return names


# ruff: noqa: SLF001 - what python-docx has no method for is done on its XML elements


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
