"""Dates and names as planners say them to each other."""

from datetime import date
from typing import NamedTuple

from ektp_sched.domain import Problem, weekday_of
from ektp_sched.rulebook.words import names

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
    """A date as it is said within one season, without the year: "Tue 6 Aug"."""
    return f"{weekday_of(day).capitalize()} {day.day} {MONTHS[day.month - 1]}"


def short_dates(first: date, last: date) -> str:
    """A range of such dates: "from Tue 6 Aug to Thu 8 Aug"."""
    if first == last:
        return f"on {short_day(first)}"
    return f"from {short_day(first)} to {short_day(last)}"
