"""What replan() tells about its plan: bounds, costs, and what planning afresh would give."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

from ektp_sched.desk.diff import diff_plans
from ektp_sched.desk.replanned import Afresh, ChangeCost
from ektp_sched.desk.searching import Search
from ektp_sched.desk.standing import ImpossiblePromise, Standing
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.language import N_, _
from ektp_sched.rulebook import score_of
from ektp_sched.solve import Result
from ektp_sched.solve.tiers import sum_of, tier_results, total_of, widest_gap

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
