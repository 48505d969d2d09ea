"""Tiers in the solvers' terms (one sum to be maximised) and in the planner's."""

from collections.abc import Sequence

from ektp_sched.domain import MAXIMISED, WeightedTerm
from ektp_sched.errors import BrokenPlanError
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


def gap_between(value: int, bound: int) -> float:
    """The relative gap: ``|bound − value| / max(1, |value|)``."""
    return abs(bound - value) / max(1, abs(value))


def value_of(tier: Tier, score: Score) -> int:
    """A tier's value in its own units."""
    return in_own_units(tier, sum_of(tier, score))


def sum_of(tier: Tier, score: Score) -> int:
    """A tier's weighted sum, terms to be minimised counting negatively: to be maximised."""
    signed = ((1 if item.term in MAXIMISED else -1) * item.weight for item in tier)
    return sum(sign * score.value(item.term) for sign, item in zip(signed, tier, strict=True))


def tier_result(tier: Tier, value: int, bound: int | None) -> TierResult:
    """A tier's outcome.

    Raises
    ------
    BrokenPlanError
        The value has passed its bound: one of both is wrong.
    """
    highest = len(tier) > 1 or tier[0].term in MAXIMISED
    if bound is not None and (bound < value if highest else bound > value):
        raise BrokenPlanError(
            f"{label(tier)} reaches {value}, past the bound {bound}; this is a fault of ektp-sched."
        )
    return TierResult(
        term=label(tier),
        sense="max" if highest else "min",
        value=value,
        bound=bound,
        gap=None if bound is None else gap_between(value, bound),
    )


def widest_gap(outcomes: Sequence[TierResult]) -> float | None:
    """The widest gap of all tiers, None where a tier has none."""
    gaps = [outcome.gap for outcome in outcomes]
    return None if None in gaps else max(gap for gap in gaps if gap is not None)
