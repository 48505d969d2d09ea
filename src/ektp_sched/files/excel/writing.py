"""Writing workbooks: the blank template, and a problem as a workbook."""

import datetime as dt
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import holidays
import openpyxl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from ektp_sched.domain import MatrixTravel, Policy, Problem
from ektp_sched.errors import Complaint, FileError
from ektp_sched.files.excel import sheets, styles
from ektp_sched.files.excel.cells import is_of_a_person
from ektp_sched.files.excel.package import refusal, require_workbook
from ektp_sched.files.excel.rows import is_example
from ektp_sched.files.excel.sheets import HEADINGS, OFFICE, SHEETS
from ektp_sched.files.excel.table import Both, Column, Sheet
from ektp_sched.files.outputs import write_file
from ektp_sched.texts.language import Language, _, spoken_language

TITLE = Both("Petunjuk", "Guide")
_WIDTHS = [28, 90]
_HEAD = Both("Rencana perekaman KTP-el di sekolah", "Planning e-KTP recording at schools")
_LINES = (
    Both(
        "1. Isi lembar Kantor, Kantor asal, Sekolah, Siswa, Jam sekolah, Tim, dan Jam kerja tim. "
        "Lembar lain boleh kosong.",
        "1. Fill in the sheets Office, Bases, Schools, Pupils, School hours, Teams and Shifts. "
        "The others may stay blank.",
    ),
    Both(
        "2. Judul kolom berwarna merah dengan * wajib diisi. Arahkan tetikus ke judul untuk "
        "penjelasan.",
        "2. Columns with a red heading and * must be filled in. Move the mouse over a heading for "
        "its meaning.",
    ),
    Both(
        'Baris abu-abu yang diawali "contoh:" hanya contoh: tidak dibaca, boleh dihapus.',
        'Grey rows that begin with "example:" are examples only: never read, free to be deleted.',
    ),
    Both(
        "Hanya jumlah siswa yang dicatat. Jangan menulis nama, NIK, atau tanggal lahir siswa: "
        "kolom seperti itu ditolak.",
        "Only numbers of pupils are handled. Write no pupil's name, NIK or birth date: such a "
        "column is refused.",
    ),
    Both(
        "NPSN ditulis sebagai teks, 8 karakter. Tanggal: 05/08/2026 atau 5 Agustus 2026 (hari "
        "lebih dulu). Jam: 07:30.",
        "Write a NPSN as text, 8 characters. Dates: 05/08/2026 or 5 August 2026 (day first). "
        "Times: 07:30.",
    ),
    Both(
        "Hari libur nasional dan cuti bersama sudah diisi; periksa dengan keputusan resmi dan "
        "ubah bila perlu.",
        "Public holidays and collective leave are filled in; check them against the official "
        "decree and change what differs.",
    ),
    Both(
        "Kolom catatan sendiri boleh ditambahkan bila judulnya diawali Catatan; begitu pula "
        "lembar lain dengan nama lain.",
        "You may add columns of your own whose heading begins with Note, and sheets with other "
        "names.",
    ),
    Both(
        "3. Simpan sebagai .xlsx dan periksa isinya: ektp-sched check kota.xlsx. Lalu susun "
        "jadwalnya: ektp-sched plan kota.xlsx -o hasil",
        "3. Save as .xlsx and have it looked through: ektp-sched check city.xlsx. Then plan: "
        "ektp-sched plan city.xlsx -o out",
    ),
)


def write_guide(page: Worksheet, language: Language) -> None:
    """Write the sheet: the steps, then what each sheet is for."""
    page.title = TITLE.of(language)
    styles.put(page["A1"], _HEAD.of(language))
    page["A1"].font = styles.TITLE_FONT
    for number, both in enumerate(_LINES, start=3):
        cell = page.cell(number, 1)
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
        styles.put(cell, both.of(language))
        cell.alignment = styles.WRAPPED
        styles.set_height(page, number, [(both.of(language), sum(_WIDTHS))])
    top = len(_LINES) + 4
    for number, sheet in enumerate(SHEETS, start=top):
        styles.heading(page.cell(number, 1), sheet.name.of(language), required=sheet.required)
        meaning = page.cell(number, 2)
        styles.put(meaning, sheet.note.of(language))
        meaning.alignment = styles.WRAPPED
        styles.set_height(page, number, [(meaning.value, _WIDTHS[1])])
    styles.set_widths(page, _WIDTHS)
    styles.set_paper(page)


Rows = list[dict[str, Any]]
_FIELDS = {"from": "from_place", "to": "to_place"}  # the keys are aliases


def content_of(problem: Problem) -> dict[str, Rows]:
    """The rows of every sheet but the travel table, by sheet and column key."""
    special: dict[str, Rows] = {
        sheets.HOLIDAYS.key: [{"date": day} for day in problem.holidays],
        sheets.WALK_INS.key: [
            {"date": day, "cards": cards} for day, cards in problem.stock.walk_in_overrides.items()
        ],
        sheets.TIERS.key: [
            {"tier": number, "term": item.term, "weight": item.weight}
            for number, tier in enumerate(problem.policy.tiers, start=1)
            for item in tier
        ],
        sheets.COMMITMENTS.key: list(_commitments(problem)),
    }
    found = {OFFICE.key: [_values(OFFICE.columns, problem)], **special}
    for sheet in sheets.SHEETS:
        if sheet.key not in found and sheet is not sheets.MATRIX:
            found[sheet.key] = [_values(sheet.columns, *item) for item in _items(sheet, problem)]
    return found


def matrix_of(problem: Problem) -> list[list[Any]]:
    """The rows of the travel table; none where travel times are estimated."""
    travel = problem.travel
    if not isinstance(travel, MatrixTravel):
        return []
    rows = zip(travel.places, travel.minutes, strict=True)
    return [["↓ → ", *travel.places], *([place, *minutes] for place, minutes in rows)]


def _items(sheet: Sheet, problem: Problem) -> Iterator[tuple[BaseModel, dict[str, str]]]:
    """Each value of a sheet's model, with the id that its owner column names."""
    if not sheet.owner:
        for item in _at(problem, sheet.key):
            yield item, {}
        return
    owners, part = sheet.key.split(".")
    for owner in _at(problem, owners):
        for item in getattr(owner, part):
            yield item, {sheet.owner: owner.id}


def _values(
    columns: Iterable[Column], item: BaseModel, named: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The value of each column, blank ones left out."""
    given = named or {}
    values = {c.key: given[c.key] if c.key in given else _at(item, c.key) for c in columns}
    return {key: value for key, value in values.items() if value not in (None, "", frozenset())}


def _at(item: Any, key: str) -> Any:
    """What a way such as "location.lat" leads to; None where there is no such thing."""
    for step in key.split("."):
        item = getattr(item, _FIELDS.get(step, step), None)
    return item


def _commitments(problem: Problem) -> Iterator[dict[str, Any]]:
    for visit in problem.commitments:
        common = {
            k: getattr(visit, k) for k in ("school", "team", "date", "start", "end", "status")
        }
        if not visit.students:
            yield common
        for name, count in visit.students.items():
            yield {**common, "cohort": name, "students": count}


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
