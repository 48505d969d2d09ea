"""Which pupils the visits of given tours record: exact, tier by tier, as a small CP-SAT model.

Tours fix schools, dates and rooms; what is left is R7 to R11. A visit that cannot keep them is
given up.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from ortools.sat.python import cp_model

from ektp_sched.budget import Budget
from ektp_sched.cpsat import make_solver, run_solver
from ektp_sched.master.state import LESSONS, SCHOOLS, SHORTFALL, STUDENTS, WAIT, Demand, PlanState
from ektp_sched.network import Network
from ektp_sched.network.arrays import IntArray

SECONDS = 2.0

Expr = cp_model.LinearExpr | int


@dataclass(slots=True)
class _Visit:
    """A stop that is not committed, with what it may record."""

    team_day: int
    school: int
    day: int
    start: int
    room: int
    percent: int
    made: cp_model.IntVar
    take: dict[int, cp_model.IntVar] = field(default_factory=dict)

    @property
    def recorded(self) -> Expr:
        return sum(self.take.values())


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
    by_school: dict[int, list[_Visit]] = defaultdict(list)
    for visit in visits:
        by_school[visit.school].append(visit)
        model.add(visit.recorded <= visit.room * visit.made)
    for school, rows in by_school.items():
        _limit_visits(network, demand, promised, model, school, rows)
        _limit_school(network, demand, promised, model, school, rows)
    _limit_blanks(network, promised, model, visits)
    for use, spare in zip(network.resource_use.tolist(), promised.spare.tolist(), strict=True):
        model.add(sum(use[visit.school] * visit.made for visit in visits) <= max(0, spare))
    objectives = [
        _tier(network, promised, model, visits, by_school, row) for row in demand.tier_weights
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


def _visit(network: Network, promised: PlanState, model: cp_model.CpModel, stop: Stop) -> _Visit:
    team_day, school, start, end = stop
    day, team = int(network.td_day[team_day]), int(network.td_team[team_day])
    room = network.capacity(team, school, end - start)
    percent = network.lesson_percent(school, day, start, end)
    visit = _Visit(team_day, school, day, start, room, percent, model.new_bool_var(""))
    for c in network.cohorts_of(school):
        if promised.left[c] > 0 and network.record_day[c] <= day:
            visit.take[c] = model.new_int_var(0, min(room, int(promised.left[c])), "")
    return visit


def _limit_visits(
    network: Network,
    demand: Demand,
    promised: PlanState,
    model: cp_model.CpModel,
    school: int,
    visits: list[_Visit],
) -> None:
    """R8 of a school: visits in all, on a date, and days between."""
    model.add(sum(visit.made for visit in visits) <= max(0, int(promised.visits_left[school])))
    gap, on_day = int(network.min_gap[school]), promised.on_day[school]
    for day in sorted({visit.day for visit in visits}):
        here = [visit.made for visit in visits if visit.day == day]
        near = on_day[max(0, day - gap) : day + gap + 1].sum() > on_day[day]
        barred = near or demand.barred[school, day]
        room = 0 if barred else max(0, int(network.max_teams[school] - on_day[day]))
        model.add(sum(here) <= room)
        later = [visit.made for visit in visits if day < visit.day <= day + gap]
        for one, other in product(here, later):
            model.add_at_most_one(one, other)


def _limit_school(
    network: Network,
    demand: Demand,
    promised: PlanState,
    model: cp_model.CpModel,
    school: int,
    visits: list[_Visit],
) -> None:
    """R7 and R10 of a school; of visits on one date none counts as earlier, to be safe."""
    for c in network.cohorts_of(school):
        takes = [visit.take[c] for visit in visits if c in visit.take]
        model.add(sum(takes) <= int(promised.left[c]))
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


def _limit_blanks(
    network: Network, promised: PlanState, model: cp_model.CpModel, visits: list[_Visit]
) -> None:
    """R11, at the last day of each level of the allowance."""
    last = network.days - 1
    for day in range(network.days) if network.cards == "reserve" else ():
        if day < last and promised.blanks[day] == promised.blanks[day + 1]:
            continue
        drawn = [
            pupils
            for visit in visits
            for c, pupils in visit.take.items()
            if network.draw_day(c, visit.day) <= day
        ]
        model.add(sum(drawn) <= max(0, int(promised.blanks[day])))


def _tier(
    network: Network,
    promised: PlanState,
    model: cp_model.CpModel,
    visits: list[_Visit],
    by_school: dict[int, list[_Visit]],
    weights: IntArray,
) -> Expr:
    """The part of a tier that depends on pupils, to be maximised."""
    total: Expr = 0
    for visit in visits:
        each = int(weights[LESSONS]) * network.minutes_away * visit.percent
        each += int(weights[WAIT]) * visit.day
        for c, pupils in visit.take.items():
            total += (each + int(weights[STUDENTS]) * int(network.priority[c])) * pupils
    if weights[SHORTFALL]:
        for group, target in zip(network.floor_of, promised.missing, strict=True):
            missing = model.new_int_var(0, max(0, int(target)), "")
            recorded = sum(visit.recorded for visit in visits if group[visit.school])
            model.add(missing >= int(target) - recorded)
            total += int(weights[SHORTFALL]) * missing
    if weights[SCHOOLS]:
        for school, rows in by_school.items():
            if promised.visits[school] == 0:
                served = model.new_bool_var("")
                model.add(served <= sum(visit.made for visit in rows))
                total += int(weights[SCHOOLS]) * served
    return total
