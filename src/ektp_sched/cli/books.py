"""What the verbs about workbooks share: the file to write, questions, what an import says."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import output_file, tell_of
from ektp_sched.cli.streams import ask, say
from ektp_sched.errors import DecisionError
from ektp_sched.files.excel.importing import Imported
from ektp_sched.texts.language import _, ngettext, number

MOST_DOUBTS = 40


NewBook = Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")]


def decided(run: Callable[..., Imported], **choices: str | None) -> Imported:
    """What comes of a run; what only the planner can decide is asked, where she can answer."""
    try:
        return run(**choices)
    except DecisionError as error:
        answer = ask(error.question)
        if answer is None:
            raise
        yes, no = error.answers
        return decided(run, **choices | {error.argument: yes if answer else no})


def say_imported(imported: Imported, added: str, output: Path) -> None:
    """Tell what an import added, left out and doubts."""
    if imported.known:
        known = ngettext("{n} was there already.", "{n} were there already.", imported.known)
        added = f"{added} {known}"
    say(added)
    if imported.left_out:
        kinds = ", ".join(f"{kind} {number(n)}" for kind, n in sorted(imported.left_out.items()))
        say(_("Left out by kind (--kinds says which are taken): {kinds}.", kinds=kinds))
    for remark in imported.remarks:
        say(_("Note: {remark}.", remark=remark))
    if imported.doubts:
        say("", _("Look at these, {n} in all:", n=len(imported.doubts)))
        say(*(f"  {doubt}" for doubt in imported.doubts[:MOST_DOUBTS]))
        if (more := len(imported.doubts) - MOST_DOUBTS) > 0:
            say(_("  and {more} more; all are marked in the workbook", more=more))
    say(_("Written: {files}", files=output))
    tell_of([imported.copy])


def new_book(path: Path, *inputs: Path | None, replace: bool) -> Path:
    """The workbook to write, which is none of the files that are read, and no other person's."""
    if path.suffix.casefold() != ".xlsx":
        what = _("{path} does not end in .xlsx", path=path)
        raise typer.BadParameter(what, param_hint="--output")
    output_file(path, inputs=inputs, replace=replace)
    return path
