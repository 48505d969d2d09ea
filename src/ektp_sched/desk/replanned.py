"""What replan() gives back."""

import datetime as dt
from collections.abc import Iterator

from ektp_sched.desk.diff import PlanDiff
from ektp_sched.desk.said import names_of
from ektp_sched.desk.standing import ImpossiblePromise
from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.language import _, ngettext
from ektp_sched.solve import Result


class ChangeCost(Value):
    """What one change takes from the plan before it is filled again.

    `change` is its index. `visits` that stood before it do not as they were, with so many `pupils`
    fewer; below zero where a change gives back what one before it took.
    """

    change: int
    visits: int
    pupils: int


class UnmetWish(Value):
    """A date that a school asked for and cannot have; `change` is the index of its change."""

    change: int
    school: str
    date: dt.date
    reason: str


class Afresh(Value):
    """What planning afresh gives in about the same time, all promises kept.

    `recorded` pupils at the price of `changes` visits of the published plan; `bound` is the most
    that any plan can record, None where it is not proven.
    """

    recorded: int
    changes: int
    bound: int | None


class Replanned(Shown):
    """A plan after changes, and what they did.

    Attributes
    ----------
    problem
        As the changes leave it; its commitments are what is promised now.
    published
        The old plan told in that problem's terms: stand-ins for teams with fewer kits, done visits
        with their actual pupils. `diff` leads from it to the new plan.
    result
        Of the search, always with a plan; its tiers have T8 (changes) in them.
    impossible
        Promises that cannot be kept, with the rules that say so.
    unmet
        Dates that schools asked for and cannot have.
    costs
        What each change took from the plan, before it was filled again.
    forced
        Visits that the changes alone make other than published; `max_changes` caps all changes,
        or is passed by these alone.
    recorded_before, recorded_standing, recorded_after
        Pupils of the plan as it was given, of what stands of it, and of the new plan.
    afresh
        What planning afresh gives; None where that found no plan in its time.
    """

    problem: Problem
    published: Plan
    result: Result
    diff: PlanDiff
    impossible: tuple[ImpossiblePromise, ...]
    unmet: tuple[UnmetWish, ...]
    costs: tuple[ChangeCost, ...]
    forced: int
    max_changes: int | None
    recorded_before: int
    recorded_standing: int
    recorded_after: int
    afresh: Afresh | None

    @property
    def regained(self) -> int:
        """Pupils recorded again after the changes took theirs, by filling the plan anew."""
        return self.recorded_after - self.recorded_standing

    @property
    def stability_cost(self) -> int | None:
        """Pupils fewer than planning afresh records, in about the same time; never below 0."""
        return None if self.afresh is None else max(0, self.afresh.recorded - self.recorded_after)

    def _shown(self) -> Iterator[str | Table]:
        yield _(
            "{before} pupils before, {standing} stand, {after} now; {changes} of the plan.",
            before=self.recorded_before,
            standing=self.recorded_standing,
            after=self.recorded_after,
            changes=ngettext("{n} change", "{n} changes", self.diff.changes),
        )
        if lines := self.diff.sentences(self.problem):
            yield Table(((_("What is different"), "text"),), [(line,) for line in lines])
        if self.impossible:
            names = names_of(self.problem)
            broken = (one.visit for one in self.impossible)
            yield _("Promises that cannot be kept:")
            yield visits_table(broken, schools=names.schools, teams=names.teams)
