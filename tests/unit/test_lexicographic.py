"""Tier after tier, each keeping what the former reached."""

import pytest

from ektp_sched.domain import Policy, Problem, Term, WeightedTerm
from ektp_sched.engine.bounds import Bounds
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.cpsat import _whole, improve
from ektp_sched.engine.exact.model import CompactModel
from ektp_sched.engine.instance import FixedVisit, build_network
from tests.builders import MONDAY, TUESDAY, a_problem, a_school, a_visit

Heard = list[tuple[int, int, int | None]]
Outcome = tuple[int, int | None]


def tiered(*terms: Term, **fields: object) -> Problem:
    policy = Policy(tiers=tuple((WeightedTerm(term=term),) for term in terms))
    schools = (a_school("S1", cohorts=20), a_school("S2", cohorts=20))
    return a_problem(schools=schools, policy=policy, end=TUESDAY, **fields)


def searched(
    problem: Problem, budget: Budget | None = None, start: list[FixedVisit] | None = None
) -> tuple[list[FixedVisit] | None, list[Outcome], bool, Heard]:
    """The visits, each tier's value and bound as far as it went, and what was told on the way."""
    heard: Heard = []
    model = CompactModel(build_network(problem), problem.policy.tiers)
    bounds = Bounds(len(problem.policy.tiers))
    visits, reached, infeasible = improve(
        model,
        budget or Budget(60, deterministic=True),
        gap=0,
        start=start,
        report=lambda *told: heard.append(told),
        bounds=bounds,
    )
    outcomes = [(value, bounds.best(tier, reached)) for tier, value in enumerate(reached)]
    return visits, outcomes, infeasible, heard


def test_an_earlier_tier_is_kept_while_a_later_one_is_searched() -> None:
    visits, outcomes, infeasible, heard = searched(tiered("students", "travel", "wait"))
    assert not infeasible
    assert visits is not None
    assert outcomes == [(40, 40), (-30, -30), (0, 0)]
    assert {visit.day for visit in visits} == {0}
    tiers = [tier for tier, _, _ in heard]
    assert tiers == sorted(tiers)
    assert all(bound is None or value <= bound for _, value, bound in heard)


def test_the_other_way_round_nobody_drives() -> None:
    visits, outcomes, _, _ = searched(tiered("travel", "students"))
    assert visits == []
    assert outcomes == [(0, 0), (0, 0)]


def test_nothing_to_decide() -> None:
    problem = tiered("students", "travel").model_copy(
        update={"schools": (), "travel": a_problem(schools=()).travel}
    )
    assert searched(problem)[:3] == ([], [(0, 0), (0, 0)], False)


def test_no_plan_at_all() -> None:
    """A promise of five pupils of twenty, and no other visit is allowed: R10 is never kept."""
    promised = a_visit("S1", students=5, status="confirmed")
    problem = tiered("students", commitments=(promised,))
    schools = (problem.schools[0].model_copy(update={"max_visits": 1}), problem.schools[1])
    found = searched(problem.model_copy(update={"schools": schools}))
    assert found[:3] == (None, [], True)


def test_a_budget_that_is_over_changes_nothing() -> None:
    token = CancelToken()
    token.cancel()
    start = [FixedVisit(school=0, team=0, team_day=0, day=0, start=480, end=540, take=(8,))]
    for budget in (Budget(60, token=token), Budget(0)):
        assert searched(tiered("students"), budget, start)[:3] == (start, [], False)
        assert searched(tiered("students"), budget)[:3] == (None, [], False)


def test_a_budget_too_small_to_find_anything_keeps_the_start() -> None:
    start = [FixedVisit(school=0, team=0, team_day=0, day=0, start=480, end=540, take=(8,))]
    budget = Budget(1e-12, deterministic=True)
    visits, _, infeasible, _ = searched(tiered("students"), budget, start)
    assert visits is not None
    assert not infeasible


def test_work_is_charged_to_the_budget() -> None:
    budget = Budget(60, deterministic=True)
    searched(tiered("students", "travel"), budget)
    assert 0 < budget.remaining < 60


@pytest.mark.parametrize(
    ("bound", "whole"),
    [
        (7.0, 7),
        (7.4, 7),
        (6.9999999, 7),
        (-2.5, -3),
        (0.0, 0),
        (float("inf"), None),
        (float("-inf"), None),
        (float("nan"), None),
        (2e15, None),
    ],
)
def test_a_bound_on_whole_numbers(bound: float, whole: int | None) -> None:
    assert _whole(bound) == whole


def test_monday_alone_takes_both_schools() -> None:
    problem = tiered("students", "team_days").model_copy(update={"end": a_visit(date=MONDAY).date})
    visits, outcomes, _, _ = searched(problem)
    assert visits is not None
    assert len(visits) == 2
    assert outcomes == [(40, 40), (-1, -1)]
