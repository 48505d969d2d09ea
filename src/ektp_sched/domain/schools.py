"""Schools: who is due there and when they can be visited."""

from typing import Literal, Self, get_args

from pydantic import model_validator

from ektp_sched.domain.places import Location
from ektp_sched.domain.scalars import (
    AtLeastOne,
    Clock,
    Day,
    Flag,
    Minutes,
    Note,
    Percent,
    Pupils,
    Seconds,
    Small,
    Stated,
    Tags,
    Text,
    Weekdays,
    fault,
    repetition,
)
from ektp_sched.texts.language import _

ServiceState = Literal["served", "partly", "not", "nobody"]
SERVICE_STATES: tuple[ServiceState, ...] = get_args(ServiceState)


def service_state(pupils: int, recorded: int) -> ServiceState:
    """Whether all, some or none of a school's pupils are recorded, or there is nobody to record.

    The one answer for tables, page, pictures and workbooks.
    """
    if not pupils:
        return "nobody"
    if recorded >= pupils:
        return "served"
    return "partly" if recorded else "not"


class _Interval(Stated):
    start: Clock
    end: Clock
    lesson_percent: Percent = 100

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if self.start >= self.end:
            raise fault(
                "hours_backwards",
                _("end {end} is not after start {start}", end=self.end, start=self.start),
                _("Correct the times; write hours past midnight as two entries."),
            )
        return self


class Hours(_Interval):
    """Open hours [start, end) on some weekdays; `lesson_percent` of that time is lessons."""

    days: Weekdays


class ExtraHours(_Interval):
    """Open hours [start, end) on one date, added to (or replacing) the weekly ones."""

    date: Day
    replaces: Flag = False


class Closed(Stated):
    """A range of dates, both included, on which a school is closed or a team is away."""

    start: Day
    end: Day
    reason: Note = ""

    @model_validator(mode="after")
    def _start_not_after_end(self) -> Self:
        if self.start > self.end:
            raise fault(
                "range_backwards",
                _(
                    "the range ends on {end}, before it starts on {start}",
                    end=self.end,
                    start=self.start,
                ),
                _("Swap the dates, or write the same date twice for a single day."),
            )
        return self


class Cohort(Stated):
    """Pupils of one school who become due together. Counts only, never persons.

    `record_from` is the 16th birthday (none: already 16), `card_from` the 17th (none: already 17).
    """

    name: Text
    students: Pupils
    record_from: Day | None = None
    card_from: Day | None = None
    priority: Small = 1

    @model_validator(mode="after")
    def _sixteen_before_seventeen(self) -> Self:
        if self.record_from and self.card_from and self.card_from < self.record_from:
            raise fault(
                "card_before_recording",
                _(
                    "card_from {card_from} is before record_from {record_from}",
                    card_from=self.card_from,
                    record_from=self.record_from,
                ),
                _("The 17th birthday comes after the 16th: swap or correct the dates."),
            )
        return self


class School(Stated):
    """A school to visit. `id` is its NPSN: text, never a number."""

    id: Text
    name: Text
    kind: Text
    district: Text
    location: Location
    cohorts: tuple[Cohort, ...]
    hours: tuple[Hours, ...] = ()
    extra_hours: tuple[ExtraHours, ...] = ()
    closed: tuple[Closed, ...] = ()
    setup_minutes: Minutes = 30
    teardown_minutes: Minutes = 15
    seconds_per_student: Seconds | None = None
    max_visits: Small = 3
    min_gap_days: Small = 0
    min_students: Small = 10
    max_teams_per_day: AtLeastOne = 1
    needs: Tags = frozenset()
    not_before: Day | None = None
    not_after: Day | None = None

    @model_validator(mode="after")
    def _cohorts_once(self) -> Self:
        if again := repetition(cohort.name for cohort in self.cohorts):
            index, name = again
            raise fault(
                "cohort_twice",
                _("cohort {name!r} is named more than once", name=name),
                _("Give each cohort of a school its own name."),
                at=("cohorts", index, "name"),
            )
        return self

    @model_validator(mode="after")
    def _not_before_not_after(self) -> Self:
        if self.not_before and self.not_after and self.not_before > self.not_after:
            raise fault(
                "season_backwards",
                _(
                    "not_before {not_before} is later than not_after {not_after}",
                    not_before=self.not_before,
                    not_after=self.not_after,
                ),
                _("Swap the dates, or leave one out."),
            )
        return self
