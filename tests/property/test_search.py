"""Every plan that the search over stops comes by keeps all rules, better or not."""

from functools import partial
from itertools import repeat

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.domain import Problem
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import build_network, plan_of
from ektp_sched.engine.search.improve import Incumbent
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.engine.search.state import visits_of
from ektp_sched.rulebook import check
from tests.strategies import tiny_problems

SLICES = 3
A_FEW = max(10, settings().max_examples // 5)


@settings(max_examples=A_FEW)
@given(tiny_problems(), st.integers(0, 2**31 - 1))
def test_no_plan_on_the_way_breaks_a_rule(problem: Problem, seed: int) -> None:
    note(problem.model_dump_json())
    network, budget = build_network(problem), Budget(60)
    visits = first_plan(network, problem.policy.tiers, budget, keep=network.confirmed)
    assume(check(problem, plan_of(problem, network, visits)).ok)
    engine = Engine(network, problem.policy.tiers, budget, 0.0, lambda *_: None)
    start = engine._state(visits)
    incumbent = Incumbent(start, engine.tour_search.value, lambda _: None)
    before = incumbent.value
    stop = partial(next, repeat(False, SLICES), True)
    engine.stop_search.run(incumbent, seed=seed, until=60, stop=stop)
    for state in incumbent.seen():
        report = check(problem, plan_of(problem, network, visits_of(network, state)))
        assert report.violations == ()
    assert incumbent.value >= before
