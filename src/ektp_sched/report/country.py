"""Many offices as a page and as a workbook: their figures, and how blank cards were shared out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import cos, radians, sqrt
from typing import Any

from ektp_sched import __version__
from ektp_sched.domain import SERVICE_STATES
from ektp_sched.errors import extra
from ektp_sched.offices import Sharing
from ektp_sched.offices.record import CountryRecord, OfficeRecord
from ektp_sched.report import numerals
from ektp_sched.report.country_texts import text
from ektp_sched.texts.language import Language, spoken_language

COLUMNS = ("schools", "pupils", "recorded", "left", "bound", "gap", "blanks", "drawn", "seconds")
POOL_COLUMNS = ("sent", "worth")
PLANNED = frozenset({"recorded", "left", "bound", "gap", "blanks", "drawn", "seconds"})
WIDTH, MARGIN = 1000, 24  # of the map, in units of its own
LEAST_HEIGHT, MOST_HEIGHT = 220, 1000
LEAST_DEGREES = 0.1  # that the map spans
LARGEST = 22.0  # radius of the office with most pupils
FEW, MANY = 0.25, 0.75  # shares of pupils recorded, between the colours of the map


@dataclass(frozen=True, slots=True)
class Spot:
    """An office on the map."""

    record: OfficeRecord
    x: float
    y: float
    radius: float
    state: str  # not, partly, served, nobody


@dataclass(frozen=True, slots=True)
class Map:
    """Offices at their places, the larger ones behind."""

    width: float
    height: float
    spots: tuple[Spot, ...]

    @property
    def states(self) -> list[str]:
        """The states to explain: that of offices without pupils only where there are some."""
        known = {spot.state for spot in self.spots}
        return [state for state in SERVICE_STATES if state != "nobody" or state in known]


def columns_of(country: CountryRecord) -> tuple[str, ...]:
    """The columns that a country has figures for."""
    return COLUMNS if country.sharing is None else (*COLUMNS, *POOL_COLUMNS)


def values_of(office: OfficeRecord, *, worth: Mapping[str, float]) -> dict[str, float | None]:
    """An office's figures by column; None where there are none."""
    known = {name: getattr(office, name) for name in (*COLUMNS, "sent")}
    if office.failure:
        known = {name: None if name in PLANNED else value for name, value in known.items()}
    return {**known, "worth": worth.get(office.office)}


def map_of(country: CountryRecord) -> Map:
    """Where offices are on the map: degrees drawn as in the middle of what is shown."""
    placed = [one for one in country.offices if one.location is not None]
    places = [one.location for one in placed if one.location is not None]
    if not places:
        return Map(WIDTH, LEAST_HEIGHT, ())
    west, east = min(p.lon for p in places), max(p.lon for p in places)
    south, north = min(p.lat for p in places), max(p.lat for p in places)
    narrow = cos(radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * MARGIN) / max(LEAST_DEGREES, (east - west) * narrow),
        (MOST_HEIGHT - 2 * MARGIN) / max(LEAST_DEGREES, north - south),
    )
    height = max(LEAST_HEIGHT, (north - south) * scale + 2 * MARGIN)
    most = max(1, *(one.pupils for one in placed))
    spots = [
        Spot(
            one,
            round(WIDTH / 2 + ((place.lon - (west + east) / 2) * narrow) * scale, 1),
            round(height / 2 - (place.lat - (south + north) / 2) * scale, 1),
            round(max(3.0, LARGEST * sqrt(one.pupils / most)), 1),
            state_of(one),
        )
        for one, place in zip(placed, places, strict=True)
    ]
    return Map(WIDTH, round(height, 1), tuple(sorted(spots, key=lambda spot: -spot.radius)))


def state_of(office: OfficeRecord) -> str:
    """How much of an office's pupils is recorded, in three steps; or that it has none."""
    if not office.pupils:
        return "not" if office.failure else "nobody"  # one that could not be read has some
    share = office.recorded / office.pupils
    if share >= MANY:
        return "served"
    return "partly" if share >= FEW else "not"


with extra("report"):
    from ektp_sched.report.templating import asset, policy_of, template


