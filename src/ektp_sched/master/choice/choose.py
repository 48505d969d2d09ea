"""Solve by the exact choice, where the tours of a problem can be listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ektp_sched.budget import Budget
from ektp_sched.lexicographic import Report, improve
from ektp_sched.master.choice.listing import Listing
from ektp_sched.master.choice.model import ChoiceModel
from ektp_sched.network import FixedVisit


@dataclass(frozen=True, slots=True)
class Choice:
    """What the exact choice found.

    Parameters
    ----------
    bounds
        For each tier reached, of its whole sum; proven for plans as good in the tiers before.
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
        model, budget, gap=gap, start=start, report=report, spare=spare
    )
    bounds, closed = [outcome.bound for outcome in outcomes], 0
    for outcome in outcomes:
        bound, value = outcome.bound, outcome.value
        if bound is None or bound - value > gap * max(1, abs(value)):
            break
        closed += 1
    return Choice(visits, bounds, closed, infeasible)
