"""The exact choice among all tours there are, where a problem is small enough to list them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ektp_sched.domain import Term, WeightedTerm
from ektp_sched.engine.bounds import Bounds
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.cpsat import Report, improve
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import BoolArray, IntArray
from ektp_sched.engine.listing.model import ChoiceModel
from ektp_sched.engine.search.insertion import call_pupils, may_visit
from ektp_sched.engine.search.state import Demand, PlanState
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.enumerate import Needs, Tour, enumerate_tours

# Up to about 4,000 tours were chosen from to a proof within seconds; see docs/design.md.
MOST_TOURS = 5_000


@dataclass(frozen=True, slots=True)
class Listing:
    """What decides which tours of a team-day matter.

    Parameters
    ----------
    promised
        The state of commitments alone.
    days
        Team-days that can visit a school at all.
    baseline
        The published visits that T8 compares with.
    """

    network: Network
    demand: Demand
    promised: PlanState
    days: Mapping[int, DayArrays]
    tiers: Sequence[tuple[WeightedTerm, ...]]
    baseline: Sequence[FixedVisit]

    def tours(self, limit: int = MOST_TOURS) -> dict[int, list[Tour]] | None:
        """All tours that the best plan could need, by team-day; None if above `limit`."""
        found: dict[int, list[Tour]] = {}
        known: dict[tuple[object, ...], list[Tour]] = {}
        room = limit
        for j, day in self.days.items():
            needs = self._needs(j, day)
            key = (id(day), *(np.asarray(part).tobytes() for part in needs))
            if key not in known:
                listed = enumerate_tours(day, needs, room)
                if listed is None:
                    return None
                known[key] = listed
            found[j] = known[key]
            room -= len(found[j])
            if room < 0:
                return None
        return found

    def _needs(self, j: int, day: DayArrays) -> Needs:
        costly = "lessons" in self._aims and self.network.minutes_away > 0
        return Needs(
            most=self._due(j, day),
            least=self.network.min_students[day.schools],
            ordered=self._ordered(j, day),
            percents=day.percents if costly else np.zeros_like(day.percents),
            travel="travel" in self._aims,
            published=self._published(j, day),
        )

    @property
    def _aims(self) -> set[Term]:
        return {item.term for tier in self.tiers for item in tier}

    def _due(self, j: int, day: DayArrays) -> IntArray:
        """Most pupils that a stop could record next to the commitments alone, [n]."""
        network, promised, d = self.network, self.promised, int(self.network.td_day[j])
        fixed = {v.school: v.recorded for v in network.confirmed if v.team_day == j}
        take = np.zeros(promised.take.shape[2], dtype=np.int64)
        due = np.zeros(len(day.schools), dtype=np.int64)
        for i, s in enumerate(day.schools.tolist()):
            if s in fixed:
                due[i] = fixed[s]
            elif may_visit(self.demand, promised, network.days, s, d):
                due[i] = call_pupils(self.demand, promised, s, d, 1_000_000, take)
        return due

    def _ordered(self, j: int, day: DayArrays) -> BoolArray:
        """Schools where R10 may look at other visits of the same date, [n]."""
        network, d = self.network, int(self.network.td_day[j])
        done = _counts(network, (v.school for v in network.done if v.day == d))
        rivals = (one.schools for k, one in self.days.items() if network.td_day[k] == d)
        teams = _counts(network, (s for schools in rivals for s in schools.tolist()))
        together = (teams > 1) & (network.max_teams - done > 1)
        ordered: BoolArray = (network.min_students > 1) & (together | (done > 0))
        return ordered[day.schools]

    def _published(self, j: int, day: DayArrays) -> IntArray:
        """Local school, start and end of the baseline's stays on a team-day, [m, 3]."""
        local = {s: i for i, s in enumerate(day.schools.tolist())}
        stays = {
            (local[visit.school], visit.start, visit.end)
            for visit in self.baseline
            if visit.team_day == j and visit.school in local and "changes" in self._aims
        }
        return np.array(sorted(stays), dtype=np.int64).reshape(-1, 3)


def _counts(network: Network, schools: Iterable[int]) -> IntArray:
    return np.bincount(np.fromiter(schools, dtype=np.int64), minlength=network.schools)


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
