"""``ektp-sched import-hours``: the hours of a school's timetable into a workbook."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.books import NewBook, decided, new_book, say_imported
from ektp_sched.cli.options import (
    Lang,
    Replace,
)
from ektp_sched.files.excel import import_hours
from ektp_sched.texts.language import ngettext, spoken_language


class Existing(StrEnum):
    """What to do with rows that an import would add to."""

    REPLACE = "replace"
    KEEP = "keep"


def verb(
    timetable: Annotated[Path, typer.Argument(help="The export of aSc Timetables (XML).")],
    into: Annotated[Path, typer.Option(help="The workbook to add the hours to.")],
    school: Annotated[str, typer.Option(help="NPSN of the school, or its name.")],
    output: NewBook,
    existing: Annotated[
        Existing | None,
        typer.Option(help="What to do with hours that the school has already; else it is asked."),
    ] = None,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Put the hours of a school's timetable, with their share of lessons, into a workbook."""
    target = new_book(output, timetable, into, replace=replace)
    run = partial(
        import_hours,
        timetable,
        target,
        school=school,
        workbook=into,
        language=spoken_language(),
        replace=replace,
    )
    found = decided(run, existing=existing and existing.value)
    added = ngettext("{n} row of hours added.", "{n} rows of hours added.", found.added)
    say_imported(found, added, output)
