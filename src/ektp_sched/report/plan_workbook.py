"""A plan as a workbook to print: by day, by team, by school, who is left, the blank cards."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ektp_sched.domain import Plan, Problem, School, Visit, Weekday, service_state, weekday_of
from ektp_sched.domain.words import names
from ektp_sched.errors import extra
from ektp_sched.files.excel.cells import day_name
from ektp_sched.report.texts import text
from ektp_sched.report.visit_words import ReasonsInWords, team_names
from ektp_sched.rulebook import Report, check
from ektp_sched.texts.language import Language
from ektp_sched.texts.vocabulary import word

with extra("excel"):
    from openpyxl import Workbook
    from openpyxl.worksheet.pagebreak import Break

    from ektp_sched.files.excel import styles
    from ektp_sched.files.excel.writing import save_book

_DATE, _CLOCK, _COUNT, _TEXT = "dd/mm/yyyy", "hh:mm", "#,##0", "@"
_MARKED = "!"  # in a row's first place: to be seen


@dataclass(frozen=True, slots=True)
class _Heading:
    """A column of a printed sheet."""

    id: str
    en: str
    width: int
    number_format: str = _TEXT

    def of(self, language: Language) -> str:
        return self.id if language == "id" else self.en


_DAY_OF = (_Heading("Tanggal", "Date", 12, _DATE), _Heading("Hari", "Day", 13))
_TIMES = (_Heading("Mulai", "From", 8, _CLOCK), _Heading("Selesai", "To", 8, _CLOCK))
_TEAM = _Heading("Tim", "Team", 20)
_SCHOOL = _Heading("Sekolah", "School", 36)
_NPSN = _Heading("NPSN", "NPSN", 11)
_DISTRICT = _Heading("Kecamatan", "District", 20)
_STATUS = _Heading("Status", "Status", 14)


def _count(indonesian: str, english: str, width: int = 10) -> _Heading:
    return _Heading(indonesian, english, width, _COUNT)


_PUPILS = _count("Siswa", "Pupils", 9)


@dataclass(frozen=True)
class _Facts:
    """What the sheets are made of."""

    problem: Problem
    plan: Plan
    report: Report
    reasons: ReasonsInWords
    language: Language

    @property
    def schools(self) -> dict[str, School]:
        return {school.id: school for school in self.problem.schools}

    @cached_property
    def teams(self) -> dict[str, str]:
        return team_names(self.problem, self.language)

    @cached_property
    def real(self) -> dict[str, str]:
        """By the name that a team goes by on some dates, with its kits, its usual name."""
        return {self.teams[id_]: self.teams[t.id] for id_, t in self.problem.real_teams.items()}

    def day(self, visit: Visit) -> list[Any]:
        return [visit.date, _day(weekday_of(visit.date), self.language)]

    def recorded(self, school: str, cohort: str) -> int:
        """Pupils recorded by firm visits."""
        firm = (visit for visit in self.plan.firm if visit.school == school)
        return sum(visit.students.get(cohort, 0) for visit in firm)


Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet: its titles, its columns, and its rows with a mark before the first column.

    Where `apart`, a new page begins with each team in the first column; whoever stands in for it
    belongs to it.
    """

    id: str
    en: str
    headings: tuple[_Heading, ...]
    rows: Callable[[_Facts], Rows]
    apart: bool = False


def save_plan_xlsx(
    problem: Problem,
    plan: Plan,
    path: str | Path,
    language: Language,
    *,
    reasons: ReasonsInWords | None = None,
    replace: bool = False,
) -> Path | None:
    """Write a plan as a workbook for reading and printing on A4; give the dated copy, if any.

    Parameters
    ----------
    reasons
        By school id, sentences that say why pupils are left, such as reasons_in_words() makes.
    replace
        Replace also a file that a person made or changed; a dated copy of it is kept.

    Raises
    ------
    FileError
        The file cannot be written, or a person made or changed what stands there.
    ExtraError
        The packages of the extra `excel` are not installed.
    """
    facts = _Facts(problem, plan, check(problem, plan), reasons or {}, language)
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in _PAGES:
        _write(book.create_sheet(page.id if language == "id" else page.en), page, facts)
    return save_book(book, path, replace=replace)


def _write(sheet: Any, page: _Page, facts: _Facts) -> None:
    for number, heading in enumerate(page.headings, start=1):
        styles.heading(sheet.cell(1, number), heading.of(facts.language))
    former = None
    for line, (mark, *values) in enumerate(page.rows(facts), start=2):
        for number, (heading, value) in enumerate(zip(page.headings, values, strict=True), start=1):
            cell = sheet.cell(line, number)
            styles.put(cell, value, heading.number_format)
            cell.border = styles.LINES
            is_text = heading.number_format == _TEXT
            cell.alignment = styles.WRAPPED if is_text else styles.PLAIN
            if mark == _MARKED:
                cell.fill = styles.WARNING_FILL
        texts = zip(values, (heading.width for heading in page.headings), strict=True)
        styles.set_height(sheet, line, ((t, w) for t, w in texts if isinstance(t, str)))
        group = facts.real.get(values[0]) if page.apart else None
        if line > 2 and group != former:
            sheet.row_breaks.append(Break(id=line - 1))
        former = group
    styles.set_widths(sheet, [heading.width for heading in page.headings])
    styles.set_paper(sheet)
    sheet.row_dimensions[1].height = 20
    title = f"{facts.problem.name}, {facts.problem.start:%d/%m/%Y}-{facts.problem.end:%d/%m/%Y}"
    sheet.oddHeader.left.text = title.replace("&", "&&")
    sheet.freeze_panes = "A2"
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions


