"""Schools from a register's list and hours from a timetable, put into a workbook."""

from dataclasses import dataclass
from pathlib import Path

from ektp_sched.errors import Complaint, FileError
from ektp_sched.io.excel import sheets
from ektp_sched.io.excel.asc_timetable import read_hours
from ektp_sched.io.excel.editing import Page, open_book
from ektp_sched.io.excel.school_list import ListedSchool, read_school_list
from ektp_sched.io.excel.writing import blank_book, save_book
from ektp_sched.language import Language, _


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows added, rows left out as known, and what to look at.

    `copy` is the dated copy of a file that was replaced.
    """

    added: int
    known: int
    doubts: tuple[str, ...]
    copy: Path | None = None


def import_schools(
    source: Path, path: Path, *, workbook: Path | None, language: Language, replace: bool = False
) -> Imported:
    """Put the schools of a list into a workbook, a new one or a copy of `workbook`.

    Schools whose NPSN is there already are left as they are. A position that cannot be right is
    left blank; that and a doubtful one are marked with a note.

    Raises
    ------
    FileError
        A file cannot be read or written.
    ProblemError
        Cells of the list are at fault.
    """
    listed = read_school_list(source)
    book = open_book(workbook) if workbook else blank_book(language)
    page, pupils = Page(book, sheets.SCHOOLS, language), Page(book, sheets.PUPILS, language)
    there = page.values("id")
    new = [school for school in listed if school.id not in there]
    doubts = []
    for school in new:
        line = page.append(_row(school), doubts=school.doubts)
        doubts += [
            _(
                "{sheet}, row {row:d}, {school}: {doubt}",
                sheet=page.page.title,
                row=line,
                school=school.name,
                doubt=d,
            )
            for d in school.doubts
        ]
        if school.students is not None:
            pupils.append({"school": school.id, "name": "semua", "students": school.students})
    copy = save_book(book, path, replace=replace)
    return Imported(len(new), len(listed) - len(new), tuple(doubts), copy)


def import_hours(
    source: Path,
    path: Path,
    *,
    school: str,
    workbook: Path,
    language: Language,
    replace: bool = False,
) -> Imported:
    """Put the hours of a school's aSc timetable into a copy of a workbook.

    Raises
    ------
    FileError
        A file cannot be read or written, or the school is not in the workbook.
    """
    hours = read_hours(source)
    book = open_book(workbook)
    if school not in Page(book, sheets.SCHOOLS, language).values("id"):
        what = _("school {school!r} is not in the sheet of schools", school=school)
        raise FileError(
            [Complaint("", what, _("Add it there, or correct the NPSN."))], source=str(workbook)
        )
    page = Page(book, sheets.HOURS, language)
    known = school in page.values("school")
    for item in hours:
        row = {key: getattr(item, key) for key in ("days", "start", "end", "lesson_percent")}
        page.append({"school": school} | row)
    copy = save_book(book, path, replace=replace)
    doubt = _(
        "{page}: school {school} had hours before; delete the rows that no longer hold",
        page=page.page.title,
        school=school,
    )
    return Imported(len(hours), 0, (doubt,) if known else (), copy)


def _row(school: ListedSchool) -> dict[str, object]:
    row: dict[str, object] = {k: getattr(school, k) for k in ("id", "name", "kind", "district")}
    if school.location is not None:
        row |= {"location.lat": school.location.lat, "location.lon": school.location.lon}
    return row
