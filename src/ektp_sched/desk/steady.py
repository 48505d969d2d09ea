"""A policy that keeps a plan near the published one, and how plans rank under it."""

from ektp_sched.domain import Plan, Policy, Problem, WeightedTerm
from ektp_sched.rulebook import score_of
from ektp_sched.solve.tiers import sum_of

# A visit that stands is changed only where that records at least so many pupils more.
PUPILS_PER_CHANGE = 10
MOST_WEIGHT = 1_000_000
ABOUT_PUPILS = frozenset({"students", "shortfall", "schools"})


def steady(policy: Policy) -> Policy:
    """The policy with T8 (changes) in it: as it was stated, else beside the pupils recorded.

    In the tier of `students` a change counts as much as PUPILS_PER_CHANGE pupils. A policy that
    does not count pupils gets T8 after its last tier about pupils or schools.
    """
    tiers = list(policy.tiers)
    terms = [item.term for tier in tiers for item in tier]
    if "changes" in terms:
        return policy
    for number, tier in enumerate(tiers):
        for item in tier:
            if item.term == "students":
                weight = min(MOST_WEIGHT, item.weight * PUPILS_PER_CHANGE)
                tiers[number] = (*tier, WeightedTerm(term="changes", weight=weight))
    if "students" not in terms:
        about = [n for n, tier in enumerate(tiers) if any(i.term in ABOUT_PUPILS for i in tier)]
        tiers.insert(max(about, default=-1) + 1, (WeightedTerm(term="changes"),))
    return policy.model_copy(update={"tiers": tuple(tiers)})


def without_changes(policy: Policy) -> Policy:
    """The policy without T8, as for planning afresh; unchanged where it has nothing else."""
    left = (tuple(i for i in tier if i.term != "changes") for tier in policy.tiers)
    tiers = tuple(tier for tier in left if tier)
    return policy.model_copy(update={"tiers": tiers}) if tiers else policy


def with_policy(problem: Problem, policy: Policy) -> Problem:
    """The same problem with another policy."""
    return problem.model_copy(update={"policy": policy})


def rank(problem: Problem, policy: Policy, plan: Plan, published: Plan) -> tuple[int, ...]:
    """A tuple that is larger for a better plan, tier before tier."""
    score = score_of(problem, plan, baseline=published)
    return tuple(sum_of(tier, score) for tier in policy.tiers)
