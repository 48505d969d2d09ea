"""``ektp-sched letters``: notices to schools and assignment letters for teams."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import hand_out, read_both
from ektp_sched.cli.options import Lang, PlanFile, ProblemFile, Replace
from ektp_sched.cli.streams import tell
from ektp_sched.files.outputs import written_besides
from ektp_sched.report.letters import assignments, notices
from ektp_sched.texts.language import _, spoken_language


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the letters; made if new.")
    ],
    school: Annotated[
        list[str] | None,
        typer.Option(help="Write to this school only (NPSN or name); may be repeated."),
    ] = None,
    team: Annotated[
        list[str] | None,
        typer.Option(help="Write for this team only (id or name); may be repeated."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="Folder with the office's own templates.")
    ] = None,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write a notice to each school and an assignment letter for each team (DOCX).

    Visits that are done are in none of them. A letter that was filled in by hand is left as it is
    where the plan says nothing new in it.
    """
    files: dict[str, bytes] = {}
    both, language = read_both(problem, plan), spoken_language()
    if school or not team:
        files |= notices(*both, language=language, schools=school, templates=template)
    if team or not school:
        files |= assignments(*both, language=language, teams=team, templates=template)
    hand_out(output, files, replace=replace)
    if not school and not team:
        for file in written_besides(output, files):
            tell(
                _(
                    "warning: {what}",
                    what=_("{file} is of an earlier run and not among these", file=file),
                )
            )
