"""``ektp-sched picture``: a plan as a picture."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import output_file, read_both, write
from ektp_sched.cli.options import Lang, PlanFile, ProblemFile, Replace
from ektp_sched.cli.streams import say
from ektp_sched.report.pictures import FORMATS, picture_bytes
from ektp_sched.texts.language import _, spoken_language


class Show(StrEnum):
    """What a picture shows of a plan."""

    plan = "plan"
    calendar = "calendar"
    map = "map"
    blanks = "blanks"


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write: .png, .svg or .pdf.")
    ],
    show: Annotated[Show, typer.Option(help="All of the plan, or one part of it.")] = Show.plan,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A day whose routes the map shows."),
    ] = None,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write a picture of a plan to send or to print: map, blank cards and calendar.

    Needs the extra `plot`.
    """
    suffix = output.suffix.casefold()
    if suffix not in FORMATS:
        endings = ", ".join(FORMATS)
        what = _("{path} ends in none of {endings}", path=output, endings=endings)
        raise typer.BadParameter(what, param_hint="--output")
    outputs = output_file(output, inputs=[problem, plan], replace=replace)
    office, visits = read_both(problem, plan)
    if day and not office.start <= day.date() <= office.end:
        what = _(
            "{day} is not among the dates that are planned, {start} to {end}",
            day=day.date(),
            start=office.start,
            end=office.end,
        )
        raise typer.BadParameter(what, param_hint="--day")
    data = picture_bytes(
        office,
        visits,
        suffix=suffix,
        show=show.value,
        day=day and day.date(),
        language=spoken_language(),
    )
    write(outputs, {output: data})
    say(_("Written: {files}", files=output))
