"""A problem's file looked through before anything is planned: its faults and its doubts."""

from dataclasses import dataclass
from pathlib import Path

from ektp_sched.domain import Problem
from ektp_sched.domain.complaints import place_of
from ektp_sched.errors import Complaint, ProblemError
from ektp_sched.files.excel import looks_like_workbook, mark_workbook, read_workbook
from ektp_sched.files.json_files import load_problem
from ektp_sched.rulebook import Advice, review
from ektp_sched.texts.language import Language


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a problem's file holds. With `faults` there is no problem.

    The places of faults and doubts are cells such as ``Sekolah!B7``, or ways through the JSON.
    """

    path: Path
    problem: Problem | None
    faults: tuple[Complaint, ...] = ()
    doubts: tuple[Advice, ...] = ()

    def mark(
        self, path: str | Path, language: Language = "id", *, replace: bool = False
    ) -> Path | None:
        """Write a copy of the workbook with all faults and doubts marked on their cells.

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
            The file is no workbook, or the copy cannot be written, or it is the workbook itself.
        """
        return mark_workbook(
            self.path, path, self.faults, self.doubts, language=language, replace=replace
        )


def inspect_problem(path: str | Path) -> Inspection:
    """Look for faults and doubts in a problem's file, a workbook or JSON.

    Doubts are those about cells that may have been mistyped, and what review() warns of.

    Raises
    ------
    FileError
        The file cannot be read, or is neither.
    """
    file = Path(path)
    return _of_workbook(file) if looks_like_workbook(file) else _of_json(file)


def _of_workbook(file: Path) -> Inspection:
    found = read_workbook(file)
    about = () if found.problem is None else review(found.problem)
    placed = (one.model_copy(update={"where": found.cell(one.at)}) for one in about)
    return Inspection(file, found.problem, found.faults, (*found.doubts, *placed))


def _of_json(file: Path) -> Inspection:
    try:
        problem = load_problem(file)
    except ProblemError as error:
        return Inspection(file, None, error.complaints)
    doubts = (
        one.model_copy(update={"where": place_of(problem, one.at)}) for one in review(problem)
    )
    return Inspection(file, problem, doubts=tuple(doubts))
