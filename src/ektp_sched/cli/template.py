"""``ektp-sched template``: a blank workbook that explains itself."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from ektp_sched.cli.books import NewBook, new_book
from ektp_sched.cli.files import tell_of
from ektp_sched.cli.options import (
    Lang,
    Replace,
)
from ektp_sched.cli.streams import say
from ektp_sched.files import write_template
from ektp_sched.texts.language import _, spoken_language


def verb(
    output: NewBook,
    _lang: Lang = None,
    year: Annotated[
        list[int] | None,
        typer.Option(
            min=2000,
            max=2100,
            help="Fill in the holidays of this year; by default this one and the next.",
        ),
    ] = None,
    replace: Replace = False,
) -> None:
    """Write a blank workbook that explains itself, to be filled in for an office."""
    target, this = new_book(output, replace=replace), datetime.now(UTC).year
    years = tuple(year or (this, this + 1))
    copy = write_template(target, spoken_language(), years=years, replace=replace)
    say(_("Written: {files}", files=output))
    tell_of([copy])
