"""Amounts, times, dates and names as planners read them and say them to each other."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple

from ektp_sched.domain import Closed, Floor, Problem, School, Team, Visit, VisitStatus
from ektp_sched.domain.teams import real_teams
from ektp_sched.texts.language import _, all_of, ngettext, short_month, short_weekday

MOST_RANGES = 4

Unit = Literal[
    "blanks",
    "cards",
    "changes",
    "dates",
    "days",
    "kits",
    "minutes",
    "pupils",
    "team-days",
    "teams",
    "visits",
]
_AMOUNTS: dict[Unit, Callable[[int], str]] = {
    "blanks": lambda n: ngettext("{n} blank", "{n} blanks", n),
    "cards": lambda n: ngettext("{n} card", "{n} cards", n),
    "changes": lambda n: ngettext("{n} change", "{n} changes", n),
    "dates": lambda n: ngettext("{n} date", "{n} dates", n),
    "days": lambda n: ngettext("{n} day", "{n} days", n),
    "kits": lambda n: ngettext("{n} kit", "{n} kits", n),
    "minutes": lambda n: ngettext("{n} minute", "{n} minutes", n),
    "pupils": lambda n: ngettext("{n} pupil", "{n} pupils", n),
    "team-days": lambda n: ngettext("{n} team-day", "{n} team-days", n),
    "teams": lambda n: ngettext("{n} team", "{n} teams", n),
    "visits": lambda n: ngettext("{n} visit", "{n} visits", n),
}


def amount(number: int, unit: Unit) -> str:
    """A number with its unit, given in the plural: "1 pupil", "2 pupils"."""
    return _AMOUNTS[unit](number)


def status_in_words(visit: Visit) -> str:
    """How firm a visit is."""
    words: dict[VisitStatus, str] = {
        "proposed": _("proposed"),
        "confirmed": _("confirmed"),
        "done": _("done"),
        "contingent": _("contingent"),
    }
    return words[visit.status]


def group_in_words(floor: Floor) -> str:
    """The schools that a floor is set for."""
    if floor.by == "district":
        return _("district {name}", name=floor.value)
    return _("kind {name}", name=floor.value)


def clock(minute: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day_in_words(day: date) -> str:
    """A date with its weekday: "Mon 2024-08-05", "Sen 5 Agu 2024"."""
    return _("{weekday} {day}", weekday=short_weekday(day), day=day)


def ranges_in_words(ranges: Iterable[Closed]) -> str:
    """Ranges of dates, each with its reason where one is given.

    "from Mon 2025-07-21 to Fri 2025-07-25 (exam) and on Thu 2025-07-31"
    """
    told = []
    for one in ranges:
        if one.start == one.end:
            dates = _("on {day}", day=day_in_words(one.start))
        else:
            first, last = day_in_words(one.start), day_in_words(one.end)
            dates = _("from {first} to {last}", first=first, last=last)
        told.append(f"{dates} ({one.reason})" if one.reason else dates)
    if (more := len(told) - MOST_RANGES) > 0:
        told[MOST_RANGES:] = [_("{n} more", n=more)]
    return all_of(told)


def span(times: tuple[int, int]) -> str:
    """An interval as HH:MM–HH:MM."""
    return f"{clock(times[0])}–{clock(times[1])}"


def names(items: Iterable[School | Team]) -> dict[str, str]:
    """Names by id; a name that several share is told apart by the id.

    Whoever stands in for a team goes by that team's name, with the kits: "Tim 1, 1 kit".
    """
    listed = list(items)
    real = real_teams(item for item in listed if isinstance(item, Team))
    parts = [item for item in listed if isinstance(item, Team) and real[item.id] is not item]
    uses = Counter(item.name for item in listed if item not in parts)
    called = {
        item.id: item.name if uses[item.name] == 1 else f"{item.name} ({item.id})"
        for item in listed
    }
    for part in parts:
        team, kits = called[real[part.id].id], amount(part.kits, "kits")
        called[part.id] = _("{team}, {kits}", team=team, kits=kits)
    return called


class Names(NamedTuple):
    """Names of schools and teams by their ids."""

    schools: dict[str, str]
    teams: dict[str, str]


def names_of(*problems: Problem) -> Names:
    """The names that several problems have; those of an earlier one win."""
    known = Names({}, {})
    for problem in reversed(problems):
        known.schools.update(names(problem.schools))
        known.teams.update(names(problem.teams))
    return known


def short_day(day: date) -> str:
    """A date as it is said within one season, without the year: "Tue 6 Aug", "Sel 6 Agu"."""
    return f"{short_weekday(day)} {day.day} {short_month(day)}"


def short_dates(first: date, last: date) -> str:
    """A range of such dates: "from Tue 6 Aug to Thu 8 Aug"."""
    if first == last:
        return _("on {day}", day=short_day(first))
    return _("from {first} to {last}", first=short_day(first), last=short_day(last))
