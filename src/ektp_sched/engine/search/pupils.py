"""Which pupils visits record: fewer where blanks are short, more where not, or the best."""

import dataclasses
from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.cpsat import make_solver, run_solver
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.exchange import count_visit
from ektp_sched.engine.search.insertion import call_pupils, place_visits
from ektp_sched.engine.search.sharing import Candidate, Expr, by_school, share, worth_of_pupils
from ektp_sched.engine.search.state import Demand, PlanState, empty_state, make_demand
from ektp_sched.engine.tours.day import tour_arrays


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


SECONDS = 2.0

Stop = tuple[int, int, int, int]  # team-day, school, start, end


def allot(
    network: Network, demand: Demand, promised: PlanState, stops: list[Stop], budget: Budget
) -> dict[tuple[int, int], list[int]]:
    """Pupils by cohort for each (team-day, school) of the stops that are worth making.

    Parameters
    ----------
    promised
        The state of commitments alone: what they leave is shared out.
    """
    model = cp_model.CpModel()
    visits = [_visit(network, promised, model, stop) for stop in stops]
    schools = by_school(visits)
    share(network, demand, promised, model, schools)
    for school, rows in schools.items():
        _be_worth_it(network, demand, promised, model, school, rows)
    objectives = [
        worth_of_pupils(network, promised, model, schools, row) for row in demand.tier_weights
    ]
    taken: dict[tuple[int, int], list[int]] = {}
    for objective in objectives:
        model.maximize(objective)
        solver = make_solver(budget, limit=SECONDS)
        if run_solver(solver, model, budget) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            break
        model.add(objective >= round(solver.objective_value))
        taken = {
            (visit.team_day, visit.school): [
                solver.value(visit.take[c]) if c in visit.take else 0
                for c in network.cohorts_of(visit.school)
            ]
            for visit in visits
            if solver.boolean_value(visit.made)
        }
    return taken


def _visit(network: Network, promised: PlanState, model: cp_model.CpModel, stop: Stop) -> Candidate:
    team_day, school, start, end = stop
    day, team = int(network.td_day[team_day]), int(network.td_team[team_day])
    room = network.capacity(team, school, end - start)
    visit = Candidate(team_day, school, day, model.new_bool_var(""))
    for c in network.cohorts_of(school):
        if promised.left[c] > 0 and network.record_day[c] <= day:
            visit.take[c] = model.new_int_var(0, min(room, int(promised.left[c])), "")
    visit.lessons = network.lesson_percent(school, day, start, end) * visit.recorded
    model.add(visit.recorded <= room * visit.made)
    return visit


def _be_worth_it(
    network: Network,
    demand: Demand,
    promised: PlanState,
    model: cp_model.CpModel,
    school: int,
    visits: list[Candidate],
) -> None:
    """R10 of a school; of visits on one date none counts as earlier, to be safe."""
    least = int(network.min_students[school])
    for visit in visits:
        model.add(visit.recorded >= 1).only_enforce_if(visit.made)
        if least > 1:
            committed = int(promised.recorded[school, : visit.day].sum())
            left: Expr = int(demand.recordable[school, visit.day]) - committed
            left -= sum(other.recorded for other in visits if other.day < visit.day)
            all_left = model.new_bool_var("")
            enough = model.add(visit.recorded >= least)
            enough.only_enforce_if(visit.made, all_left.negated())
            model.add(visit.recorded >= left).only_enforce_if(visit.made, all_left)
