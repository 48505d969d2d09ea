"""Faults once found in the solving side, each with the smallest problem that showed it."""

from typing import Any, NoReturn

import pytest

from ektp_sched.domain import Plan, Policy, Problem, Term, Visit, WeightedTerm
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.instance import build_network, plan_of
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.errors import SettingsError
from ektp_sched.solve import Progress, solve, warm_up
from ektp_sched.solve import settings as budgeting
from tests.builders import (
    MONDAY,
    a_plan,
    a_problem,
    a_school,
    a_visit,
    some_hours,
    some_travel,
)


def a_policy(*terms: Term) -> Policy:
    """One tier for each term."""
    return Policy(tiers=tuple((WeightedTerm(term=term),) for term in terms))


def greedy(problem: Problem) -> Plan:
    network = build_network(problem)
    return plan_of(problem, network, first_plan(network, problem.policy.tiers, Budget(60)))


@pytest.mark.parametrize(("name", "number"), [("workers", 0), ("workers", 1.5), ("seed", 1.5)])
def test_a_number_that_is_no_count_is_no_setting(name: str, number: float) -> None:
    with pytest.raises(SettingsError, match=f"{name}: {number} is out of range"):
        solve(a_problem(), **{name: number})  # type: ignore[arg-type]


def test_what_a_listener_raises_while_searching_comes_out_of_solve() -> None:
    heard: list[Progress] = []

    def listen(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) > 1:
            raise LookupError("the listener's own fault")

    with pytest.raises(LookupError, match="the listener's own fault"):
        solve(a_problem(), on_progress=listen)
    assert len(heard) > 1


def test_the_first_plan_is_compared_with_the_baseline() -> None:
    heard: list[Progress] = []
    baseline = a_plan(
        a_visit(end="09:00", students=10), a_visit(team="A", start="14:30", end="15:00")
    )
    problem = a_problem(policy=a_policy("changes", "students"))
    solve(problem, baseline=baseline, on_progress=heard.append)
    assert heard[0].tier == "changes"
    assert heard[0].value == 2


def test_a_baseline_that_lists_a_visit_twice_can_keep_it_once() -> None:
    visit = a_visit(students=20)
    problem = a_problem(policy=a_policy("changes"), end=MONDAY)
    result = solve(problem, baseline=a_plan(visit, visit))
    (tier,) = result.tiers
    assert (tier.value, tier.bound, result.status) == (1, 1, "optimal")


def test_a_stop_that_saves_as_much_driving_as_it_takes_time() -> None:
    schools = (
        a_school("S1"),
        a_school("S2", cohorts=20, setup_minutes=0, teardown_minutes=0, seconds_per_student=360),
    )
    travel = some_travel(["B", "S1", "S2"], 0, ways={("B", "S1"): 60})
    problem = a_problem(schools=schools, travel=travel, end=MONDAY)
    assert [visit.school for visit in greedy(problem).visits] == ["S2", "S1"]


def test_a_stop_that_pushes_another_into_lessons_is_not_put_in() -> None:
    free = some_hours("07:00", "10:00", lesson_percent=0)
    schools = (
        a_school("S1", hours=(free, some_hours("10:00", "15:00"))),
        a_school("S2", cohorts=80, hours=(some_hours(lesson_percent=0),)),
    )
    policy = a_policy("lessons", "students")
    problem = a_problem(schools=schools, policy=policy, end=MONDAY)
    assert [visit.school for visit in greedy(problem).visits] == ["S1", "S2"]


def by_way_of_the_first(*commitments: Visit) -> Problem:
    """S2 is four hours from the base, but no way at all from S1: ways that are no metric."""
    schools = (
        a_school("S1", cohorts=20, hours=(some_hours("07:00", "09:00"),)),
        a_school("S2", cohorts=20, hours=(some_hours("09:00", "11:00"),)),
    )
    travel = some_travel(["B", "S1", "S2"], 0, ways={("B", "S2"): 240})
    return a_problem(schools=schools, travel=travel, commitments=commitments, end=MONDAY)


def test_a_school_is_reached_in_time_by_way_of_another_only() -> None:
    result = solve(by_way_of_the_first(), deterministic=True)
    assert result.status == "optimal"
    assert [(tier.value, tier.bound) for tier in result.tiers[:2]] == [(0, 0), (40, 40)]


def test_a_promise_to_a_school_that_is_reached_by_way_of_another_can_be_kept() -> None:
    promised = (
        a_visit("S1", start="07:30", end="09:00", students=20, status="confirmed"),
        a_visit("S2", start="09:00", end="11:00", students=20, status="confirmed"),
    )
    result = solve(by_way_of_the_first(*promised), deterministic=True)
    assert result.status == "optimal"
    assert result.plan == Plan(visits=promised)


def test_compiling_takes_nothing_from_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def clock(time_limit: float, **settings: Any) -> Budget:
        order.append("clock")
        return Budget(time_limit, **settings)

    monkeypatch.setattr(budgeting, "compile_first_plan", lambda: order.append("compiled"))
    monkeypatch.setattr(budgeting, "Budget", clock)
    solve(a_problem(end=MONDAY))
    assert order == ["compiled", "clock"]


def test_what_is_compiled_beforehand_makes_a_visit() -> None:
    assert [visit.recorded for visit in greedy(warm_up._smallest_office()).visits] == [10]
    warm_up.compile_first_plan()


def test_a_search_without_time_left_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> NoReturn:
        raise AssertionError("a search began")

    monkeypatch.setattr("ektp_sched.solve.solver.Engine", never)
    token = CancelToken()
    token.cancel()
    result = solve(a_problem(), cancel=token, method="tours")
    assert (result.status, result.stopped_by) == ("feasible", "cancelled")
