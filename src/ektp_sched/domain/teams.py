"""Mobile teams: what they carry and when they work."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from ektp_sched.domain.scalars import (
    AtLeastOne,
    Clock,
    Minutes,
    Seconds,
    Stated,
    Tags,
    Text,
    Weekdays,
    fault,
    minute_of,
    repetition,
)
from ektp_sched.domain.schools import Closed
from ektp_sched.texts.language import _


class Shift(Stated):
    """A team's working time [start, end) on some weekdays, from leaving the base to being back."""

    days: Weekdays
    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if self.start >= self.end:
            raise fault(
                "shift_backwards",
                _("end {end} is not after start {start}", end=self.end, start=self.start),
                _("Correct the times; a shift begins and ends on one day."),
            )
        return self


class Break(Stated):
    """A rest of `minutes` somewhere inside [earliest, latest] on some weekdays."""

    days: Weekdays
    minutes: Annotated[int, Field(strict=True, ge=1, le=1_440)]
    earliest: Clock
    latest: Clock

    @model_validator(mode="after")
    def _fits(self) -> Self:
        room = minute_of(self.latest) - minute_of(self.earliest)
        if room < self.minutes:
            raise fault(
                "break_too_long",
                _(
                    "a break of {minutes} minutes does not fit between {earliest} and {latest}",
                    minutes=self.minutes,
                    earliest=self.earliest,
                    latest=self.latest,
                ),
                _("Shorten the break or widen earliest to latest."),
            )
        return self


class Team(Stated):
    """A mobile team with its kits. `seconds_per_student` is for one kit.

    `stands_in_for` marks a part of another team (by its id) that works in that team's place on some
    dates, such as when a kit is broken: no team of its own to those who read a plan.
    """

    id: Text
    name: Text
    base: Text
    kits: AtLeastOne = 2
    seconds_per_student: Seconds = 210
    shifts: tuple[Shift, ...] = ()
    off: tuple[Closed, ...] = ()
    breaks: tuple[Break, ...] = ()
    skills: Tags = frozenset()
    max_visits_per_day: AtLeastOne | None = None
    max_travel_minutes: Minutes | None = None
    stands_in_for: Text | None = None

    @model_validator(mode="after")
    def _one_shift_a_day(self) -> Self:
        days = [(n, day) for n, shift in enumerate(self.shifts) for day in shift.days]
        if again := repetition(day for _, day in days):
            index, day = again
            raise fault(
                "two_shifts_a_day",
                _("shifts name {day} more than once", day=day),
                _("Give a team at most one shift on each weekday."),
                at=("shifts", days[index][0]),
            )
        return self

    @model_validator(mode="after")
    def _one_break_a_day(self) -> Self:
        days = [(n, day) for n, rest in enumerate(self.breaks) for day in rest.days]
        if again := repetition(day for _, day in days):
            index, day = again
            raise fault(
                "two_breaks_a_day",
                _("breaks name {day} more than once", day=day),
                _("Give a team at most one break on each weekday."),
                at=("breaks", days[index][0]),
            )
        return self


def real_teams(teams: Iterable[Team]) -> dict[str, Team]:
    """The real team of each team, by id; a stand-in's is the one that it stands in for."""
    known = {team.id: team for team in teams}
    found = {}
    for team in known.values():
        real = team
        while real.stands_in_for is not None and real.stands_in_for in known:
            real = known[real.stands_in_for]
        found[team.id] = real
    return found
