"""The first plan: every team-day filled by insertion, in the order of dates."""

from collections.abc import Sequence

import numpy as np

from ektp_sched.budget import Budget
from ektp_sched.domain import WeightedTerm
from ektp_sched.master.insertion import fill_team_day, put_in
from ektp_sched.master.state import Demand, PlanState, empty_state, make_demand, visits_of
from ektp_sched.network import FixedVisit, Network
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.arrays import TourArrays, tour_arrays
from ektp_sched.tours.schedule import FREE


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
    place_visits(network, arrays, demand, state, keep)
    bias = np.full(network.schools, 100, dtype=np.int64)
    for j in range(network.team_days):
        if budget.over:
            break
        fill_team_day(arrays, demand, state, j, bias)
    return visits_of(network, state)


def place_visits(
    network: Network,
    arrays: TourArrays,
    demand: Demand,
    state: PlanState,
    visits: Sequence[FixedVisit],
) -> None:
    """Put visits that together break no rule into an empty state; confirmed ones stay fixed."""
    confirmed = set(network.confirmed)
    for j in sorted({visit.team_day for visit in visits}):
        tour = sorted((v for v in visits if v.team_day == j), key=lambda visit: visit.start)
        fixed = [visit.start if visit in confirmed else FREE for visit in tour]
        for position, visit in enumerate(tour):
            take = np.zeros(state.take.shape[2], dtype=np.int64)
            take[: len(visit.take)] = visit.take
            rows = _drawn(state, tour[: position + 1], fixed)
            put_in(arrays, demand, state, j, position, rows, take)


def _drawn(state: PlanState, tour: Sequence[FixedVisit], fixed: Sequence[int]) -> IntArray:
    """A tour as longest_fit writes it: rows of schools, stays, fixed starts and starts."""
    columns = [(v.school, v.end - v.start, at, v.start) for v, at in zip(tour, fixed, strict=False)]
    rows = np.zeros((4, state.school.shape[1] + 1), dtype=np.int64)
    rows[:, : len(tour)] = np.array(columns, dtype=np.int64).T
    return rows
