"""Dates and names as planners say them to each other."""

from datetime import date
from typing import NamedTuple

from ektp_sched.domain import Problem
from ektp_sched.language import _, short_month, short_weekday
from ektp_sched.rulebook.words import names


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
