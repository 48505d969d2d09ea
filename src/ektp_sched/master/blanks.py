"""Pupils of visits that are there, fewer where blanks are short (R11), more where they are not."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from ektp_sched.domain import WeightedTerm
from ektp_sched.master.exchange import count_visit
from ektp_sched.master.greedy import place_visits
from ektp_sched.master.insertion import call_pupils
from ektp_sched.master.state import empty_state, make_demand
from ektp_sched.network import FixedVisit, Network
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.arrays import tour_arrays


def within_blanks(
    network: Network, visits: Sequence[FixedVisit], *, firm: frozenset[FixedVisit]
) -> list[FixedVisit] | None:
    """The visits with so many pupils less, or so many visits less, that the blanks suffice.

    As few visits as can be give pupils up, the smallest that can give enough first; schools whose
    pupils a floor counts come last. One that would fall below its school's fewest pupils falls.

    Parameters
    ----------
    firm
        Visits that give nothing up.

    Returns
    -------
    list or None
        None where the firm visits alone draw too much.
    """
    kept = list(visits)
    while (lack := _worst_lack(network, kept)) is not None:
        day, cards = lack
        giving = [v for v in kept if v not in firm and _drawn_by(network, v, day) > 0]
        if not giving:
            return None
        giver = min(giving, key=lambda v: _dearness(network, v, day, cards))
        at = kept.index(giver)
        kept[at : at + 1] = _with_fewer(network, giver, day, cards)
    return kept


def _worst_lack(network: Network, visits: Sequence[FixedVisit]) -> tuple[int, int] | None:
    drawn: IntArray = np.zeros(network.days + 1, dtype=np.int64)
    for visit in visits:
        for c, pupils in zip(network.cohorts_of(visit.school), visit.take, strict=True):
            drawn[network.draw_day(c, visit.day)] += pupils
    lacking = np.cumsum(drawn[:-1]) - network.allowance
    day = int(np.argmax(lacking))
    return (day, int(lacking[day])) if lacking[day] > 0 else None


def _drawn_by(network: Network, visit: FixedVisit, day: int) -> int:
    """Cards that a visit draws up to a day."""
    cohorts = zip(network.cohorts_of(visit.school), visit.take, strict=True)
    return sum(pupils for c, pupils in cohorts if network.draw_day(c, visit.day) <= day)


def _dearness(
    network: Network, visit: FixedVisit, day: int, cards: int
) -> tuple[bool, bool, int, int, int]:
    """Key that puts the visit first that had best give up `cards` cards drawn up to a day."""
    drawn = _drawn_by(network, visit, day)
    enough = drawn >= cards
    in_floor = bool(network.floor_of[:, visit.school].any())
    return (in_floor, not enough, drawn if enough else -drawn, -visit.day, visit.school)


def _with_fewer(network: Network, visit: FixedVisit, day: int, cards: int) -> list[FixedVisit]:
    """The visit less pupils whose cards are drawn up to a day, or nothing."""
    left, take = cards, list(visit.take)
    for place, c in enumerate(network.cohorts_of(visit.school)):
        if network.draw_day(c, visit.day) <= day:
            given = min(left, take[place])
            take[place] -= given
            left -= given
    if sum(take) < max(1, int(network.min_students[visit.school])):
        return []
    return [dataclasses.replace(visit, take=tuple(take))]


def topped_up(
    network: Network,
    tiers: Sequence[tuple[WeightedTerm, ...]],
    visits: Sequence[FixedVisit],
    *,
    firm: frozenset[FixedVisit],
) -> list[FixedVisit]:
    """The visits, each with as many pupils as its stay, the school and the blanks allow.

    A visit that can record no more stays as it is, and so do firm ones.
    """
    arrays, demand, state = tour_arrays(network), make_demand(network, tiers), empty_state(network)
    place_visits(network, arrays, demand, state, visits)
    take = np.zeros(state.take.shape[2], dtype=np.int64)
    fuller = []
    for visit in sorted(visits, key=lambda one: (one.day, one.start)):
        now = np.zeros_like(take)
        now[: len(visit.take)] = visit.take
        room = network.capacity(visit.team, visit.school, visit.end - visit.start)
        if visit in firm or room == visit.recorded:
            fuller.append(visit)
            continue
        count_visit(demand, state, visit.school, visit.day, now, -1)
        more = call_pupils(demand, state, visit.school, visit.day, room, take) > visit.recorded
        chosen = take if more else now
        count_visit(demand, state, visit.school, visit.day, chosen, 1)
        called = tuple(chosen[: len(visit.take)].tolist())
        fuller.append(dataclasses.replace(visit, take=called))
    return fuller
