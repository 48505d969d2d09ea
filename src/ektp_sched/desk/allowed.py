"""Plans that questions can be asked about."""

import hashlib

from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.rulebook import Report, check
from ektp_sched.solve import Result
from ektp_sched.texts.language import _

MOST_TOLD = 10


def plan_in(plan: Plan | Result) -> Plan:
    """The plan of a result, or the plan itself.

    Raises
    ------
    RequestError
        The result has none.
    """
    found = plan.plan if isinstance(plan, Result) else plan
    if found is None:
        raise RequestError(
            [Complaint("plan", _("the result has no plan"), _("Plan the problem first."))]
        )
    return found


def require_allowed(problem: Problem, plan: Plan) -> Report:
    """What the checker says to a plan that keeps all rules.

    Raises
    ------
    PlanError
        The plan names what the problem does not know.
    RequestError
        The plan breaks rules, with a complaint for each of the first ones.
    """
    report = check(problem, plan)
    if not report.ok:
        remedy = _("Correct the plan, or plan anew, before you ask; `ektp-sched check` shows all.")
        raise RequestError(
            [
                Complaint(
                    "plan",
                    _("it breaks {rule}, {message}", rule=fault.rule, message=fault.message),
                    remedy,
                )
                for fault in report.violations[:MOST_TOLD]
            ]
        )
    return report


def mark_of(problem: Problem, plan: Plan) -> str:
    """A short mark that another problem or another plan does not have."""
    text = f"{problem.model_dump_json()}\n{plan.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
