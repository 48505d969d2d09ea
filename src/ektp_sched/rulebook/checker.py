"""The oracle's two answers: whether a plan is allowed, and how good it is."""

from ektp_sched.domain import Plan, Problem
from ektp_sched.rulebook.facts import Breach, Facts, Index
from ektp_sched.rulebook.ledger import ledger
from ektp_sched.rulebook.report import Report, Score, Violation
from ektp_sched.rulebook.rules import RULES
from ektp_sched.rulebook.terms import score
from ektp_sched.texts.language import _


def check(problem: Problem, plan: Plan, *, baseline: Plan | None = None) -> Report:
    """Judge a plan by the rule book.

    All rules must hold for the firm plan (without its contingent visits, with the confirmed
    deliveries only) and for the plan with them (with every delivery announced).

    Raises
    ------
    PlanError
        When the plan names schools, cohorts or teams that the problem does not know.
    """
    problem.require_match(plan)
    index = Index(problem)
    firm = Facts(index, plan, contingent=False)
    whole = Facts(index, plan, contingent=True) if _has_contingent(plan) else None
    return Report(
        violations=tuple(_violations(firm, whole)),
        score=score(firm, baseline),
        with_contingent=score(whole, baseline) if whole else None,
        ledger=ledger(firm),
    )


def score_of(problem: Problem, plan: Plan, *, baseline: Plan | None = None) -> Score:
    """Every term of the firm plan, without asking whether it is allowed.

    Raises
    ------
    PlanError
        When the plan names schools, cohorts or teams that the problem does not know.
    """
    problem.require_match(plan)
    return score(Facts(Index(problem), plan, contingent=False), baseline)


def _has_contingent(plan: Plan) -> bool:
    return any(visit.status == "contingent" for visit in plan.visits)


def _violations(firm: Facts, whole: Facts | None) -> list[Violation]:
    """By rule, then date, then place; what both plans break, once."""
    found: list[Violation] = []
    for rule, breaches in RULES.items():
        in_firm = dict.fromkeys(breaches(firm), "")
        with_them = _("with the contingent visits, ")
        in_whole = dict.fromkeys(breaches(whole), with_them) if whole else {}
        told = in_whole | in_firm
        found.extend(_violation(rule, breach, told[breach]) for breach in sorted(told))
    return found


def _violation(rule: str, breach: Breach, circumstance: str) -> Violation:
    return Violation(
        rule=rule,
        where=breach.where,
        by=breach.by,
        unit=breach.unit,
        message=f"{breach.where}: {circumstance}{breach.what}",
        visits=breach.visits,
    )
