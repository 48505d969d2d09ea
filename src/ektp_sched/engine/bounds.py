"""Proven bounds of tiers, each with the values of earlier tiers that it stands on."""

from collections.abc import Iterable, Sequence

Kept = tuple[int | None, ...]


class Bounds:
    """What is proven of each tier of a policy, while plans come and go.

    All sums are whole sums of a tier, history included, to be maximised. A later tier is bounded
    for plans that are worth at least so much in the tiers before it, so its bound says something
    about a plan only while that plan meets all of them.

    Parameters
    ----------
    tiers
        How many tiers there are.
    """

    def __init__(self, tiers: int) -> None:
        self._proven: list[dict[Kept, int]] = [{} for _ in range(tiers)]

    def add(self, tier: int, value: int, kept: Iterable[int | None]) -> None:
        """No plan passes `value` that is worth at least `kept` in the tiers before, one by one.

        None keeps nothing of a tier.
        """
        known, condition = self._proven[tier], tuple(kept)
        known[condition] = min(value, known.get(condition, value))

    def best(self, tier: int, reached: Sequence[int]) -> int | None:
        """The best bound that holds for plans worth `reached` in the tiers before; None if none."""
        holding = [value for kept, value in list(self._proven[tier].items()) if _met(kept, reached)]
        return min(holding, default=None)


def _met(kept: Kept, reached: Sequence[int]) -> bool:
    return all(least is None or least <= value for least, value in zip(kept, reached, strict=False))


def is_within(value: int, bound: int | None, gap: float) -> bool:
    """Whether a tier's sum is at most a relative gap below its bound."""
    return bound is not None and bound - value <= gap * max(1, abs(value))
