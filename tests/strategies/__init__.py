"""Hypothesis strategies: random problems, problems with a hidden plan, and random visits."""

from tests.strategies.hidden import planned_problems
from tests.strategies.problems import micro_problems, tiny_problems
from tests.strategies.visits import loose_plans, single_visits

__all__ = ["loose_plans", "micro_problems", "planned_problems", "single_visits", "tiny_problems"]
