"""The option for the language of what is written for people."""

from enum import StrEnum
from typing import Annotated

import typer

from ektp_sched.language import Language, usual_language


class LanguageChoice(StrEnum):
    """The languages that there are."""

    id = "id"
    en = "en"


Lang = Annotated[
    LanguageChoice | None,
    typer.Option(help="Indonesian or English; by default that of your system."),
]

Explain = Annotated[
    float,
    typer.Option(
        min=0,
        help="Seconds to look for why schools do not get more; with 0 the likeliest reason of each "
        "is given at once.",
    ),
]


def language_of(choice: LanguageChoice | None) -> Language:
    """The language chosen, else the usual one."""
    if choice is None:
        return usual_language()
    return "id" if choice is LanguageChoice.id else "en"
