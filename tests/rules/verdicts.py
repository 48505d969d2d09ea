"""Short ways to ask the oracle in the tests of single rules."""

from ektp_sched.domain import Problem, Visit
from ektp_sched.rulebook import Violation, check
from tests.builders import a_plan


def violations(rule: str, problem: Problem, *visits: Visit) -> list[Violation]:
    """The violations of one rule in the plan of these visits."""
    return [v for v in check(problem, a_plan(*visits)).violations if v.rule == rule]


def amounts(rule: str, problem: Problem, *visits: Visit) -> list[tuple[int, str]]:
    """By how much the plan breaks one rule: (by, unit) of each violation."""
    return [(v.by, v.unit) for v in violations(rule, problem, *visits)]
