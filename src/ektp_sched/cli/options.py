"""Options that several verbs have, each with one meaning and one text of help."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.texts.language import Language, usual_language

ProblemFile = Annotated[
    Path, typer.Argument(help="The problem: a workbook (.xlsx) or a JSON file.")
]
PlanFile = Annotated[Path, typer.Argument(help="The plan, a JSON file such as `plan` writes.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


class LanguageChoice(StrEnum):
    """The languages that there are."""

    id = "id"
    en = "en"


# Verbs have it so that it is checked and stands in their help. main() looks for it before all
# else, so that what is wrong with the other arguments is told in that language too.
Lang = Annotated[
    LanguageChoice | None,
    typer.Option("--lang", help="Indonesian or English; by default that of your system."),
]

Explain = Annotated[
    float,
    typer.Option(
        min=0,
        help="Seconds to look for why schools do not get more; with 0 the likeliest reason of each "
        "is given at once.",
    ),
]


Replace = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="Replace what stands there even if a person made or changed it; a dated copy of it is "
        "kept in the folder `backup` beside it.",
    ),
]

# The options of verbs that search.
TimeLimit = Annotated[float, typer.Option(help="Seconds in all.")]
Gap = Annotated[float, typer.Option(help="A tier is done when it is this close to its bound.")]
Seed = Annotated[int, typer.Option(help="Another seed may find another answer.")]
Workers = Annotated[int | None, typer.Option(help="Threads; all cores by default.")]
Deterministic = Annotated[
    bool,
    typer.Option(
        "--deterministic",
        help="Give the same answer again, byte for byte, for the same input, seed and version: "
        "seconds then are units of work, about a second each.",
    ),
]


def language_asked(arguments: Sequence[str]) -> Language:
    """The language that the arguments ask for, whatever else is wrong with them; else the usual."""
    named = [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    named += [following for word, following in pairwise(arguments) if word == "--lang"]
    known: dict[str, Language] = {"id": "id", "en": "en"}
    return next((known[name] for name in named if name in known), usual_language())
