"""Column generation: when it ends, and what small visits pay."""

from itertools import chain, repeat
from unittest import mock

import numpy as np
import pytest

from ektp_sched.domain import Policy, Problem, Stock, WeightedTerm
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.columns.generate import Generator
from ektp_sched.engine.columns.relaxation import Relaxation
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.search.state import empty_state, make_demand
from ektp_sched.engine.tours.day import days_of
from tests.builders import a_problem, a_school

STUDENTS = Policy(tiers=((WeightedTerm(term="students"),),))


def a_relaxation(**school: object) -> Relaxation:
    return relaxation_of(a_problem(schools=(a_school("S1", **school),), policy=STUDENTS))


def relaxation_of(problem: Problem) -> Relaxation:
    network = build_network(problem)
    demand = make_demand(network, problem.policy.tiers)
    return Relaxation(network, days_of(network), empty_state(network), demand.tier_weights)


def test_it_ends_where_prices_lead_astray_and_nothing_is_found() -> None:
    """Prices moved back towards those of the best bound were tried for ever."""
    budget = Budget(60, deterministic=True)
    generator = Generator(a_relaxation(), budget, 1)
    priced = chain([(0, 50.0)], repeat((0, 80.0)))
    with mock.patch.object(Generator, "price_all", side_effect=priced):
        generator.solve(
            np.eye(7, dtype=np.int64)[0],
            close=lambda _bound, _optimum: False,
            until=60,
            enough=lambda _bound: False,
            more=lambda: 0,
        )
    assert generator.bound == 50
    assert not budget.over


@pytest.mark.parametrize(("opening", "most"), [(30, 30), (500, 100)])
def test_the_first_bound_is_what_blanks_allow_or_all_pupils(opening: int, most: int) -> None:
    problem = a_problem(
        schools=(a_school("S1", cohorts=100),),
        policy=STUDENTS,
        stock=Stock(opening=opening),
    )
    budget = Budget(60, deterministic=True)
    generator = Generator(relaxation_of(problem), budget, 1)
    generator.begin(until=60)
    assert generator.bound == pytest.approx(most, rel=1e-6)


def test_a_small_visit_among_whole_tours_has_everyone_recorded() -> None:
    """R10: with room for less than min_students, it may only take those who are left."""
    relaxation, steps = a_relaxation(min_students=12), np.array([[0, 96, 107]])  # 55 minutes
    relaxation.add_tour(0, steps)
    assert relaxation.tours[0].stops[0].small
    (tour,) = relaxation.tour_column
    budget = Budget(60, deterministic=True)
    free = relaxation.program.solve(budget, time_limit=60)
    whole = relaxation.program.solve_whole(
        [tour], [tour], budget, time_limit=60, gap=0, start={}, held={}
    )
    assert free is not None
    assert whole is not None
    assert free.value > 0
    assert whole.value == 0


def test_the_only_visit_of_a_school_needs_no_such_row() -> None:
    assert not a_relaxation(min_students=12, max_visits=1).close
