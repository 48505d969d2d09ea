"""What every question about a plan stands on: a plan that belongs to its problem and keeps it."""

import hashlib

from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.rulebook import Report, check

MOST_TOLD = 10


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
        remedy = "Mend the plan, or plan again, before you ask about it."
        raise RequestError(
            [
                Complaint(f"plan, {fault.rule}", fault.message, remedy)
                for fault in report.violations[:MOST_TOLD]
            ]
        )
    return report


def mark_of(problem: Problem, plan: Plan) -> str:
    """A short mark that another problem or another plan does not have."""
    text = f"{problem.model_dump_json()}\n{plan.model_dump_json()}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
