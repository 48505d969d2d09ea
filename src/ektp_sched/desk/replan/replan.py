"""replan(): repair a published plan after changes, near to what was published."""

from collections.abc import Callable, Sequence
from datetime import date

from ektp_sched.desk.apply_changes import apply_changes, by_id
from ektp_sched.desk.changes import Change
from ektp_sched.desk.differences import diff_plans
from ektp_sched.desk.replan.asked_dates import AskedDates
from ektp_sched.desk.replan.repair_search import NearPlan, quiet_until
from ektp_sched.desk.replan.result import Replanned, afresh, costs_of, first_broken
from ektp_sched.desk.replan.standing import carrying, standing
from ektp_sched.desk.searching import Search, budget_of
from ektp_sched.domain import Plan, Problem
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import Complaint, SettingsError
from ektp_sched.solve import Progress
from ektp_sched.texts.language import _


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
        Visits before this date stay as if they were confirmed, and none is new. Nothing is new up
        to the date of the last visit done either.
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
            "max_changes",
            _("{value!s} is out of range", value=max_changes),
            _("Give a number from 0 on."),
        )
        raise SettingsError([complaint])
    carried = carrying(problem, plan)
    changes = by_id(carried, changes)
    states = [carried, *apply_changes(carried, changes)]
    budget = budget_of(
        time_limit,
        gap=gap,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
        cancel=cancel,
    )
    search = Search(budget, gap, on_progress)
    stands = [standing(state, frozen_until=frozen_until) for state in states]
    held, kept = list(stands[-1].held), list(stands[-1].kept)
    until = quiet_until(states[-1], frozen_until)
    asked = AskedDates(states[-1], search, held, kept, until)
    unmet = asked.grant(changes)
    near = NearPlan(search, states[-1], asked.held, asked.kept, max_changes, until)
    near.run()
    published, best = near.published, near.best
    return Replanned(
        problem=near.problem,
        published=published,
        result=near.result().model_copy(update={"problem_fingerprint": near.problem.fingerprint}),
        diff=diff_plans(published, best),
        impossible=first_broken(stands),
        unmet=tuple(unmet),
        costs=costs_of(stands, asked.costs),
        forced=near.forced,
        max_changes=max_changes,
        recorded_before=sum(visit.recorded for visit in plan.firm),
        recorded_standing=sum(v.recorded for v in (*asked.held, *asked.kept)),
        recorded_after=sum(visit.recorded for visit in best.visits),
        afresh=afresh(near.problem, near.fresh, published),
    )
