"""``ektp-sched letter-templates``: the built-in templates, to be changed by the office."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import hand_out
from ektp_sched.cli.options import Lang, Replace
from ektp_sched.cli.streams import say
from ektp_sched.report.letters import template_files
from ektp_sched.texts.language import _, spoken_language


def verb(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the templates; made if new.")
    ],
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write the built-in letter templates, to be changed in a word processor.

    A template that is there already is not touched, unless --replace asks for it.
    """
    files = template_files(spoken_language())
    kept = [] if replace else [name for name in files if (output / name).exists()]
    if new := {name: data for name, data in files.items() if name not in kept}:
        hand_out(output, new, replace=replace)
    for name in kept:
        say(_("Left as it is: {file}", file=output / name))
