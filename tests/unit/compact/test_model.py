"""The size of a model, plans put into it as hints, and plans read out of it."""

from ortools.sat.python import cp_model

from ektp_sched.domain import Policy, Problem, WeightedTerm
from ektp_sched.engine.exact.model import CompactModel, arcs_of
from ektp_sched.engine.exact.variables import make_variables, recordable
from ektp_sched.engine.instance import FixedVisit, build_network
from tests.builders import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_break,
    a_cohort,
    a_problem,
    a_range,
    a_school,
    a_team,
    a_visit,
)
from tests.unit.compact.fixing import EACH_TERM, solved


def three_schools(**fields: object) -> Problem:
    cohorts = (a_cohort("XI", 30, record_from=TUESDAY), a_cohort("XII", 40))
    schools = tuple(a_school(f"S{n}", cohorts=cohorts) for n in (1, 2, 3))
    breaks = (a_break(30, "11:00", "13:00"),)
    return a_problem(schools=schools, teams=(a_team(breaks=breaks),), end=TUESDAY, **fields)


def test_arcs_between_base_and_options_of_each_team_day() -> None:
    assert arcs_of(build_network(three_schools())) == 2 * (3 * 2 + 2 * 3)
    closed = a_school("S2", closed=(a_range(MONDAY, MONDAY),))
    problem = a_problem(schools=(a_school("S1"), closed), end=TUESDAY)
    network = build_network(problem)
    assert arcs_of(network) == 2 + 6
    assert len(CompactModel(network, EACH_TERM).variables.arcs) == arcs_of(network)
    assert arcs_of(build_network(a_problem(schools=()))) == 0


def test_options_leave_out_what_nobody_can_be_recorded_at() -> None:
    done = a_visit("S1", date=MONDAY, students=40, status="done")
    variables = make_variables(build_network(three_schools(commitments=(done,))))
    found = [(option.team_day, option.school) for option in variables.options]
    # on Monday A was at S1; XI may be recorded from Tuesday on
    assert found == [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert [list(option.take) for option in variables.options] == [[3], [5], [0], [2, 3], [4, 5]]
    assert [option.team_day for option in variables.on_day(1, 1)] == [1]
    assert variables.find(0, 0) is None
    there = variables.find(2, 1)
    assert there is not None
    assert (there.school, there.day, there.team, there.fixed) == (2, 1, 0, None)


def test_pupils_left_and_old_enough() -> None:
    network = build_network(three_schools())
    assert [recordable(network, 1, day) for day in (0, 1)] == [[3], [2, 3]]


def test_a_full_plan_goes_in_as_a_hint_and_comes_out_again() -> None:
    tour = [
        FixedVisit(school=2, team=0, team_day=0, day=0, start=480, end=550, take=(0, 12)),
        FixedVisit(school=0, team=0, team_day=0, day=0, start=560, end=670, take=(0, 37)),
        FixedVisit(school=1, team=0, team_day=1, day=1, start=600, end=700, take=(20, 11)),
    ]
    policy = ((WeightedTerm(term="travel"),),)
    model = CompactModel(build_network(three_schools()), policy)
    model.hint(tour[:1])
    model.hint(tour)
    hint = model.proto.proto.solution_hint
    assert len(set(hint.vars)) == len(hint.vars)
    solver = cp_model.CpSolver()
    solver.parameters.fix_variables_to_their_hinted_value = True
    assert solver.solve(model.proto) == cp_model.OPTIMAL
    assert model.visits(solver) == tour


def test_no_visits_are_a_hint_too() -> None:
    model = CompactModel(build_network(three_schools()), EACH_TERM)
    model.hint([])
    assert set(model.proto.proto.solution_hint.values) == {0}


def test_visits_come_out_by_team_day_and_start() -> None:
    problem = a_problem(
        schools=(a_school("S1", cohorts=20), a_school("S2", cohorts=20)),
        teams=(a_team(), a_team("C")),
        policy=Policy(tiers=((WeightedTerm(term="students"), WeightedTerm(term="wait")),)),
        end=WEDNESDAY,
    )
    model = CompactModel(build_network(problem), problem.policy.tiers)
    model.proto.maximize(model.objectives[0])
    solver = solved(model.proto)
    assert solver is not None
    visits = model.visits(solver)
    assert sum(visit.recorded for visit in visits) == 40
    assert visits == sorted(visits, key=lambda visit: (visit.team_day, visit.start))
