"""Writing workbooks: the blank template, and a problem as a workbook."""

import datetime as dt
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import holidays
import openpyxl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.domain import Policy, Problem
from ektp_sched.errors import Complaint, FileError
from ektp_sched.io.excel import sheets, styles
from ektp_sched.io.excel.cells import is_of_a_person
from ektp_sched.io.excel.content import Rows, content_of, matrix_of
from ektp_sched.io.excel.guide import write_guide
from ektp_sched.io.excel.office import HEADINGS, OFFICE
from ektp_sched.io.excel.package import refusal, require_workbook
from ektp_sched.io.excel.rows import is_example
from ektp_sched.io.excel.table import Column, Sheet
from ektp_sched.io.outputs import write_file
from ektp_sched.language import Language, _, spoken_language

GUARDED_ROWS = 2_000
_SORTS = (("public", holidays.PUBLIC), ("collective", holidays.GOVERNMENT))
_LONGEST_LIST = 255
_OFFICE_WIDTHS = [28, 34, 70]
_WIDEST_PAGE = 180
_LEAST_WIDTH = 20  # of the first column, for what marks an example
_EXAMPLE = {"id": "contoh: ", "en": "example: "}


def write_template(
    path: str | Path, language: Language, *, years: Sequence[int] = (), replace: bool = False
) -> Path | None:
    """Write a blank workbook that explains itself.

    Parameters
    ----------
    years
        Years whose public holidays and collective leave stand in the sheet of holidays.
    replace
        Replace also a workbook that a person made or filled in; a dated copy of it is kept.

    Raises
    ------
    FileError
        The file cannot be written, or a person made or changed what stands there.
    """
    return save_book(blank_book(language, years=years), path, replace=replace)


def save_problem_xlsx(
    problem: Problem, path: str | Path, language: Language = "id", *, replace: bool = False
) -> Path | None:
    """Write a problem as a workbook that reads back as the same problem.

    Raises
    ------
    FileError
        The file cannot be written, a person made or changed what stands there and `replace` does
        not ask for it to be replaced, or a text of the problem would not be read back as it is.
    """
    content = content_of(problem)
    if complaints := list(_unreadable(content)):
        raise FileError(complaints, source=str(path))
    book = _book(content, language, matrix=matrix_of(problem))
    return save_book(book, path, replace=replace)


def _unreadable(content: Mapping[str, Rows]) -> Iterator[Complaint]:
    """Texts that mean something else in a workbook: signs between tags, marks, long numbers."""
    for sheet in sheets.SHEETS:
        first = sheet.columns[0].key if sheet.columns and not sheet.upright else ""
        for column, row in product(sheet.columns, content.get(sheet.key, ())):
            value = row.get(column.key)
            texts = value if isinstance(value, frozenset) else {value}
            for text in (text for text in texts if isinstance(text, str)):
                marked = column.key == first and is_example([text])
                split = isinstance(value, frozenset) and ";" in text
                if marked or split or is_of_a_person(text):
                    what = _("{text!r} would be read as something else in a workbook", text=text)
                    yield Complaint(_place(sheet, column), what, _("Change it."))


def _place(sheet: Sheet, column: Column) -> str:
    language = spoken_language()
    return f"{sheet.name.of(language)}, {column.heading.of(language)}"


def blank_book(language: Language, *, years: Sequence[int] = ()) -> Workbook:
    """The template as openpyxl's workbook."""
    tiers = [
        {"tier": number, "term": item.term}
        for number, tier in enumerate(Policy().tiers, start=1)
        for item in tier
    ]
    office = {c.key: c.default for c in OFFICE.columns if c.default is not None}
    content = {
        OFFICE.key: [office],
        sheets.TIERS.key: tiers,
        sheets.HOLIDAYS.key: holiday_rows(years, language),
    }
    return _book(content, language, examples=True)


def holiday_rows(years: Sequence[int], language: Language) -> list[dict[str, Any]]:
    """Public holidays and collective leave of Indonesia, by date; of two on one the public one."""
    found: dict[Any, dict[str, Any]] = {}
    names = "id" if language == "id" else "en_US"
    for sort, category in _SORTS:
        days = holidays.country_holidays("ID", years=years, categories=(category,), language=names)
        for day, name in days.items():
            row = {"date": day, "name": name[:200], "sort": sort, "observed": True}
            found.setdefault(day, row)
    return [found[day] for day in sorted(found)]


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


def save_book(book: Workbook, path: str | Path, *, replace: bool = False) -> Path | None:
    """Write a workbook, as write_file() does."""
    return write_file(path, book_bytes(book), replace=replace)


