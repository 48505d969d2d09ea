"""explain(): why a school is not served, or not fully, and the least that would serve it."""

from collections.abc import Callable

from ektp_sched.desk.explain.case import Case, firm_plan
from ektp_sched.desk.explain.overview import likely_reason
from ektp_sched.desk.explain.reasons import reasons
from ektp_sched.desk.explain.remedies import remedies
from ektp_sched.desk.explain.subproblem import Serving
from ektp_sched.desk.explain.values import Explanation
from ektp_sched.desk.searching import budget_of
from ektp_sched.domain import Plan, Problem
from ektp_sched.engine.budget import CancelToken
from ektp_sched.texts.language import _

Listener = Callable[[str], None]


def explain(
    problem: Problem,
    plan: Plan,
    school: str,
    *,
    time_limit: float = 20,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    on_progress: Listener | None = None,
    cancel: CancelToken | None = None,
) -> Explanation:
    """Say why pupils of a school are left over, and what small relief would record them.

    Reasons come from lifting one limit after the other; what is proven is said to be so. Remedies
    leave all other visits of the plan as they are (but for one, where a visit moves). Each comes
    with a plan that shows it and has passed the checker. Contingent visits are left out.

    Parameters
    ----------
    school
        Its id.
    time_limit
        Seconds in all. In a deterministic run: units of the solvers' work, about a second each; a
        solve that ends within its limit counts a tenth of one.
    workers
        Threads to use; all cores by default, one in a deterministic run.
    deterministic
        Make the same explanation again from the same input and seed.
    on_progress
        Called with what is looked for next, in words.
    cancel
        Stops the search from another thread; what was found until then is returned.

    Returns
    -------
    Explanation
        Without reasons and remedies where the school is fully served, else with one at least.

    Raises
    ------
    RequestError
        The problem has no such school, or the plan breaks rules.
    PlanError
        The plan names what the problem does not know.
    SettingsError
        A number is out of range.
    """
    budget = budget_of(
        time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
    )
    case = Case(problem, firm_plan(problem, plan), school, Serving(budget))
    tell = on_progress or (lambda _words: None)
    if not case.left:
        return _explanation(case)
    tell(_("reasons"))
    why = reasons(case) or (likely_reason(case),)
    looked_through = () if not budget.over else (_("all reasons"),)
    found, not_tried = remedies(case, tell)
    return _explanation(case).model_copy(
        update={
            "reasons": why,
            "remedies": tuple(found),
            "most_alone": case.alone.most,
            "most_beside_promises": case.beside_promises.most,
            "most_beside_plan": case.beside_plan.most,
            "not_tried": (*looked_through, *not_tried),
        }
    )


def _explanation(case: Case) -> Explanation:
    return Explanation(
        school=case.school.id, name=case.name, recorded=case.recorded, left=case.left
    )
