"""The verb ``follow-up``."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Lang, Replace


@app.command("follow-up")
def follow_up(
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the new problem.json; made if new.")
    ],
    reports: Annotated[
        list[Path] | None,
        typer.Argument(
            help="What was told of done visits: the files of changes that replan read. "
            "Changes of other kinds in them are passed over."
        ),
    ] = None,
    least: Annotated[
        int, typer.Option(min=1, help="No make-up visit for fewer pupils of a school than this.")
    ] = 1,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            help="So many percent come: 90 for all schools, or SCHOOL=75 for one (its NPSN or a "
            "part of its name). May be given several times."
        ),
    ] = None,
    learn: Annotated[
        bool, typer.Option("--learn", help="Expect of a school what its done visits showed.")
    ] = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """After visits: who was missed, a make-up visit where one is lacking, how many will come.

    Run it after replan, with the problem and plan that replan wrote. Every number that is changed
    is told; the files that are read stay as they are.
    """
    from ektp_sched.cli.following import Asked, follow

    asked = Asked(least=least, expect=tuple(expect or ()), learn=learn)
    follow(
        problem,
        plan,
        tuple(reports or ()),
        asked,
        folder=output,
        replace=replace,
        as_json=as_json,
    )
