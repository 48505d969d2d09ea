"""Ask the compact model about a plan: fix every option to it and see what CP-SAT says."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from ektp_sched.domain import TERMS, Plan, Problem, Term, Visit, WeightedTerm
from ektp_sched.engine.exact.model import CompactModel
from ektp_sched.engine.instance import build_network, index_visits
from ektp_sched.rulebook import check, score_of

EACH_TERM = tuple((WeightedTerm(term=term),) for term in TERMS)


def accepts(problem: Problem, *visits: Visit) -> bool:
    """Whether the model holds the plan of these visits (and of history); so must the checker."""
    model = fixed(problem, visits)
    answer = model is not None and solved(model.proto) is not None
    violations = check(problem, whole(problem, visits)).violations
    assert answer == (not violations), f"the model says {answer}, the checker: {violations}"
    return answer


def values(problem: Problem, *visits: Visit, baseline: Plan | None = None) -> dict[Term, int]:
    """Every term of an allowed plan as the model counts it; the checker must count the same."""
    model = fixed(problem, visits, baseline)
    assert model is not None
    found: dict[Term, int] = {}
    for term, objective in zip(TERMS, model.objectives, strict=True):
        model.proto.maximize(objective)
        solver = solved(model.proto)
        assert solver is not None
        best = round(solver.objective_value)
        found[term] = best if term in ("students", "schools") else -best
    score = score_of(problem, whole(problem, visits), baseline=baseline)
    by_checker = {term: score.value(term) for term in TERMS}
    assert found == by_checker, (found, by_checker)
    return found


def whole(problem: Problem, visits: Sequence[Visit]) -> Plan:
    """The plan of these visits and of history."""
    history = [visit for visit in problem.commitments if visit.status == "done"]
    return Plan(visits=(*visits, *history))


def model_of(problem: Problem, baseline: Plan | None = None) -> CompactModel:
    """The model with one tier for each term."""
    network = build_network(problem)
    published = index_visits(problem, baseline.visits if baseline else (), network.team_day_at)
    return CompactModel(network, EACH_TERM, published)


def fixed(
    problem: Problem, visits: Sequence[Visit], baseline: Plan | None = None
) -> CompactModel | None:
    """The model with nothing left to choose but these visits; None where it has no such option."""
    compact = model_of(problem, baseline)
    network, model = compact.network, compact.proto
    indexed = index_visits(problem, visits, network.team_day_at)
    if any(visit.team_day < 0 for visit in indexed):
        return None
    wanted = {(visit.school, visit.team_day): visit for visit in indexed}
    assert len(wanted) == len(visits), "two visits of one school on one team-day"
    for option in compact.variables.options:
        visit = wanted.pop((option.school, option.team_day), None)
        model.add(option.present == (visit is not None))
        if visit is None:
            continue
        model.add(option.start == visit.start)
        model.add(option.end == visit.end)
        for c, pupils in zip(network.cohorts_of(visit.school), visit.take, strict=True):
            if c in option.take:
                model.add(option.take[c] == pupils)
            elif pupils:
                return None
    return None if wanted else compact


def solved(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """A solver that has found the best solution, None where there is none."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return solver if status == cp_model.OPTIMAL else None
