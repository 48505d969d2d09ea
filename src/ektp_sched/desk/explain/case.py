"""The question: one school, its problem and the plan, and what that school can have."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ektp_sched.desk.allowed import require_allowed
from ektp_sched.desk.explain.gaps import left_of
from ektp_sched.desk.explain.subproblem import Served, Serving
from ektp_sched.desk.explain.values import Beside
from ektp_sched.desk.interventions import Relief
from ektp_sched.desk.promises import FIRM, promised
from ektp_sched.domain import Plan, Problem, Team, Visit
from ektp_sched.rulebook import Report, visitable_days
from ektp_sched.rulebook.facts import Index


class Firm(NamedTuple):
    """A plan without contingent visits that keeps all rules, and its report."""

    plan: Plan
    report: Report


class Case:
    """A school in a firm plan.

    Raises
    ------
    RequestError
        The problem has no such school.
    """

    def __init__(self, problem: Problem, firm: Firm, school: str, serving: Serving) -> None:
        self.problem = problem
        self.school = problem.school(school)
        self.plan, self.report = firm
        self.index = Index(problem)
        self.serving = serving

    @property
    def name(self) -> str:
        """The school as a planner calls it."""
        return self.index.school_names[self.school.id]

    @cached_property
    def own(self) -> list[Visit]:
        """The plan's visits to the school."""
        return [visit for visit in self.plan.visits if visit.school == self.school.id]

    @cached_property
    def others(self) -> list[Visit]:
        """The plan's visits to other schools."""
        return [visit for visit in self.plan.visits if visit.school != self.school.id]

    @property
    def recorded(self) -> int:
        """Pupils of the school that the plan records."""
        return sum(visit.recorded for visit in self.own)

    @property
    def pupils(self) -> int:
        """Pupils of the school, recorded and left."""
        return self.recorded + sum(self.left.values())

    @cached_property
    def left(self) -> Mapping[str, int]:
        """Pupils not recorded, by cohort; cohorts without any are left out."""
        return left_of(self.school, self.own)

    @cached_property
    def chances(self) -> list[tuple[date, Team]]:
        """The team-days on which a visit to the school is possible by itself."""
        return visitable_days(self.problem, self.school)

    def relieved(self, relief: Relief) -> "Case":
        """The same question with a relief granted."""
        problem = relief.apply(self.problem)
        return Case(problem, firm_plan(problem, self.plan), self.school.id, self.serving)

    def kept(self, beside: Beside) -> list[Visit]:
        """The visits that stay whatever the school gets."""
        if beside == "nothing":
            firm_ones = (one for one in self.problem.commitments if one.status in FIRM)
            return [one for one in firm_ones if one.school == self.school.id]
        promises = promised(self.problem, self.plan)
        if beside == "promises":
            return promises
        return [one for one in promises if one.school == self.school.id] + self.others

    @cached_property
    def alone(self) -> Served:
        """What the school can have beside nothing but its own commitments."""
        return self.serving.best(self.problem, self.school, self.kept("nothing"))

    @cached_property
    def beside_promises(self) -> Served:
        """What the school can have beside all that is promised."""
        return self.serving.best(self.problem, self.school, self.kept("promises"))

    @cached_property
    def beside_plan(self) -> Served:
        """What the school can have beside the plan's other visits as they are."""
        return self.serving.best(self.problem, self.school, self.kept("plan"))

    def served(self, beside: Beside) -> Served:
        """One of the three."""
        if beside == "nothing":
            return self.alone
        return self.beside_promises if beside == "promises" else self.beside_plan


def firm_plan(problem: Problem, plan: Plan) -> Firm:
    """The plan without its contingent visits, which must keep the rules.

    Raises
    ------
    RequestError
        It breaks rules.
    PlanError
        It names what the problem does not know.
    """
    firm = Plan(visits=plan.firm)
    return Firm(firm, require_allowed(problem, firm))
