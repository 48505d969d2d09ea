"""``ektp-sched letters`` and ``letter-templates``: notices and assignment letters."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Lang, Replace
from ektp_sched.language import _, spoken_language


@app.command()
def letters(
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
    from ektp_sched.cli.files import hand_out, read_both
    from ektp_sched.cli.streams import tell
    from ektp_sched.io.outputs import written_besides
    from ektp_sched.report.letters import assignments, notices

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


@app.command("letter-templates")
def letter_templates(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the templates; made if new.")
    ],
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write the built-in letter templates, to be changed in a word processor.

    A template that is there already is not touched, unless --replace asks for it.
    """
    from ektp_sched.cli.files import hand_out
    from ektp_sched.cli.streams import say
    from ektp_sched.report.letters import template_files

    files = template_files(spoken_language())
    kept = [] if replace else [name for name in files if (output / name).exists()]
    if new := {name: data for name, data in files.items() if name not in kept}:
        hand_out(output, new, replace=replace)
    for name in kept:
        say(_("Left as it is: {file}", file=output / name))