def _visits(facts: _Facts, key: Callable[[Visit], Any]) -> Iterator[tuple[str, Visit]]:
    """Visits in an order, contingent ones marked."""
    for visit in sorted(facts.plan.visits, key=key):
        yield _MARKED if visit.status == "contingent" else "", visit


def _by_day(facts: _Facts) -> Rows:
    teams, schools = facts.teams, names(facts.problem.schools)
    for mark, visit in _visits(facts, lambda v: (v.date, teams[v.team], v.start)):
        school = facts.schools[visit.school]
        where = [schools[school.id], school.id, school.district]
        end = [visit.recorded, word(visit.status, facts.language)]
        yield [mark, *facts.day(visit), teams[visit.team], visit.start, visit.end, *where, *end]


def _by_team(facts: _Facts) -> Rows:
    teams, schools = facts.teams, names(facts.problem.schools)
    for mark, visit in _visits(facts, lambda v: (facts.real[teams[v.team]], v.date, v.start)):
        school = facts.schools[visit.school]
        where = [schools[school.id], school.district]
        end = [visit.recorded, word(visit.status, facts.language)]
        yield [mark, teams[visit.team], *facts.day(visit), visit.start, visit.end, *where, *end]


def _by_school(facts: _Facts) -> Rows:
    shown = names(facts.problem.schools)
    for school in sorted(facts.problem.schools, key=lambda s: shown[s.id]):
        due = sum(cohort.students for cohort in school.cohorts)
        recorded = sum(facts.recorded(school.id, c.name) for c in school.cohorts)
        visits = [
            v for _, v in _visits(facts, lambda v: (v.date, v.start)) if v.school == school.id
        ]
        dates = "; ".join(_visit_in_words(visit, facts.language) for visit in visits)
        where = [shown[school.id], school.id, school.kind, school.district]
        state = service_state(due, recorded)
        yield ["", *where, due, recorded, due - recorded, dates or text(state, facts.language)]


def _visit_in_words(visit: Visit, language: Language) -> str:
    text = f"{visit.date:%d/%m/%Y} {visit.start:%H:%M}-{visit.end:%H:%M}"
    status = f" ({word('contingent', language).lower()})" if visit.status == "contingent" else ""
    return text + status


def _left(facts: _Facts) -> Rows:
    shown = names(facts.problem.schools)
    for school in sorted(facts.problem.schools, key=lambda s: (s.district, shown[s.id])):
        for cohort in school.cohorts:
            recorded = facts.recorded(school.id, cohort.name)
            if recorded < cohort.students:
                where = [school.district, shown[school.id], school.id, cohort.name]
                why = "\n".join(facts.reasons.get(school.id, ()))
                left = cohort.students - recorded
                yield ["", *where, cohort.students, recorded, left, why or None]


def _stock(facts: _Facts) -> Rows:
    rows = facts.report.ledger.rows
    low = min(rows, key=lambda row: row.closing)
    lowest = "titik terendah" if facts.language == "id" else "lowest"
    for row in rows:
        day = [row.date, _day(weekday_of(row.date), facts.language)]
        cards = [row.opening, row.delivered, row.counters, row.schools, row.closing, row.reserve]
        is_low = row is low
        yield [_MARKED if is_low else "", *day, *cards, row.short, lowest if is_low else None]


def _day(weekday: Weekday, language: Language) -> str:
    return day_name(weekday, language)


_PAGES = (
    _Page(
        "Per hari",
        "By day",
        (*_DAY_OF, _TEAM, *_TIMES, _SCHOOL, _NPSN, _DISTRICT, _PUPILS, _STATUS),
        _by_day,
    ),
    _Page(
        "Per tim",
        "By team",
        (_TEAM, *_DAY_OF, *_TIMES, _SCHOOL, _DISTRICT, _PUPILS, _STATUS),
        _by_team,
        apart=True,
    ),
    _Page(
        "Per sekolah",
        "By school",
        (
            _SCHOOL,
            _NPSN,
            _Heading("Bentuk", "Kind", 9),
            _DISTRICT,
            _PUPILS,
            _count("Terekam", "Recorded"),
            _count("Sisa", "Left"),
            _Heading("Kunjungan", "Visits", 48),
        ),
        _by_school,
    ),
    _Page(
        "Siswa tersisa",
        "Pupils left",
        (
            _DISTRICT,
            _SCHOOL,
            _NPSN,
            _Heading("Kelas", "Class", 26),
            _PUPILS,
            _count("Terekam", "Recorded"),
            _count("Sisa", "Left"),
            _Heading("Mengapa tidak lebih", "Why not more", 56),
        ),
        _left,
    ),
    _Page(
        "Stok blangko",
        "Blank cards",
        (
            *_DAY_OF,
            _count("Stok pagi", "Morning", 12),
            _count("Pengiriman", "Delivered", 12),
            _count("Loket", "Counters", 12),
            _count("Sekolah", "Schools", 12),
            _count("Stok sore", "Evening", 12),
            _count("Cadangan", "Reserve", 12),
            _count("Kurang", "Short", 12),
            _Heading("Catatan", "Note", 18),
        ),
        _stock,
    ),
)
