"""A plan: a list of visits, and nothing else that could contradict them."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import field_validator, model_validator

from ektp_sched.domain.scalars import Clock, Day, Pupils, Text, Value, fault
from ektp_sched.language import _

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


class Plan(Value):
    """The visits of a plan, in any order."""

    visits: tuple[Visit, ...] = ()

    @property
    def firm(self) -> tuple[Visit, ...]:
        """The visits that need no unconfirmed delivery."""
        return tuple(visit for visit in self.visits if visit.status != "contingent")

    @property
    def contingent(self) -> tuple[Visit, ...]:
        """The visits that need one."""
        return tuple(visit for visit in self.visits if visit.status == "contingent")
