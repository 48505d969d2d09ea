"""``ektp-sched import-schools``: the schools of a list into a workbook."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from ektp_sched.cli.books import NewBook, decided, new_book, say_imported
from ektp_sched.cli.options import (
    Lang,
    Replace,
)
from ektp_sched.files.excel import import_schools
from ektp_sched.texts.language import _, ngettext, spoken_language


class Hidden(StrEnum):
    """What to do with rows of a list that are hidden."""

    TAKE = "take"
    LEAVE = "leave"


def verb(
    schools: Annotated[Path, typer.Argument(help="The list of schools: CSV, Excel or JSON.")],
    output: NewBook,
    into: Annotated[
        Path | None, typer.Option(help="A workbook to add them to; a new one by default.")
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(
            help="Kinds to take, such as SMA,SMK, or all; by default the senior-secondary ones."
        ),
    ] = None,
    hidden: Annotated[
        Hidden | None, typer.Option(help="What to do with rows that are hidden; else it is asked.")
    ] = None,
    skip_incomplete: Annotated[
        bool,
        typer.Option(
            "--skip-incomplete",
            help="Leave out rows without NPSN, name, kind or district, such as “No data”.",
        ),
    ] = False,
    due: Annotated[
        bool,
        typer.Option("--due", help="The list counts the pupils due for recording, not all pupils."),
    ] = False,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Put the schools of a list (Dapodik and others) into a workbook."""
    target = new_book(output, schools, into, replace=replace)
    choices: dict[str, Any] = {"skip_incomplete": skip_incomplete, "due": due, **_kinds(kinds)}
    choices |= {"workbook": into, "language": spoken_language(), "replace": replace}
    run = partial(import_schools, schools, target, **choices)
    found = decided(run, hidden=hidden and hidden.value)
    added = ngettext("{n} school added.", "{n} schools added.", found.added)
    say_imported(found, added, output)


def _kinds(text: str | None) -> dict[str, list[str] | None]:
    """The kinds asked for, as an argument; nothing where the usual ones are meant."""
    if text is None:
        return {}
    if text.strip().casefold() in {"all", "semua"}:
        return {"kinds": None}
    kinds = [kind.strip() for kind in text.replace(";", ",").split(",") if kind.strip()]
    if not kinds:
        raise typer.BadParameter(_("no kind is named"), param_hint="--kinds")
    return {"kinds": kinds}
