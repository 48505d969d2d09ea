"""Why schools do not get more, as the page and the workbook say it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ektp_sched.language import Language
from ektp_sched.report.vocabulary import word

if TYPE_CHECKING:
    from ektp_sched.desk.explaining.values import Reason

ReasonsInWords = Mapping[str, Sequence[str]]


def reasons_in_words(
    found: Mapping[str, Sequence["Reason"]], language: Language
) -> dict[str, list[str]]:
    """The reasons of each school, by its id, each with whether it is proven or likely."""
    return {
        school: [f"{word(one.tag, language)}: {one.sentence}" for one in reasons]
        for school, reasons in found.items()
    }
