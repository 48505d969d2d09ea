"""Workbooks in and out. openpyxl and its companions are imported when they are first needed.

All of it raises ExtraError where the extra `excel` is not installed.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ektp_sched.errors import Complaint, ProblemError, extra
from ektp_sched.files.excel.package import looks_like_workbook
from ektp_sched.texts.language import Language

if TYPE_CHECKING:
    from ektp_sched.domain import Problem
    from ektp_sched.files.excel.assembling import Reading
    from ektp_sched.files.excel.importing import Imported
    from ektp_sched.rulebook import Advice

__all__ = [
    "import_hours",
    "import_schools",
    "load_problem_xlsx",
    "looks_like_workbook",
    "mark_workbook",
    "need_excel",
    "read_workbook",
    "save_problem_xlsx",
    "write_template",
]

_PACKAGES = ("openpyxl", "holidays", "defusedxml")


def load_problem_xlsx(path: str | Path) -> "Problem":
    """Read a problem from a workbook.

    Raises
    ------
    FileError
        The file is no workbook that can be read.
    ProblemError
        With one complaint for each fault, its place written as ``Sheet!B7``.
    """
    found = read_workbook(Path(path))
    if found.problem is None:
        raise ProblemError(found.faults, source=str(path))
    return found.problem


def read_workbook(path: Path) -> "Reading":
    """A workbook with its faults and doubts; raises FileError where it is none."""
    found: Reading = _part("assembling").read_workbook(path)
    return found


def mark_workbook(
    source: str | Path,
    path: str | Path,
    faults: Sequence[Complaint],
    doubts: "Sequence[Advice]",
    *,
    language: Language = "id",
    replace: bool = False,
) -> Path | None:
    """Write a copy of a workbook in which faults and doubts are marked on their cells.

    Each cell concerned gets a colour, one for faults and one for doubts, and a comment; a sheet at
    the front lists all of them. What was refused because it is about single persons is left out of
    the copy. The workbook itself is not touched.

    Parameters
    ----------
    replace
        As for save_problem_xlsx(), whose returns are these too.

    Raises
    ------
    FileError
        The workbook cannot be read, or the copy cannot be written, or it is the workbook itself.
    """
    copy: Path | None = _part("marking").mark_workbook(
        Path(source), Path(path), faults, doubts, language=language, replace=replace
    )
    return copy


def save_problem_xlsx(
    problem: "Problem", path: str | Path, language: Language = "id", *, replace: bool = False
) -> Path | None:
    """Write a problem as a workbook that reads back as the same problem.

    Parameters
    ----------
    replace
        Replace also a workbook that a person made or changed; a dated copy of it is kept.

    Returns
    -------
    Path or None
        The dated copy.

    Raises
    ------
    FileError
        The file cannot be written, or a person made or changed what stands there.
    """
    copy: Path | None = _part("writing").save_problem_xlsx(problem, path, language, replace=replace)
    return copy


def write_template(
    path: str | Path, language: Language, *, years: Sequence[int] = (), replace: bool = False
) -> Path | None:
    """Write a blank workbook that explains itself, with the holidays of some years.

    `replace`, what is returned and what is raised are as for save_problem_xlsx().
    """
    copy: Path | None = _part("writing").write_template(
        path, language, years=years, replace=replace
    )
    return copy


def import_schools(
    source: Path,
    path: Path,
    *,
    workbook: Path | None = None,
    language: Language = "id",
    replace: bool = False,
    **choices: Any,
) -> "Imported":
    """Put a list of schools (CSV, Excel or JSON) into a workbook, new or a copy of one.

    Schools that the workbook has already stay as they are; doubts are marked on their cells.

    Parameters
    ----------
    **choices
        `kinds` to take (None: all; by default the senior-secondary ones), `hidden` rows to "take"
        or "leave", `skip_incomplete` to leave out rows such as "No data", `due` where the numbers
        of pupils are of those due and not whole rolls.

    Raises
    ------
    FileError
        A file cannot be read or written.
    DecisionError
        Rows of the list are hidden, and `hidden` does not say what to do with them.
    ProblemError
        Cells of the list are at fault.
    """
    found: Imported = _part("importing").import_schools(
        source, path, workbook=workbook, language=language, replace=replace, **choices
    )
    return found


def import_hours(
    source: Path,
    path: Path,
    *,
    school: str,
    workbook: Path,
    language: Language = "id",
    existing: Literal["replace", "keep"] | None = None,
    replace: bool = False,
) -> "Imported":
    """Put a school's hours from an aSc Timetables export into a copy of a workbook.

    Parameters
    ----------
    school
        Its NPSN, or its name or a part of that where it fits no other school.
    existing
        Whether rows of hours that the school has already are replaced, or kept beside the new ones.

    Raises
    ------
    FileError
        A file cannot be read or written.
    ProblemError
        The sheet of schools or that of hours is at fault.
    RequestError
        The school is not in the workbook, or several fit.
    DecisionError
        The school has rows of hours already, and `existing` does not say what to do with them.
    """
    found: Imported = _part("importing").import_hours(
        source,
        path,
        school=school,
        workbook=workbook,
        language=language,
        existing=existing,
        replace=replace,
    )
    return found


def need_excel() -> None:
    """Make sure that what workbooks need is installed; raises ExtraError."""
    with extra("excel"):
        for package in _PACKAGES:
            import_module(package)


def _part(name: str) -> Any:
    need_excel()
    return import_module(f"ektp_sched.files.excel.{name}")
