"""The exact choice: when it steps aside, what it proves, and what it leaves to the engine."""

from unittest import mock

import pytest

from ektp_sched.domain import Policy, Problem, Term, WeightedTerm
from ektp_sched.engine.bounds import Bounds
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import FixedVisit, build_network
from ektp_sched.engine.listing import Choice, Listing, choose
from ektp_sched.solve import Result, solve
from tests import builders as make
from tests.solving import needs_compiled, proven_by_tours, values_of


def tiered(*terms: Term, **fields: object) -> Problem:
    """Two schools of 20 pupils on two days of four hours; one tier for each term."""
    policy = Policy(tiers=tuple((WeightedTerm(term=term),) for term in terms))
    hours = (make.some_hours("08:00", "12:00"),)
    schools = tuple(make.a_school(name, cohorts=20, hours=hours) for name in ("S1", "S2"))
    defaults = {"schools": schools, "policy": policy, "end": make.TUESDAY, "time_step": 30}
    return make.a_problem(**{**defaults, **fields})


def an_engine(problem: Problem, budget: Budget | None = None) -> Engine:
    limit = budget or Budget(60, deterministic=True)
    return Engine(build_network(problem), problem.policy.tiers, limit, 0.0, lambda *_: None)


def a_listing(problem: Problem) -> Listing:
    engine = an_engine(problem)
    days, tiers = engine.tour_search.days, problem.policy.tiers
    return Listing(engine.network, engine.demand, engine.promised, days, tiers, ())


def test_every_tier_is_proven_in_the_engine() -> None:
    result = proven_by_tours(tiered("students", "travel", "wait"))
    assert [(tier.value, tier.bound) for tier in result.tiers] == [(40, 40), (30, 30), (0, 0)]


@pytest.mark.parametrize(("limit", "listed"), [(0, False), (1, False), (1_000, True)])
def test_too_many_tours_are_not_listed(limit: int, *, listed: bool) -> None:
    assert (a_listing(tiered("students")).tours(limit) is not None) == listed


def test_what_is_no_aim_makes_no_tours() -> None:
    aims: tuple[tuple[Term, ...], ...] = (("students",), ("students", "lessons"))
    hours = tuple(
        make.some_hours(start, end, lesson_percent=percent)
        for start, end, percent in (("08:00", "09:30", 50), ("09:30", "12:00", 100))
    )
    schools = tuple(make.a_school(name, cohorts=10, hours=hours) for name in ("S1", "S2"))
    counts = []
    for terms in aims:
        tours = a_listing(tiered(*terms, schools=schools)).tours()
        assert tours is not None
        counts.append(len(tours[0]))
    # One school or the other, or both in either order; only lessons tell the two orders apart.
    assert counts == [3, 4]


def small_promise(most: int) -> Problem:
    """Five pupils of twenty are promised, fewer than R10 allows unless others come before."""
    promised = make.a_visit(
        "S1", date=make.TUESDAY, start="08:00", end="09:30", students=5, status="confirmed"
    )
    problem = tiered("students", commitments=(promised,))
    first = problem.schools[0].model_copy(update={"max_visits": most})
    return problem.model_copy(update={"schools": (first, problem.schools[1])})


def test_promises_that_no_visit_can_mend_are_proven_impossible() -> None:
    assert proven_by_tours(small_promise(1)).status == "infeasible"


def test_a_promise_that_another_visit_mends_needs_no_first_plan() -> None:
    result = proven_by_tours(small_promise(2))
    assert (result.status, values_of(result)) == ("optimal", (40,))


def test_a_budget_that_is_over_changes_nothing() -> None:
    token = CancelToken()
    token.cancel()
    problem = tiered("students")
    start = [FixedVisit(school=0, team=0, team_day=0, day=0, start=480, end=570, take=(12,))]
    for budget in (Budget(60, token=token), Budget(0)):
        bounds = Bounds(1)
        choice = choose(
            a_listing(problem),
            budget,
            gap=0,
            start=start,
            report=lambda *_: None,
            bounds=bounds,
            spare=0,
        )
        assert choice == Choice(visits=start, infeasible=False)
        assert bounds.best(0, []) is None


@needs_compiled
def test_what_it_leaves_open_the_engine_goes_on_with() -> None:
    problem = tiered("students", "travel")
    start = [FixedVisit(school=0, team=0, team_day=0, day=0, start=480, end=570, take=(12,))]
    opened = Choice(visits=start, infeasible=False)
    engine = an_engine(problem, Budget(1, deterministic=True))
    with mock.patch("ektp_sched.engine.engine.choose", return_value=opened):
        visits = engine.improve(start)
    assert sum(visit.recorded for visit in visits) == 40
    assert engine.bounds.best(0, []) == 40
    assert engine.bounds.best(1, [40]) == -30


@needs_compiled
def test_a_plan_that_keeps_more_of_the_published_one_is_kept() -> None:
    # The engine's own search would not mind moving the visit.
    problem = tiered("students", "changes", "wait")
    published = make.a_visit("S1", date=make.TUESDAY, start="08:00", end="10:00", students=20)
    result = _solved_after_one_tier(problem, make.a_plan(published))
    assert values_of(result)[:2] == (40, 0)


def _solved_after_one_tier(problem: Problem, baseline: object) -> Result:
    """By tours, with an exact choice that finds the best plan but proves the first tier only."""

    def half_proven(*args: object, bounds: Bounds, **settings: object) -> Choice | None:
        found = Bounds(len(problem.policy.tiers))
        choice = choose(*args, bounds=found, **settings)  # type: ignore[arg-type]
        first = found.best(0, [])
        assert first is not None
        bounds.add(0, first, ())
        return choice

    with mock.patch("ektp_sched.engine.engine.choose", half_proven):
        return solve(
            problem,
            time_limit=0.5,
            gap=0,
            deterministic=True,
            method="tours",
            baseline=baseline,  # type: ignore[arg-type]
        )
