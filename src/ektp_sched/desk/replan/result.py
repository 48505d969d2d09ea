"""What replan() gives back."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from ektp_sched.desk.differences import PlanDiff, diff_plans
from ektp_sched.desk.replan.standing import ImpossiblePromise, Standing
from ektp_sched.desk.searching import Search
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.domain.words import names_of
from ektp_sched.rulebook import score_of
from ektp_sched.solve import Result
from ektp_sched.solve.result import sum_of, tier_results, total_of, widest_gap
from ektp_sched.texts.language import N_, _, ngettext


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


REASON = N_("the published plan was repaired and planned anew around what stands")


def costs_of(stands: Sequence[Standing], room: Iterable[ChangeCost]) -> tuple[ChangeCost, ...]:
    """What each change took, from what stood before the first and after each of them.

    `room` is what was taken besides to make room for dates that schools asked for.
    """
    costs = [
        cost_between(number, before.visits, after.visits)
        for number, (before, after) in enumerate(pairwise(stands))
    ]
    for more in room:
        cost = costs[more.change]
        costs[more.change] = ChangeCost(
            change=more.change, visits=cost.visits + more.visits, pupils=cost.pupils + more.pupils
        )
    return tuple(costs)


def cost_between(change: int, before: Sequence[Visit], after: Sequence[Visit]) -> ChangeCost:
    """What a change took, from the visits that stood before and after it."""
    return ChangeCost(
        change=change,
        visits=len(_facts(before) - _facts(after)),
        pupils=_recorded(before) - _recorded(after),
    )


def first_broken(stands: Sequence[Standing]) -> tuple[ImpossiblePromise, ...]:
    """The promises that are broken in the end, each with the change that first broke it."""
    broken = [{_time_of(one.visit) for one in stand.broken} for stand in stands]
    told = []
    for promise in stands[-1].broken:
        first = next(n for n, some in enumerate(broken) if _time_of(promise.visit) in some)
        told.append(promise.model_copy(update={"change": first - 1 if first else None}))
    return tuple(told)


def afresh(problem: Problem, fresh: Result, published: Plan) -> Afresh | None:
    """What planning afresh gives; pupils are bounded where they are an aim of their own."""
    if fresh.plan is None:
        return None
    alike = all(c.priority == 1 for school in problem.schools for c in school.cohorts)
    bounds = [tier.bound for tier in fresh.tiers if tier.term == "students"]
    return Afresh(
        recorded=sum(visit.recorded for visit in fresh.plan.visits),
        changes=diff_plans(published, fresh.plan).changes,
        bound=bounds[0] if bounds and alike else None,
    )


def result_of(
    problem: Problem, plan: Plan, published: Plan, fresh: Result, search: Search
) -> Result:
    """The result for a plan that no single solve vouches for, bounded by planning afresh."""
    score = score_of(problem, plan, baseline=published)
    tiers, faults = tier_results(problem.policy.tiers, score, _bounds(problem, plan, fresh))
    widest = widest_gap(tiers)
    proven = widest is not None and widest <= search.gap
    stopped = "cancelled" if search.budget.token.cancelled else "exhausted"
    if search.over and not search.budget.token.cancelled:
        stopped = "time_limit"
    if proven:
        stopped = "gap" if widest else "optimal"
    return Result(
        status="optimal" if proven else "feasible",
        plan=plan,
        tiers=tiers,
        runtime_seconds=search.budget.elapsed,
        stopped_by=stopped,
        method=fresh.method,
        reason=_(REASON),
        first_plan_seconds=fresh.first_plan_seconds,
        faults=(*fresh.faults, *faults),
    )


def _bounds(problem: Problem, plan: Plan, fresh: Result) -> list[int | None]:
    """Bounds on the tiers' sums by planning afresh, up to the first tier with T8.

    A tier's bound holds for plans that reach what the tiers before it reached.
    """
    bounds: list[int | None] = [None] * len(problem.policy.tiers)
    if fresh.plan is None:
        return bounds
    mine, other = (score_of(problem, one) for one in (plan, fresh.plan))
    for number, (tier, found) in enumerate(zip(problem.policy.tiers, fresh.tiers, strict=False)):
        others = tuple(item for item in tier if item.term != "changes")
        if not others:
            break
        if found.bound is not None:
            # T8 takes away from the sum, so what bounds it without T8 bounds it with T8.
            bounds[number] = total_of(others, found.bound)
        if others != tier or sum_of(tier, mine) < sum_of(tier, other):
            break
    return bounds


def _recorded(visits: Sequence[Visit]) -> int:
    return sum(visit.recorded for visit in visits)


def _facts(visits: Sequence[Visit]) -> set[Hashable]:
    return {(_time_of(visit), frozenset(visit.students.items())) for visit in visits}


def _time_of(visit: Visit) -> Hashable:
    """A visit however its team is called: one may stand in for another."""
    return visit.school, visit.date, visit.start, visit.end
