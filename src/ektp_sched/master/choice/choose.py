"""Solve by the exact choice, where the tours of a problem can be listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ektp_sched.budget import Budget
from ektp_sched.lexicographic import Report, TierOutcome, improve
from ektp_sched.master.choice.listing import Listing
from ektp_sched.master.choice.model import ChoiceModel
from ektp_sched.network import FixedVisit


@dataclass(frozen=True, slots=True)
class Choice:
    """What the exact choice found.

    Parameters
    ----------
    bounds
        Of the whole sum of each tier, for plans that are at least as good. Where a tier is left
        open, those after it have none.
    closed
        How many tiers are done, from the first one on: their values lie within the gap.
    infeasible
        No plan keeps the commitments: proven.
    """

    visits: list[FixedVisit] | None
    bounds: list[int | None]
    closed: int
    infeasible: bool


def choose(
    listing: Listing,
    budget: Budget,
    *,
    gap: float,
    start: Sequence[FixedVisit] | None,
    report: Report,
    spare: float,
) -> Choice | None:
    """The best plan, tier by tier; None where there are too many tours to list them.

    Parameters
    ----------
    start
        A plan to start from, if there is one.
    spare
        Seconds (or units of work) of the budget to leave.
    """
    tours = listing.tours()
    if tours is None:
        return None
    model = ChoiceModel(listing.network, listing.demand, tours, listing.tiers, listing.baseline)
    visits, outcomes, infeasible = improve(
        model, budget, gap=gap, start=start, report=report, spare=spare, linear=True
    )
    bounds: list[int | None] = []
    for outcome in outcomes:
        bounds.append(outcome.bound)
        if not _is_closed(outcome, gap):
            return Choice(visits, bounds, len(bounds) - 1, infeasible)
    return Choice(visits, bounds, len(bounds), infeasible)


def _is_closed(outcome: TierOutcome, gap: float) -> bool:
    bound, value = outcome.bound, outcome.value
    return bound is not None and bound - value <= gap * max(1, abs(value))