def country_page(country: CountryRecord, *, links: Mapping[str, str]) -> str:
    """The page in the language spoken, as text.

    Parameters
    ----------
    links
        The page of an office, as seen from this one, by its name.

    Raises
    ------
    ExtraError
        The packages of the extra `report` are not installed.
    """
    language, script = spoken_language(), asset("templates/country.js")
    return template("country.html").render(
        lang=language,
        t=partial(_text, language),
        n=partial(numerals.number, language=language),
        percent=partial(numerals.percent, language=language),
        country=country,
        sharing=country.sharing,
        columns=columns_of(country),
        values=partial(values_of, worth=country.box_worth),
        map=map_of(country),
        links=links,
        style=asset("templates/page.css"),
        script=script,
        policy=policy_of([script]),
        version=__version__,
    )


def _text(language: Language, name: str, **values: object) -> str:
    return text(name, language, **values)


with extra("excel"):
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

    from ektp_sched.files.excel import styles
    from ektp_sched.files.excel.writing import book_bytes

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


def _write_offices(sheet: Worksheet, country: CountryRecord, language: Language) -> None:
    t, columns, worth = partial(_text, language), columns_of(country), country.box_worth
    formats = [_TEXT, _TEXT, *(_FORMATS.get(name, _COUNT) for name in columns), _TEXT]
    names = ["office", "province", *(f"{name}_column" for name in columns), "failure_column"]
    for column, name in enumerate(names, start=1):
        meaning = name.removesuffix("_column")
        note = t(f"{meaning}_meaning") if meaning in _MEANINGS else ""
        styles.heading(sheet.cell(1, column), t(name), note=note)
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
    for column, name in enumerate(("office", "date", "cards", "confirmed"), start=1):
        styles.heading(sheet.cell(1, column), t(name))
    rows = [
        [one.office, one.date, one.cards, t("yes" if one.confirmed else "no")]
        for one in sorted(sharing.shipments, key=lambda one: (one.date, one.office))
    ]
    _fill(sheet, rows, [_TEXT, _DATE, _COUNT, _TEXT])
    sheet.auto_filter.ref = sheet.dimensions
    _finish(sheet, [_TEXT_WIDTH, _NUMBER_WIDTH, _NUMBER_WIDTH, _NUMBER_WIDTH])


def _write_rules(sheet: Worksheet, sharing: Sharing, language: Language) -> None:
    t = partial(_text, language)
    for column, name in enumerate(("rule", "rule_pupils", "rule_fewer", "rule_most"), start=1):
        styles.heading(sheet.cell(1, column), t(name))
    rows: list[list[Any]] = [[t("best"), sharing.pupils, None, sharing.bound]]
    rows += [
        [t(one.rule), one.pupils, sharing.pupils - one.pupils, one.bound] for one in sharing.rules
    ]
    _fill(sheet, rows, [_TEXT, _COUNT, _COUNT, _COUNT])
    _finish(sheet, [_TEXT_WIDTH, *[_NUMBER_WIDTH + 4] * 3])


def _write_not_shared(
    sheet: Worksheet, offices: Iterable[OfficeRecord], language: Language
) -> None:
    for column, name in enumerate(("office", "reason"), start=1):
        styles.heading(sheet.cell(1, column), _text(language, name))
    _fill(sheet, [[one.office, one.failure] for one in offices], [_TEXT, _TEXT])
    _finish(sheet, [_TEXT_WIDTH, _REASON_WIDTH])


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Any]], formats: Sequence[str]) -> int:
    """Write rows below the headings; returns the last one's number."""
    line = 1
    for line, row in enumerate(rows, start=2):
        _put_row(sheet, line, row, formats)
    return line


def _put_row(sheet: Worksheet, line: int, row: Sequence[Any], formats: Sequence[str]) -> None:
    for column, (value, form) in enumerate(zip(row, formats, strict=True), start=1):
        cell = sheet.cell(line, column)
        styles.put(cell, value, form)
        cell.border = styles.LINES
        cell.alignment = styles.WRAPPED if form == _TEXT else styles.PLAIN


def _finish(sheet: Worksheet, widths: list[int]) -> None:
    styles.set_widths(sheet, widths)
    styles.set_paper(sheet)
    sheet.freeze_panes = "B2"
