"""Dates as they are read in both languages; needs Babel, of the extra `report`."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from ektp_sched.errors import extra
from ektp_sched.texts.language import Language

with extra("report"):
    from babel.dates import format_date, format_interval


def short_day(day: date, language: Language) -> str:
    """A day in a list: "Sen 15 Jul", "Mon 15 Jul"."""
    return format_date(day, "EEE d MMM", locale=language)


def long_day(day: date, language: Language) -> str:
    """A day in a sentence: "Senin, 15 Juli 2024", "Monday, 15 July 2024"."""
    return format_date(day, "EEEE, d MMMM y", locale=_written(language))


def period(first: date, last: date, language: Language) -> str:
    """Dates from first to last: "1 Jul–30 Agu 2024", "5–9 Aug 2024"."""
    # Versions of Babel differ in where they put thin spaces around the dash.
    written: str = format_interval(first, last, "yMMMd", locale=_written(language))
    return written.replace("\u2009", "")


def weeks(days: Iterable[date]) -> list[list[date]]:
    """Days, in order, by calendar week from Monday to Sunday."""
    return [list(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2])]


def _written(language: Language) -> str:
    """English as in most of the world: the day before the month."""
    return "en_GB" if language == "en" else language
