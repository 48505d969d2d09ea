"""Workbooks in and out. openpyxl and its companions are imported when they are first needed.

All of it raises ExtraError where the extra `excel` is not installed.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ektp_sched.extras import extra
from ektp_sched.io.excel.package import looks_like_workbook
from ektp_sched.language import Language

if TYPE_CHECKING:
    from ektp_sched.domain import Problem
    from ektp_sched.io.excel.importing import Imported

__all__ = [
    "import_hours",
    "import_schools",
    "load_problem_xlsx",
    "looks_like_workbook",
    "need_excel",
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
    problem: Problem = _part("assembling").read_workbook(Path(path))
    return problem


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
) -> "Imported":
    """Put a register's list of schools (CSV or Excel) into a workbook, new or a copy of one.

    Raises
    ------
    FileError
        A file cannot be read or written.
    ProblemError
        Cells of the list are at fault.
    """
    found: Imported = _part("importing").import_schools(
        source, path, workbook=workbook, language=language, replace=replace
    )
    return found


def import_hours(
    source: Path,
    path: Path,
    *,
    school: str,
    workbook: Path,
    language: Language = "id",
    replace: bool = False,
) -> "Imported":
    """Put a school's hours from an aSc Timetables export into a copy of a workbook.

    Raises
    ------
    FileError
        A file cannot be read or written, or the workbook does not have the school.
    """
    found: Imported = _part("importing").import_hours(
        source, path, school=school, workbook=workbook, language=language, replace=replace
    )
    return found


def need_excel() -> None:
    """Make sure that what workbooks need is installed; raises ExtraError."""
    with extra("excel"):
        for package in _PACKAGES:
            import_module(package)


def _part(name: str) -> Any:
    need_excel()
    return import_module(f"ektp_sched.io.excel.{name}")
