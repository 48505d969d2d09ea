"""Which pupils the visits of given tours record: exact, tier by tier, as a small CP-SAT model.

Tours fix schools, dates and rooms; what is left is R7 to R11. A visit that cannot keep them is
given up.
"""

from ortools.sat.python import cp_model

from ektp_sched.budget import Budget
from ektp_sched.cpsat import make_solver, run_solver
from ektp_sched.master.sharing import Candidate, Expr, by_school, share, worth_of_pupils
from ektp_sched.master.state import Demand, PlanState
from ektp_sched.network import Network

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
