"""The tour engine over several solves: repeatable, never worse for more time, and no leak."""

import pytest

from benchmarks.generate import Size, office_problem
from ektp_sched.domain import Problem
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.instance import build_network, plan_of
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.solve import Result, solve
from tests import builders as make
from tests.solving import judged, needs_compiled, rank_of, true_values
from tests.tiers import rank

pytestmark = needs_compiled

UNITS = (0.2, 1.0, 3.0)
WARM, MORE, MOST_GROWTH_KIB = 10, 30, 20_000


@pytest.fixture(scope="module")
def office() -> Problem:
    return office_problem(Size.parse("12x2x5"), 0)


def deterministic(problem: Problem, units: float) -> Result:
    return solve(problem, time_limit=units, gap=0, deterministic=True, method="tours")


def test_more_time_never_makes_a_plan_worse(office: Problem) -> None:
    network = build_network(office)
    visits = first_plan(network, office.policy.tiers, Budget(60), keep=network.confirmed)
    report = judged(office, plan_of(office, network, visits))
    reached = [rank(office, true_values(office, report))]
    reached += [rank_of(office, deterministic(office, units)) for units in UNITS]
    assert reached == sorted(reached)


def test_a_deterministic_run_repeats_itself(office: Problem) -> None:
    one, same = (deterministic(office, UNITS[1]) for _ in range(2))
    assert one.plan is not None
    assert same.plan is not None
    assert one.plan.model_dump_json() == same.plan.model_dump_json()
    assert one.tiers == same.tiers


def test_solving_again_and_again_leaks_no_memory(office: Problem) -> None:
    resource = pytest.importorskip("resource")

    def peak_after(solves: int) -> int:
        for _ in range(solves):
            solve(office, time_limit=0.2, workers=2, method="tours")
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    before = peak_after(WARM)
    assert peak_after(MORE) - before < MOST_GROWTH_KIB


def test_a_school_without_pupils_or_overhead_takes_no_time() -> None:
    school = make.a_school("S1", cohorts=0, setup_minutes=0, teardown_minutes=0)
    problem = make.a_problem(schools=(school, make.a_school("S2")), time_step=60)
    assert judged(problem, deterministic(problem, UNITS[0]).plan).ok
