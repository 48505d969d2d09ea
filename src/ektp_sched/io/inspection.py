"""A problem's file looked through before anything is planned: its faults and its doubts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ektp_sched.domain import Problem
from ektp_sched.domain.complaints import place_of
from ektp_sched.errors import Complaint, ProblemError
from ektp_sched.io.excel import looks_like_workbook, mark_workbook, read_workbook
from ektp_sched.io.json_files import load_problem
from ektp_sched.language import Language
from ektp_sched.rulebook import Advice, review


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a problem's file holds. With `faults` there is no problem, and doubts are not known.

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
        faults = [(fault.where, f"{fault.what}. {fault.remedy}") for fault in self.faults]
        doubts = [(doubt.where, doubt.message) for doubt in self.doubts]
        return mark_workbook(
            self.path, path, faults=faults, doubts=doubts, language=language, replace=replace
        )


def inspect_problem(path: str | Path) -> Inspection:
    """Look for faults and doubts in a problem's file, a workbook or JSON.

    Doubts are what review() warns of, told with their place in the file.

    Raises
    ------
    FileError
        The file cannot be read, or is neither.
    """
    file = Path(path)
    try:
        if looks_like_workbook(file):
            problem, cell = read_workbook(file)
        else:
            problem = load_problem(file)
            raw = problem.model_dump(mode="json")

            def cell(way: Sequence[str | int]) -> str:
                return place_of(raw, way)

    except ProblemError as error:
        return Inspection(file, None, faults=error.complaints)
    doubts = (one.model_copy(update={"where": cell(one.at)}) for one in review(problem))
    return Inspection(file, problem, doubts=tuple(doubts))
