"""Problems that failed once, as files, and what is right (tests/cases)."""

from pathlib import Path

import pytest

from ektp_sched.domain import Problem, minute_of
from ektp_sched.files import load_problem
from ektp_sched.solve import Result, solve
from ektp_sched.solve.settings import Method
from tests.solving import judged, needs_compiled, values_of
from tests.tiers import rank

PROBLEMS = Path(__file__).parents[1] / "cases" / "problems"
METHODS: tuple[Method, ...] = ("exact", "tours")
UNITS = {"exact": 20.0, "tours": 0.3}  # of work; by tours each takes much longer


def case(name: str) -> Problem:
    return load_problem(PROBLEMS / f"{name}.json")


def solved(problem: Problem, method: Method, units: float | None = None) -> Result:
    limit = units or UNITS[method]
    result = solve(problem, time_limit=limit, gap=0, deterministic=True, method=method)
    assert result.faults == ()
    assert judged(problem, result.plan).ok
    return result


@needs_compiled
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("name", "values"),
    [("crash_past_bound", (80, 10, 0)), ("crash_past_bound_cli_small", (160, 10, 0))],
)
def test_a_bound_that_stood_on_a_worse_plan_is_not_passed(
    name: str, values: tuple[int, ...], method: Method
) -> None:
    assert values_of(solved(case(name), method)) == values


@needs_compiled
@pytest.mark.parametrize("name", ["stale_auto_0", "stale_auto_1"])
def test_a_later_bound_belongs_to_the_plan_told(name: str) -> None:
    problem = case(name)
    best = solved(problem, "exact")
    assert best.status == "optimal"
    for method in METHODS:
        for units in (0.01, 0.1, None):
            told = solved(problem, method, units)
            better = rank(problem, values_of(best))
            for tier, mine, proven in zip(
                rank(problem, values_of(told)), told.tiers, best.tiers, strict=True
            ):
                sign = 1 if mine.sense == "max" else -1
                assert mine.bound is None or sign * mine.bound >= sign * proven.value
                if tier != sign * proven.value:
                    break
            assert rank(problem, values_of(told)) <= better


@needs_compiled
@pytest.mark.parametrize("method", METHODS)
def test_a_stay_is_as_long_as_its_pupils_need(method: Method) -> None:
    plan = solved(case("pad_1school_2bases"), method).plan
    assert plan is not None
    (visit,) = plan.visits
    assert minute_of(visit.end) - minute_of(visit.start) == 90
    assert (visit.team, visit.date.isoformat()) == ("T2", "2025-07-21")  # the earliest date
