"""How the cases of a run stand beside the published values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean

from benchmarks.record import Entry, Outcome, Standing, Target


def standings(entries: Iterable[Entry]) -> tuple[Standing, ...]:
    """For each family that was run: all its cases together, then by number of tours."""
    groups: dict[tuple[str, int], list[tuple[Target, Outcome]]] = defaultdict(list)
    for entry in entries:
        target = entry.job.target
        if target is not None:
            for tours in (0, target.tours):
                groups[target.family, tours].append((target, entry.outcome))
    return tuple(_standing(*group, groups[group]) for group in sorted(groups))


def _standing(family: str, tours: int, cases: Sequence[tuple[Target, Outcome]]) -> Standing:
    """One line; 0 tours stand for any number."""
    reached = [(target.value, outcome.tiers[0]) for target, outcome in cases if outcome.tiers]
    gaps = [(target - tier.value) / max(1, target) for target, tier in reached]
    return Standing(
        family=family,
        tours=tours or None,
        cases=len(cases),
        failed=len(cases) - len(reached),
        mean_gap=fmean(gaps) if gaps else None,
        equalled=sum(tier.value == target for target, tier in reached),
        beaten=sum(tier.value > target for target, tier in reached),
        proved=sum(tier.value == tier.bound for _, tier in reached),
        upper_bounds=sum(target.source != "published" for target, _ in cases),
    )
