"""Amounts, times and names as a planner in an office reads them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from ektp_sched.domain import School, Team, weekday_of
from ektp_sched.rulebook.calendar import Span


def amount(number: int, unit: str) -> str:
    """A number with its unit, given in the plural: "1 pupil", "2 pupils"."""
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def clock(minute: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day_in_words(day: date) -> str:
    """A date with its weekday: "Mon 2024-08-05"."""
    return f"{weekday_of(day).capitalize()} {day}"


def span(times: Span) -> str:
    """An interval as HH:MM–HH:MM."""
    return f"{clock(times[0])}–{clock(times[1])}"


def names(items: Iterable[School | Team]) -> dict[str, str]:
    """Names by id; a name that several share is told apart by the id."""
    listed = list(items)
    uses = Counter(item.name for item in listed)
    return {
        item.id: item.name if uses[item.name] == 1 else f"{item.name} ({item.id})"
        for item in listed
    }
