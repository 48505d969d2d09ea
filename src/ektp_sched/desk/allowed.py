"""Plans that questions can be asked about."""

from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.rulebook import check
from ektp_sched.solve import Result


def plan_in(plan: Plan | Result) -> Plan:
    """The plan of a result, or the plan itself.

    Raises
    ------
    RequestError
        The result has none.
    """
    found = plan.plan if isinstance(plan, Result) else plan
    if found is None:
        raise RequestError([Complaint("plan", "the result has no plan", "Plan the problem first.")])
    return found


def require_allowed(problem: Problem, plan: Plan) -> None:
    """Make sure that a plan breaks no rule of its problem.

    Raises
    ------
    PlanError
        It names things that the problem does not know.
    RequestError
        It breaks rules.
    """
    remedy = "Correct the plan first, or plan anew; ektp-sched check tells more."
    if broken := check(problem, plan).violations:
        raise RequestError(
            [Complaint("plan", f"{fault.rule}: {fault.message}", remedy) for fault in broken]
        )
