"""``ektp-sched workbook``: a problem as a workbook that holds all of it."""

from ektp_sched.cli.books import NewBook, new_book
from ektp_sched.cli.files import tell_of
from ektp_sched.cli.options import (
    Lang,
    ProblemFile,
    Replace,
)
from ektp_sched.cli.streams import say
from ektp_sched.files import load_problem, save_problem_xlsx
from ektp_sched.texts.language import _, spoken_language


def verb(
    problem: ProblemFile, output: NewBook, replace: Replace = False, _lang: Lang = None
) -> None:
    """Write a problem as a workbook that holds all of it."""
    target = new_book(output, problem, replace=replace)
    copy = save_problem_xlsx(load_problem(problem), target, spoken_language(), replace=replace)
    say(_("Written: {files}", files=output))
    tell_of([copy])
