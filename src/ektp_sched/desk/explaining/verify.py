"""Whether a relief serves a school more, shown by a plan that keeps all rules."""

from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.serving import Served
from ektp_sched.desk.explaining.values import MoveVisit, Remedy
from ektp_sched.desk.reliefs import Relief
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import BrokenPlanError
from ektp_sched.language import _
from ektp_sched.rulebook import check
from ektp_sched.rulebook.words import amount


def served_with(case: Case, relief: Relief) -> Served:
    """What the school gets beside the plan's other visits in the problem with a relief."""
    problem = relief.apply(case.problem)
    return case.serving.best(problem, problem.school(case.school.id), case.kept("plan"))


def verified(case: Case, relief: Relief, words: str, *, smallest: bool) -> Remedy | None:
    """The relief as a remedy, None where no plan with it was found that serves the school more.

    Raises
    ------
    BrokenPlanError
        The plan breaks a rule: a fault of this library.
    """
    served = served_with(case, relief)
    if served.plan is None or served.recorded <= case.beside_plan.recorded:
        return None
    report = check(relief.apply(case.problem), served.plan)
    if not report.ok:
        raise BrokenPlanError(f"A plan with {relief.kind} breaks {report.violations[0].message}")
    return remedy(case, relief, served.plan, words, smallest=smallest)


def remedy(
    case: Case, relief: Relief | MoveVisit, plan: Plan, words: str, *, smallest: bool
) -> Remedy:
    """A relief with what its plan gives the school."""
    recorded = sum(visit.recorded for visit in plan.visits if visit.school == case.school.id)
    gain, left = recorded - case.recorded, case.pupils - recorded
    values = {"relief": words, "pupils": amount(gain, "pupils")}
    if left:
        told = _("{relief}: {pupils} more, {left} left", **values, left=left)
    else:
        told = _("{relief}: {pupils} more, all of them", **values)
    if room := case.beside_plan.recorded - case.recorded:
        told = _("{gain}; {pupils} of them without it, too", gain=told, pupils=room)
    sentence = f"{told}."
    return Remedy(reliefs=(relief,), gain=gain, smallest=smallest, sentence=sentence, plan=plan)


def holds(problem: Problem, plan: Plan) -> bool:
    """Whether a plan keeps all rules."""
    return check(problem, plan).ok
