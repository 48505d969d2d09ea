"""The first plan: every team-day filled by insertion, in the order of dates."""

from collections.abc import Sequence

import numpy as np

from ektp_sched.budget import Budget
from ektp_sched.domain import WeightedTerm
from ektp_sched.master.insertion import fill_team_day, put_in
from ektp_sched.master.state import PlanState, empty_state, make_demand, visits_of
from ektp_sched.network import FixedVisit, Network
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.arrays import tour_arrays


def first_plan(
    network: Network,
    tiers: Sequence[tuple[WeightedTerm, ...]],
    budget: Budget,
    *,
    keep: Sequence[FixedVisit] = (),
) -> list[FixedVisit]:
    """Fill the team-days one after the other, keeping the visits of `keep` as they are.

    Parameters
    ----------
    keep
        Visits that together break no rule: the confirmed ones, or a whole plan to start from.

    Notes
    -----
    Stops early, with the team-days filled so far, when the budget is over.
    """
    arrays, demand, state = tour_arrays(network), make_demand(network, tiers), empty_state(network)
    for j in sorted({visit.team_day for visit in keep}):
        tour = sorted((v for v in keep if v.team_day == j), key=lambda visit: visit.start)
        for position, visit in enumerate(tour):
            drawn = _drawn(state, tour[: position + 1])
            take = np.zeros(state.take.shape[2], dtype=np.int64)
            take[: len(visit.take)] = visit.take
            put_in(arrays, demand, state, j, position, drawn, take)
    bias = np.full(network.schools, 100, dtype=np.int64)
    for j in range(network.team_days):
        if budget.over:
            break
        fill_team_day(arrays, demand, state, j, bias)
    return visits_of(network, state)


def _drawn(state: PlanState, tour: Sequence[FixedVisit]) -> IntArray:
    """A tour as longest_fit writes it: rows of schools, stays, fixed starts and starts."""
    columns = [(v.school, v.end - v.start, v.start, v.start) for v in tour]
    rows = np.zeros((4, state.school.shape[1] + 1), dtype=np.int64)
    rows[:, : len(tour)] = np.array(columns, dtype=np.int64).T
    return rows
