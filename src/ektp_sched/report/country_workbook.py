"""Many offices as a workbook: their figures, what they are sent, and today's rules beside it."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from ektp_sched.extras import extra
from ektp_sched.language import Language
from ektp_sched.offices import Sharing
from ektp_sched.offices.record import CountryRecord, OfficeRecord
from ektp_sched.report.country_figures import columns_of, values_of
from ektp_sched.report.country_texts import text

with extra("excel"):
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

    from ektp_sched.io.excel import styles
    from ektp_sched.io.excel.writing import book_bytes

_TEXT, _COUNT, _SHARE, _DATE, _ONE_DECIMAL = "@", "#,##0", "0.00%", "dd/mm/yyyy", "#,##0.0"
_FORMATS = {"gap": _SHARE, "seconds": _ONE_DECIMAL, "worth": _ONE_DECIMAL}
_MEANINGS = frozenset({"recorded", "bound", "gap", "blanks", "sent", "worth"})
_TEXT_WIDTH, _REASON_WIDTH, _NUMBER_WIDTH = 26, 60, 13
TOTAL_FONT = Font(bold=True)


def country_workbook(country: CountryRecord, language: Language) -> bytes:
    """The workbook as the bytes of a file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    t = partial(_text, language)
    _write_offices(book.create_sheet(t("offices")), country, language)
    if country.sharing is not None:
        _write_shipments(book.create_sheet(t("shipments")), country.sharing, language)
        _write_rules(book.create_sheet(t("rules")), country.sharing, language)
    if country.not_shared:
        _write_not_shared(book.create_sheet(t("not_shared")), country.not_shared, language)
    return book_bytes(book)


def _text(language: Language, name: str) -> str:
    return text(name, language)


def _write_offices(sheet: Worksheet, country: CountryRecord, language: Language) -> None:
    t, columns, worth = partial(_text, language), columns_of(country), country.box_worth
    formats = [_TEXT, _TEXT, *(_FORMATS.get(name, _COUNT) for name in columns), _TEXT]
    names = ["office", "province", *(f"{name}_column" for name in columns), "failure_column"]
    for number, name in enumerate(names, start=1):
        meaning = name.removesuffix("_column")
        note = t(f"{meaning}_meaning") if meaning in _MEANINGS else ""
        styles.heading(sheet.cell(1, number), t(name), note=note)
    rows = []
    for one in country.offices:
        values = values_of(one, worth=worth)
        known = [values[name] for name in columns]
        rows.append(
            [one.office, one.province or None, *known, one.failure or one.left_alone or None]
        )
    last = _fill(sheet, rows, formats)
    sheet.auto_filter.ref = sheet.dimensions
    total = [
        country.gap if name == "gap" else None if name == "worth" else country.total(name)
        for name in columns
    ]
    _put_row(sheet, last + 1, [t("total"), None, *total, None], formats)
    for cell in sheet[last + 1]:
        cell.font = TOTAL_FONT
    widths = [_TEXT_WIDTH, _TEXT_WIDTH, *[_NUMBER_WIDTH] * len(columns), _REASON_WIDTH]
    _finish(sheet, widths)


def _write_shipments(sheet: Worksheet, sharing: Sharing, language: Language) -> None:
    t = partial(_text, language)
    for number, name in enumerate(("office", "date", "cards", "confirmed"), start=1):
        styles.heading(sheet.cell(1, number), t(name))
    rows = [
        [one.office, one.date, one.cards, t("yes" if one.confirmed else "no")]
        for one in sorted(sharing.shipments, key=lambda one: (one.date, one.office))
    ]
    _fill(sheet, rows, [_TEXT, _DATE, _COUNT, _TEXT])
    sheet.auto_filter.ref = sheet.dimensions
    _finish(sheet, [_TEXT_WIDTH, _NUMBER_WIDTH, _NUMBER_WIDTH, _NUMBER_WIDTH])


def _write_rules(sheet: Worksheet, sharing: Sharing, language: Language) -> None:
    t = partial(_text, language)
    for number, name in enumerate(("rule", "rule_pupils", "rule_fewer", "rule_most"), start=1):
        styles.heading(sheet.cell(1, number), t(name))
    rows: list[list[Any]] = [[t("best"), sharing.pupils, None, sharing.bound]]
    rows += [
        [t(one.rule), one.pupils, sharing.pupils - one.pupils, one.bound] for one in sharing.rules
    ]
    _fill(sheet, rows, [_TEXT, _COUNT, _COUNT, _COUNT])
    _finish(sheet, [_TEXT_WIDTH, *[_NUMBER_WIDTH + 4] * 3])


def _write_not_shared(
    sheet: Worksheet, offices: Iterable[OfficeRecord], language: Language
) -> None:
    for number, name in enumerate(("office", "reason"), start=1):
        styles.heading(sheet.cell(1, number), _text(language, name))
    _fill(sheet, [[one.office, one.failure] for one in offices], [_TEXT, _TEXT])
    _finish(sheet, [_TEXT_WIDTH, _REASON_WIDTH])


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Any]], formats: Sequence[str]) -> int:
    """Write rows below the headings; returns the last one's number."""
    line = 1
    for line, row in enumerate(rows, start=2):
        _put_row(sheet, line, row, formats)
    return line


def _put_row(sheet: Worksheet, line: int, row: Sequence[Any], formats: Sequence[str]) -> None:
    for number, (value, form) in enumerate(zip(row, formats, strict=True), start=1):
        cell = sheet.cell(line, number)
        styles.put(cell, value, form)
        cell.border = styles.LINES
        cell.alignment = styles.WRAPPED if form == _TEXT else styles.PLAIN


def _finish(sheet: Worksheet, widths: list[int]) -> None:
    styles.set_widths(sheet, widths)
    styles.set_paper(sheet)
    sheet.freeze_panes = "B2"
