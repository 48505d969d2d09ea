"""The suite tiny: small offices with every rule in play, on a coarse grid."""

import random

from benchmarks.generate.office import office_without_promises
from benchmarks.generate.promises import with_promises
from benchmarks.generate.size import Size
from ektp_sched.domain import Policy, Problem, School, Term, WeightedTerm

STEPS = (15, 30, 30, 60)
CARDS = ("reserve", "reserve", "later", "none")
TIERS: tuple[tuple[dict[Term, int], ...], ...] = (
    ({"shortfall": 1}, {"students": 1}, {"lessons": 1}, {"travel": 1}),
    ({"students": 1}, {"team_days": 1}, {"wait": 1}),
    ({"schools": 1}, {"students": 3, "travel": 1}),
    ({"students": 1}, {"schools": 1}, {"travel": 1, "team_days": 30}),
)


def tiny_problem(size: Size, seed: int) -> Problem:
    """A problem of the suite tiny.

    Raises
    ------
    ValueError
        The size is too large for the exact model.
    """
    if size.schools > 8 or size.teams > 2 or size.days > 3:
        raise ValueError(f"{size} is not tiny: at most 8 schools, 2 teams and 3 days.")
    rng = random.Random(f"tiny {size} {seed}")
    office = office_without_promises(rng, size)
    tiers = tuple(
        tuple(WeightedTerm(term=term, weight=weight) for term, weight in tier.items())
        for tier in rng.choice(TIERS)
    )
    changed = {
        "name": f"tiny {size}, seed {seed}",
        "time_step": rng.choice(STEPS),
        "schools": tuple(_with_priorities(rng, school) for school in office.schools),
        "stock": office.stock.model_copy(update={"cards": rng.choice(CARDS)}),
        "policy": Policy(tiers=tiers, floors=office.policy.floors),
    }
    return with_promises(rng, office.model_copy(update=changed))


def _with_priorities(rng: random.Random, school: School) -> School:
    """A school whose first cohorts may count more, and others nothing."""
    weights = rng.choice(((1, 1, 1, 1, 1, 1), (3, 2, 1, 1, 1, 1), (2, 1, 1, 1, 0, 0)))
    cohorts = tuple(
        cohort.model_copy(update={"priority": weights[min(n, 5)]})
        for n, cohort in enumerate(school.cohorts)
    )
    return school.model_copy(update={"cohorts": cohorts})
