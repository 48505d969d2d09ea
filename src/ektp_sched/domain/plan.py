"""A plan: a list of visits, and nothing else that could contradict them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Literal, Self

from pydantic import field_validator, model_validator

from ektp_sched.domain.scalars import Clock, Day, Pupils, Text, Value, fault
from ektp_sched.domain.showing import Column, Shown, Table
from ektp_sched.errors import InputError, PlanError
from ektp_sched.texts.language import _, ngettext, number, short_date, short_weekday

VisitStatus = Literal["proposed", "confirmed", "done", "contingent"]


class Visit(Value):
    """A team's stay at a school: [start, end) on `date`, from set-up to pack-up.

    `students` gives the pupils recorded by cohort; a cohort with none is left out.
    """

    school: Text
    team: Text
    date: Day
    start: Clock
    end: Clock
    students: Mapping[Text, Pupils]
    status: VisitStatus = "proposed"

    refused_by: ClassVar[type[InputError]] = PlanError

    @field_validator("students", mode="after")
    @classmethod
    def _drop_empty_cohorts(cls, students: Mapping[str, int]) -> Mapping[str, int]:
        return {name: count for name, count in students.items() if count}

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if self.start >= self.end:
            raise fault(
                "visit_backwards",
                _("end {end} is not after start {start}", end=self.end, start=self.start),
                _("Correct the times; a visit begins and ends on one day."),
            )
        return self

    @property
    def recorded(self) -> int:
        """Pupils recorded, all cohorts together."""
        return sum(self.students.values())


class Plan(Shown):
    """The visits of a plan, in any order."""

    visits: tuple[Visit, ...] = ()

    refused_by: ClassVar[type[InputError]] = PlanError

    @property
    def firm(self) -> tuple[Visit, ...]:
        """The visits that need no unconfirmed delivery."""
        return tuple(visit for visit in self.visits if visit.status != "contingent")

    @property
    def contingent(self) -> tuple[Visit, ...]:
        """The visits that need one."""
        return tuple(visit for visit in self.visits if visit.status == "contingent")

    @property
    def recorded(self) -> int:
        """Pupils that the firm visits record."""
        return sum(visit.recorded for visit in self.firm)

    def _shown(self) -> Iterator[str | Table]:
        yield self.in_short
        if self.visits:
            yield visits_table(self.visits)

    @property
    def in_short(self) -> str:
        """Its visits and the pupils of the firm ones, such as ``85 visits, 3,012 pupils``."""
        visits = ngettext("{n} visit", "{n} visits", len(self.visits))
        pupils = ngettext("{n} pupil", "{n} pupils", self.recorded)
        return f"{visits}, {pupils}"


def visits_table(
    visits: Iterable[Visit],
    *,
    schools: Mapping[str, str] | None = None,
    teams: Mapping[str, str] | None = None,
) -> Table:
    """Visits by day and team; their status where it is not "proposed" throughout.

    `schools` and `teams` are names by id, where they are known.
    """
    names = (teams or {}), (schools or {})
    listed = sorted(visits, key=lambda v: (v.date, names[0].get(v.team, ""), v.team, v.start))
    with_status = any(visit.status != "proposed" for visit in listed)
    columns: tuple[Column, ...] = (
        (_("Date"), "word"),
        (_("Day"), "word"),
        (_("Team"), "text"),
        (_("Time"), "word"),
        (_("School"), "text"),
        (_("Pupils"), "count"),
    )
    return Table(
        (*columns, (_("Status"), "word")) if with_status else columns,
        [
            (
                short_date(visit.date),
                short_weekday(visit.date),
                names[0].get(visit.team, visit.team),
                f"{visit.start:%H:%M}-{visit.end:%H:%M}",
                names[1].get(visit.school, visit.school),
                number(visit.recorded),
                *([_(visit.status)] if with_status else []),
            )
            for visit in listed
        ],
    )
