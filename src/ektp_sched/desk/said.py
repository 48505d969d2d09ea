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


def day_in_words(day: date) -> str:
    """A date as it is said: "Tue 6 Aug", "Sel 6 Agu"."""
    return f"{short_weekday(day)} {day.day} {short_month(day)}"


def dates_in_words(first: date, last: date) -> str:
    """A range of dates as it is said: "from Tue 6 Aug to Thu 8 Aug"."""
    if first == last:
        return _("on {day}", day=day_in_words(first))
    return _("from {first} to {last}", first=day_in_words(first), last=day_in_words(last))
