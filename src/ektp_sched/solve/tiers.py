"""Tiers in the solvers' terms (one sum to be maximised) and in the planner's."""

from collections.abc import Sequence

from ektp_sched.domain import MAXIMISED, WeightedTerm
from ektp_sched.rulebook import Score
from ektp_sched.solve.result import TierResult

Tier = tuple[WeightedTerm, ...]


def label(tier: Tier) -> str:
    """A tier's name: its term, or its weighted sum such as "2*students - travel"."""
    if len(tier) == 1:
        return tier[0].term
    parts = []
    for item in tier:
        weight = f"{item.weight}*" if item.weight > 1 else ""
        sign = "+" if item.term in MAXIMISED else "-"
        parts.append(f"{sign} {weight}{item.term}")
    return " ".join(parts).removeprefix("+ ")


def in_own_units(tier: Tier, total: int) -> int:
    """Turn a tier's sum to be maximised (or a bound on it) into its own units and sense.

    A sum of one term is a multiple of its weight, so a bound may be rounded down to one.
    """
    if len(tier) > 1:
        return total
    sign = 1 if tier[0].term in MAXIMISED else -1
    return sign * (total // tier[0].weight)


def total_of(tier: Tier, value: int) -> int:
    """Turn a value (or bound) in a tier's own units into its sum to be maximised."""
    if len(tier) > 1:
        return value
    return (1 if tier[0].term in MAXIMISED else -1) * tier[0].weight * value


def gap_between(value: int, bound: int) -> float:
    """The relative gap: ``|bound − value| / max(1, |value|)``."""
    return abs(bound - value) / max(1, abs(value))


def sum_of(tier: Tier, score: Score) -> int:
    """A tier's weighted sum, terms to be minimised counting negatively: to be maximised."""
    signed = ((1 if item.term in MAXIMISED else -1) * item.weight for item in tier)
    return sum(sign * score.value(item.term) for sign, item in zip(signed, tier, strict=True))


def tier_results(
    policy: Sequence[Tier], score: Score, bounds: Sequence[int | None]
) -> tuple[tuple[TierResult, ...], tuple[str, ...]]:
    """The outcome of each tier, from a plan's score and bounds on the tiers' sums.

    Also what is wrong with them: a sum that has passed its bound shows that the bound is wrong. It
    is left out then.
    """
    outcomes, faults = [], []
    for tier, bound in zip(policy, bounds, strict=True):
        total = sum_of(tier, score)
        outcome = tier_result(tier, total, bound)
        parts = {item.term: score.value(item.term) for item in tier} if len(tier) > 1 else {}
        outcomes.append(outcome.model_copy(update={"parts": parts}))
        if bound is not None and bound < total:
            faults.append(
                f"{outcome.term} reaches {outcome.value}, past the bound "
                f"{in_own_units(tier, bound)}. The plan breaks no rule; the bound is left out. "
                "This is a fault of ektp-sched: please report it with the problem file."
            )
    return tuple(outcomes), tuple(faults)


def tier_result(tier: Tier, total: int, bound: int | None) -> TierResult:
    """A tier's outcome from its sum and a bound on that; without a bound that says nothing.

    It says nothing where the sum has passed it. Nor does it say anything that what is minimised is
    not below 0, unless it is 0.
    """
    minimised = all(item.term not in MAXIMISED for item in tier)
    if minimised:
        bound = 0 if bound is None else min(bound, 0)
    if bound is not None and (bound < total or (bound == 0 > total and minimised)):
        bound = None
    value, limit = in_own_units(tier, total), None if bound is None else in_own_units(tier, bound)
    return TierResult(
        term=label(tier),
        sense="min" if len(tier) == 1 and minimised else "max",
        value=value,
        bound=limit,
        gap=None if limit is None else gap_between(value, limit),
    )


def widest_gap(outcomes: Sequence[TierResult]) -> float | None:
    """The widest gap of all tiers, None where a tier has none."""
    gaps = [outcome.gap for outcome in outcomes]
    return None if None in gaps else max(gap for gap in gaps if gap is not None)