def book_bytes(book: Workbook) -> bytes:
    """A workbook as the bytes of a file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _book(
    content: Mapping[str, Rows],
    language: Language,
    *,
    matrix: Sequence[Sequence[Any]] = (),
    examples: bool = False,
) -> Workbook:
    book = Workbook()
    book.properties.creator = "ektp-sched"
    guide = book.active
    assert isinstance(guide, Worksheet)
    write_guide(guide, language)
    for sheet in sheets.SHEETS:
        page = book.create_sheet(sheet.name.of(language))
        if sheet is OFFICE:
            _fill_office(page, content[sheet.key][0], language)
        elif sheet is sheets.MATRIX:
            _fill_matrix(page, matrix)
        else:
            _fill(page, sheet, content.get(sheet.key, []), language, examples=examples)
    return book


def _fill(page: Worksheet, sheet: Sheet, rows: Rows, language: Language, *, examples: bool) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        mark = "*" if column.required else ""
        cell = page.cell(1, number)
        note = column.note.of(language)
        text = column.heading.of(language) + mark
        styles.heading(cell, text, required=column.required, note=note)
        _guard(page, column, number, language)
    first = 2
    if examples:
        _write_example(page, sheet, language)
        first = 3
    for line, values in enumerate(rows, start=first):
        for number, column in enumerate(sheet.columns, start=1):
            if column.key in values:
                value = column.kind.write(values[column.key], language)
                styles.put(page.cell(line, number), value, column.kind.number_format)
    for number, column in enumerate(sheet.columns, start=1):
        # Blank cells too: a NPSN that is typed into them stays text.
        page.column_dimensions[get_column_letter(number)].number_format = column.kind.number_format
    first_width, *widths = (column.width for column in sheet.columns)
    styles.set_widths(page, [max(first_width, _LEAST_WIDTH), *widths])
    page.row_dimensions[1].height = 48
    is_wide = sum(column.width for column in sheet.columns) > _WIDEST_PAGE
    page.freeze_panes = "C2" if is_wide else "A2"
    styles.set_paper(page, pages_wide=2 if is_wide else 1)


def _write_example(page: Worksheet, sheet: Sheet, language: Language) -> None:
    """A grey row that is never read: its first cell begins with "contoh:" or "example:"."""
    for number, column in enumerate(sheet.columns, start=1):
        value = None if column.example is None else column.kind.write(column.example, language)
        if number == 1:
            shown = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value
            value = f"{_EXAMPLE[language]}{shown}"
        cell = page.cell(2, number)
        styles.put(cell, value, column.kind.number_format)
        cell.fill, cell.font = styles.EXAMPLE_FILL, styles.EXAMPLE_FONT


def _fill_office(page: Worksheet, values: Mapping[str, Any], language: Language) -> None:
    for number, both in enumerate(HEADINGS, start=1):
        styles.heading(page.cell(1, number), both.of(language))
    for line, setting in enumerate(OFFICE.columns, start=2):
        name = page.cell(line, 1)
        styles.heading(name, setting.heading.of(language), required=setting.required)
        name.alignment = styles.WRAPPED
        cell = page.cell(line, 2)
        value = values.get(setting.key)
        written = None if value is None else setting.kind.write(value, language)
        styles.put(cell, written, setting.kind.number_format)
        cell.alignment, cell.border = styles.WRAPPED, styles.LINES
        meaning = page.cell(line, 3)
        styles.put(meaning, setting.note.of(language))
        meaning.alignment = styles.WRAPPED
        _guard(page, setting, 2, language, line=line)
        texts = (cell.value for cell in (name, cell, meaning))
        styles.set_height(page, line, zip(texts, _OFFICE_WIDTHS, strict=True))
    styles.set_widths(page, _OFFICE_WIDTHS)
    page.freeze_panes = "A2"
    styles.set_paper(page)


def _fill_matrix(page: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    for line, row in enumerate(rows, start=1):
        for number, value in enumerate(row, start=1):
            styles.put(page.cell(line, number), value, "@" if isinstance(value, str) else "0")
    styles.set_widths(page, [16])
    page.freeze_panes = "B2"
    styles.set_paper(page)


def _guard(
    page: Worksheet, column: Column, number: int, language: Language, *, line: int | None = None
) -> None:
    """Let Excel offer a list, or warn of a value of another kind."""
    rule = _validation(column, language)
    if rule is None:
        return
    rule.allow_blank = True
    rule.errorStyle = "warning"
    rule.errorTitle = column.heading.of(language)[:32]
    rule.error = column.note.of(language)[:_LONGEST_LIST]
    letter = get_column_letter(number)
    first, last = (2, GUARDED_ROWS) if line is None else (line, line)
    rule.add(f"{letter}{first}:{letter}{last}")
    page.add_data_validation(rule)


def _validation(column: Column, language: Language) -> DataValidation | None:
    kind = column.kind
    if kind.words:
        words = ",".join(pair[0 if language == "id" else 1] for pair in kind.words.values())
        assert len(words) < _LONGEST_LIST
        return DataValidation(type="list", formula1=f'"{words}"')
    if kind.refers in {"schools", "teams", "bases"}:
        target = next(sheet for sheet in sheets.SHEETS if sheet.key == kind.refers)
        name = quote_sheetname(target.name.of(language))
        rule = DataValidation(type="list", formula1=f"={name}!$A$2:$A${GUARDED_ROWS}")
        rule.showErrorMessage = False  # several ids, or the word for all, are fine too
        return rule
    if kind.rule:
        sort, low, high = kind.rule
        return DataValidation(type=sort, operator="between", formula1=low, formula2=high)
    return None
