"""Solve by the exact choice, where the tours of a problem can be listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ektp_sched.bounds import Bounds
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
    infeasible
        No plan keeps the commitments: proven.
    """

    visits: list[FixedVisit] | None
    infeasible: bool


def choose(
    listing: Listing,
    budget: Budget,
    *,
    gap: float,
    start: Sequence[FixedVisit] | None,
    report: Report,
    bounds: Bounds,
    spare: float,
) -> Choice | None:
    """The best plan, tier by tier; None where there are too many tours to list them.

    Parameters
    ----------
    start
        A plan to start from, if there is one.
    bounds
        Takes what is proven.
    spare
        Seconds (or units of work) of the budget to leave.
    """
    tours = listing.tours()
    if tours is None:
        return None
    model = ChoiceModel(listing.network, listing.demand, tours, listing.tiers, listing.baseline)
    visits, _, infeasible = improve(
        model,
        budget,
        gap=gap,
        start=start,
        report=report,
        bounds=bounds,
        spare=spare,
        linear=True,
    )
    return Choice(visits, infeasible)
