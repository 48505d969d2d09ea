"""What holds on a date: a school's open hours, a team's shift and break, the office's day."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from ektp_sched.domain import Break, Closed, Problem, School, Shift, Team, minute_of, weekday_of

Span = tuple[int, int]
"""Minutes after midnight, half-open: [start, end)."""


class Opening(NamedTuple):
    """An open interval as the planner stated it, in minutes after midnight."""

    start: int
    end: int
    lesson_percent: int


def horizon(problem: Problem) -> list[dt.date]:
    """Every date of the horizon, first to last."""
    length = (problem.end - problem.start).days + 1
    return [problem.start + dt.timedelta(days=number) for number in range(length)]


def covering(ranges: Iterable[Closed], day: dt.date) -> Closed | None:
    """The first of the ranges that holds the date."""
    return next((entry for entry in ranges if entry.start <= day <= entry.end), None)


def openings(school: School, day: dt.date) -> list[Opening]:
    """The stated intervals that hold on a date, not merged; none when closed or out of season."""
    if school.not_before and day < school.not_before:
        return []
    if school.not_after and day > school.not_after:
        return []
    if covering(school.closed, day):
        return []
    extra = [entry for entry in school.extra_hours if entry.date == day]
    weekly = [entry for entry in school.hours if weekday_of(day) in entry.days]
    if any(entry.replaces for entry in extra):
        weekly = []
    return [
        Opening(minute_of(entry.start), minute_of(entry.end), entry.lesson_percent)
        for entry in (*weekly, *extra)
    ]


def merged(intervals: Iterable[Opening]) -> list[Span]:
    """The intervals with touching and overlapping ones made one, in order of time."""
    spans: list[Span] = []
    for start, end, _ in sorted(intervals):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def shift_on(team: Team, day: dt.date) -> Shift | None:
    """The team's shift on the date's weekday, whether it is off that date or not."""
    return next((shift for shift in team.shifts if weekday_of(day) in shift.days), None)


def break_on(team: Team, day: dt.date) -> Break | None:
    """The team's break rule on the date's weekday."""
    return next((rest for rest in team.breaks if weekday_of(day) in rest.days), None)
