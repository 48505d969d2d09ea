"""Lesson periods of a school, and how much of a time they take."""

from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from typing import Self

from pydantic import model_validator

from ektp_sched.domain import Weekday, minute_of, weekday_of
from ektp_sched.domain.scalars import Asked, Clock, fault
from ektp_sched.language import _


class Period(Asked):
    """A lesson [start, end) on a weekday; the time between two lessons is a break."""

    weekday: Weekday
    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if self.start >= self.end:
            raise fault(
                "period_backwards",
                _("end {end} is not after start {start}", end=self.end, start=self.start),
                _("Correct the times; a lesson begins and ends on one day."),
            )
        return self


class Lessons:
    """The minutes of a date that are lessons.

    Parameters
    ----------
    periods
        Of the school on all weekdays; where they overlap, a minute counts once.
    """

    def __init__(self, periods: Iterable[Period], day: date) -> None:
        self._spans = [
            (minute_of(period.start), minute_of(period.end))
            for period in periods
            if period.weekday == weekday_of(day)
        ]
        taken = {minute for span in self._spans for minute in range(*span)}
        flags = (minute in taken for minute in range(24 * 60))
        self._before = list(accumulate(flags, initial=0))  # minutes of lessons before each minute

    def minutes(self, start: int, end: int) -> int:
        """Minutes of lessons in [start, end)."""
        return self._before[end] - self._before[start]

    def touched(self, start: int, end: int) -> int:
        """Lessons that [start, end) takes a part of."""
        return sum(start < until and since < end for since, until in self._spans)
