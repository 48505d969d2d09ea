"""Dates that schools ask for: a visit there, if one can be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ektp_sched.desk.changes import Change, SchoolAsks
from ektp_sched.desk.promises import with_status
from ektp_sched.desk.replan.result import ChangeCost, UnmetWish, cost_between
from ektp_sched.desk.replan.standing import beside
from ektp_sched.desk.searching import Search
from ektp_sched.domain import ExtraHours, Problem, School, Visit
from ektp_sched.domain.scalars import clock_of
from ektp_sched.rulebook.calendar import openings
from ektp_sched.texts.language import _

SHARE = 0.1  # of the time, for each wish


@dataclass(slots=True)
class AskedDates:
    """What stands of a plan while dates that schools ask for are granted one by one.

    A visit on such a date is a promise from then on. If it finds no place beside all that stands,
    visits that are not promised make room. Before `until` nothing new is granted.
    """

    problem: Problem
    search: Search
    held: list[Visit]
    kept: list[Visit]
    until: date
    costs: list[ChangeCost] = field(default_factory=list)  # of making room, for wishes granted

    def grant(self, changes: Sequence[Change]) -> list[UnmetWish]:
        """Grant what can be granted; the others come back with the reason."""
        unmet = []
        for number, wish in enumerate(changes):
            if not isinstance(wish, SchoolAsks):
                continue
            before = [*self.held, *self.kept]
            if self._granted(wish):
                self.costs.append(cost_between(number, before, [*self.held, *self.kept]))
            else:
                reason = self._reason(wish)
                unmet.append(
                    UnmetWish(change=number, school=wish.school, date=wish.date, reason=reason)
                )
        return unmet

    def _granted(self, wish: SchoolAsks) -> bool:
        if any((visit.school, visit.date) == (wish.school, wish.date) for visit in self.held):
            return True
        if wish.date < self.until:
            return False
        others = [visit for visit in self.kept if visit.school != wish.school]
        for around in ([*self.held, *others], self.held):
            visit = self._best(wish, around)
            if visit is not None:
                self.held = [*self.held, with_status(visit, "confirmed")]
                self.kept = beside(self.problem, self.held, self.kept)
                return True
        return False

    def _best(self, wish: SchoolAsks, around: Sequence[Visit]) -> Visit | None:
        """The visit on that date that records most, around visits that stay."""
        small = _narrowed(self.problem, wish, around)
        plan = self.search.solve(small, around, share=SHARE).plan
        found = [
            visit
            for visit in (plan.visits if plan else ())
            if (visit.school, visit.date) == (wish.school, wish.date)
        ]
        return max(found, key=lambda visit: visit.recorded, default=None)

    def _reason(self, wish: SchoolAsks) -> str:
        if wish.date < self.until:
            return _("it is past, or frozen")
        if wish.date in self.problem.holidays:
            return _("it is a holiday")
        if not openings(self.problem.school(wish.school), wish.date):
            return _("the school has no open hours then; give start and end if it opens for that")
        return _("no team has time for enough pupils then beside what is promised, or blanks lack")


def _narrowed(problem: Problem, wish: SchoolAsks, held: Iterable[Visit]) -> Problem:
    """The problem in which only this school, on this date, can have visits besides the held ones.

    Otherwise schools are open for their held visits alone, at lessons that count in full: what a
    held visit costs is the same in all plans.
    """
    visits: dict[str, list[Visit]] = defaultdict(list)
    for visit in held:
        visits[visit.school].append(visit)

    def cut(school: School) -> School:
        windows = tuple(
            ExtraHours(date=visit.date, start=visit.start, end=visit.end)
            for visit in visits[school.id]
        )
        asking = _hours_on(school, wish.date) if school.id == wish.school else ()
        return school.model_copy(update={"hours": (), "extra_hours": (*windows, *asking)})

    return problem.model_copy(update={"schools": tuple(map(cut, problem.schools))})


def _hours_on(school: School, day: date) -> list[ExtraHours]:
    return [
        ExtraHours(
            date=day,
            start=clock_of(one.start),
            end=clock_of(one.end),
            lesson_percent=one.lesson_percent,
        )
        for one in openings(school, day)
    ]
