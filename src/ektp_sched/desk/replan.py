"""replan(): repair a published plan after changes, near to what was published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from ektp_sched.budget import CancelToken
from ektp_sched.desk.apply_changes import apply_changes
from ektp_sched.desk.asked_dates import AskedDates
from ektp_sched.desk.changes import Change
from ektp_sched.desk.diff import diff_plans
from ektp_sched.desk.nearby import narrowed, released, wanting
from ektp_sched.desk.outcome import afresh, costs_of, first_broken, result_of
from ektp_sched.desk.promises import FIRM, committed_to, place_of
from ektp_sched.desk.replanned import Replanned
from ektp_sched.desk.searching import Search, as_agreed
from ektp_sched.desk.standing import carrying, standing
from ektp_sched.desk.steady import rank, steady, with_policy, without_changes
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.errors import BrokenPlanError, Complaint, SettingsError
from ektp_sched.rulebook import check
from ektp_sched.solve import Progress, Result

FILL_SHARE, FRESH_SHARE = 0.2, 0.6  # of the time, and of the time then left
ROUNDS, PATIENCE = 12, 5  # of planning a few schools anew


def replan(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change],
    *,
    max_changes: int | None = None,
    frozen_until: date | None = None,
    time_limit: float = 30,
    gap: float = 0.001,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Replanned:
    """Repair a plan after changes.

    Confirmed visits stay unless the changes make them impossible; of those the fewest are given
    up. All others stay where no better plan is worth moving them: see steady(). The new plan is
    never worse than what stands of the old one, filled up.

    Parameters
    ----------
    plan
        The plan as it was published. Its contingent visits are left aside.
    changes
        What has happened, in order. They must not contradict one another.
    max_changes
        At most so many visits of the published plan may be other than they were. Where the changes
        alone force more, only those are changed, and `forced` of the outcome says how many.
    frozen_until
        Visits before this date stay as if they were confirmed.
    time_limit, gap, seed, workers, deterministic, on_progress, cancel
        As for solve(); the time is shared among several solves.

    Raises
    ------
    PlanError
        The plan does not belong to the problem.
    RequestError
        A change names what is not there, or contradicts another one.
    SettingsError
        A number is out of range.
    """
    if max_changes is not None and max_changes < 0:
        complaint = Complaint(
            "max_changes", f"{max_changes} is out of range", "Give a number from 0 on."
        )
        raise SettingsError([complaint])
    carried = carrying(problem, plan)
    states = [carried, *apply_changes(carried, changes)]
    token = cancel or CancelToken()
    search = Search(time_limit, gap, seed, workers, deterministic, on_progress, token)
    stands = [standing(state, frozen_until=frozen_until) for state in states]
    asked = AskedDates(states[-1], search, list(stands[-1].held), list(stands[-1].kept))
    unmet = asked.grant(changes)
    repair = _Repair(search, states[-1], asked.held, asked.kept, max_changes)
    repair.run()
    published, best = repair.published, repair.best
    return Replanned(
        problem=repair.problem,
        published=published,
        result=repair.result(),
        diff=diff_plans(published, best),
        impossible=first_broken(stands),
        unmet=tuple(unmet),
        costs=costs_of(stands),
        forced=repair.forced,
        max_changes=max_changes,
        recorded_before=sum(v.recorded for v in plan.visits if v.status != "contingent"),
        recorded_standing=stands[-1].recorded,
        recorded_after=sum(visit.recorded for visit in best.visits),
        afresh=afresh(repair.problem, repair.fresh, published),
    )


@dataclass(slots=True)
class _Repair:
    """The search for the best plan around what stands.

    `carrying` is the problem after the changes with the published visits among its commitments.
    """

    search: Search
    carrying: Problem
    held: list[Visit]
    kept: list[Visit]
    max_changes: int | None
    problem: Problem = field(init=False)  # with what is promised as its commitments
    steady: Problem = field(init=False)  # the same, with T8 in its policy
    published: Plan = field(init=False)
    forced: int = field(init=False)
    best: Plan = field(init=False)
    fresh: Result = field(init=False)
    exact: Result | None = None  # of the whole problem with T8, where it is small

    def __post_init__(self) -> None:
        self.problem = committed_to(self.carrying, (v for v in self.held if v.status in FIRM))
        self.steady = with_policy(self.problem, steady(self.problem.policy))
        self.published = Plan(visits=self.carrying.commitments)
        self.best = as_agreed(Plan(visits=(*self.held, *self.kept)), self.held)
        self.forced = self._changes(self.best)
        if broken := check(self.problem, self.best).violations:
            raise BrokenPlanError("\n".join(one.message for one in broken))

    def run(self) -> None:
        """Fill what stands, plan afresh, and look for what is worth changing."""
        filled = self._solve(self.steady, [*self.held, *self.kept], FILL_SHARE)
        self._consider(filled.plan)
        afresh = with_policy(self.problem, without_changes(self.problem.policy))
        self.fresh = self._solve(afresh, self.held, FRESH_SHARE)
        self._consider(self.fresh.plan)
        if self.fresh.method == "exact":
            self.exact = self._solve(self.steady, self.held, 1.0)
            self._consider(self.exact.plan)
        self._plan_nearby()

    def result(self) -> Result:
        """The outcome for the best plan."""
        exact = self.exact
        if exact and exact.plan and self._rank(exact.plan) == self._rank(self.best):
            return exact.model_copy(update={"plan": self.best})
        return result_of(self.steady, self.best, self.published, self.fresh, self.search)

    def _solve(self, problem: Problem, held: Sequence[Visit], share: float) -> Result:
        """Plan around visits that stay, from the best plan so far."""
        return self.search.solve(
            problem, held, share=share, start=self.best, published=self.published
        )

    def _consider(self, plan: Plan | None) -> bool:
        """Take a plan if it is better than the best so far and changes no more than it may."""
        if plan is None:
            return False
        plan = as_agreed(plan, self.held)
        better = self._rank(plan) > self._rank(self.best)
        if not better or self._changes(plan) > self._most or not check(self.problem, plan).ok:
            return False
        self.best = plan
        return True

    def _plan_nearby(self) -> None:
        """Plan a few schools anew, again and again, while that makes the plan better."""
        random, failed = Random(self.search.seed), 0
        for left in range(ROUNDS, 0, -1):
            if self.search.over or failed == PATIENCE:
                break
            better = self._better_nearby(random, 1 / left)
            failed = 0 if better else failed + 1

    def _better_nearby(self, random: Random, share: float) -> bool:
        best = self.best
        places = {place_of(visit) for visit in self.held}
        movable = [visit for visit in best.visits if place_of(visit) not in places]
        some = released(
            self.problem,
            movable,
            published={place_of(visit) for visit in self.published.visits},
            allowance=self._most - self._changes(best),
            random=random,
        )
        gone = {place_of(visit) for visit in some}
        stay = [visit for visit in best.visits if place_of(visit) not in gone]
        schools = {visit.school for visit in some} | wanting(self.problem, stay, random)
        return self._consider(self._solve(narrowed(self.steady, schools, stay), stay, share).plan)

    @property
    def _most(self) -> int:
        """Visits of the published plan that may be changed."""
        everything = len(self.published.visits)
        return everything if self.max_changes is None else max(self.max_changes, self.forced)

    def _changes(self, plan: Plan) -> int:
        return diff_plans(self.published, plan).changes

    def _rank(self, plan: Plan) -> tuple[int, ...]:
        return rank(self.problem, self.steady.policy, plan, self.published)
