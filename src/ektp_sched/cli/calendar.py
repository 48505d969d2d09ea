"""``ektp-sched calendar``: a plan as calendar files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import hand_out, read_both
from ektp_sched.cli.options import Lang, PlanFile, ProblemFile, Replace
from ektp_sched.cli.streams import tell
from ektp_sched.errors import FileError
from ektp_sched.files.icalendar import read_calendar
from ektp_sched.report.calendars import OFFICE_CALENDAR, calendars
from ektp_sched.texts.language import _, spoken_language


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the calendars; made if new.")
    ],
    former: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the calendars that were sent last; by default the output folder."
        ),
    ] = None,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write the plan as iCalendar files: for the office, each team and each school.

    Where calendars were sent before, the new ones update and cancel what they hold.
    """
    sent = (former or output) / OFFICE_CALENDAR
    entries = []
    if former or sent.exists():
        try:
            entries = read_calendar(sent)
        except FileError as error:
            if former or not replace:
                raise
            what = _("it cannot be read, so the visits that it holds are not cancelled in others")
            tell(_("warning: {what}", what=f"{error.source}: {what}"))
    files = calendars(
        *read_both(problem, plan),
        language=spoken_language(),
        changed=datetime.now(UTC).replace(microsecond=0),
        former=entries,
    )
    hand_out(output, files, replace=replace)
