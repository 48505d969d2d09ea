"""What a plan is worth tier by tier, for tests: from the checker's score, never from a solver."""

from ektp_sched.domain import MAXIMISED, Problem, WeightedTerm
from ektp_sched.rulebook import Score


def is_maximised(tier: tuple[WeightedTerm, ...]) -> bool:
    """Whether more is better: in mixed tiers always, else by the term's own sense."""
    return len(tier) > 1 or tier[0].term in MAXIMISED


def tier_value(tier: tuple[WeightedTerm, ...], score: Score) -> int:
    """The term's own value, or in a mixed tier the weighted sum, minimised terms negatively."""
    if len(tier) == 1:
        return score.value(tier[0].term)
    signs = (1 if item.term in MAXIMISED else -1 for item in tier)
    return sum(
        sign * item.weight * score.value(item.term) for sign, item in zip(signs, tier, strict=True)
    )


def tier_values(problem: Problem, score: Score) -> tuple[int, ...]:
    """The values of all tiers as a result reports them."""
    return tuple(tier_value(tier, score) for tier in problem.policy.tiers)


def rank(problem: Problem, values: tuple[int, ...]) -> tuple[int, ...]:
    """`values` as a tuple that is larger for a better plan, tier before tier."""
    tiers = zip(problem.policy.tiers, values, strict=True)
    return tuple(value if is_maximised(tier) else -value for tier, value in tiers)
