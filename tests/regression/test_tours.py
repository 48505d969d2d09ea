"""Faults found in the tour engine, each as the smallest problem that showed it."""

from typing import Any
from unittest import mock

from benchmarks.generate import Size, office_problem
from ektp_sched.domain import Policy, Problem, Stock, WeightedTerm, minute_of
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.search.insertion import first_plan
from tests import builders as make
from tests.oracle.tours import assert_agreement, by_tours
from tests.solving import needs_compiled

NO_CARDS = Stock(opening=0, cards="none")
STUDENTS = Policy(tiers=((WeightedTerm(term="students"),),))


def a_school(name: str = "S1", **fields: Any) -> Any:
    """Ten minutes a pupil, no set-up, nothing that restricts."""
    defaults = {
        "cohorts": 24,
        "setup_minutes": 0,
        "teardown_minutes": 0,
        "seconds_per_student": 1_200,
        "min_students": 1,
    }
    return make.a_school(name, **{**defaults, **fields})


def a_problem(**fields: Any) -> Problem:
    """One pupil in ten minutes, an hour as the grid, pupils all that counts."""
    return make.a_problem(**{"time_step": 60, "policy": STUDENTS, "stock": NO_CARDS, **fields})


def test_a_date_that_is_barred_bars_no_other_date_with_the_same_tours() -> None:
    # Confirmed on Tuesday, one day between visits: Monday is barred, Thursday and Friday are not.
    school = a_school(
        hours=(make.some_hours("08:00", "10:00"),), max_visits=2, min_gap_days=1, cohorts=30
    )
    promised = make.a_visit(
        date=make.TUESDAY, start="08:00", end="10:00", students=12, status="confirmed"
    )
    problem = a_problem(schools=(school,), commitments=(promised,))
    found = by_tours(problem)
    assert_agreement(problem, found)
    assert found.tiers[0].value == 24


def test_whole_tours_keep_dates_apart_that_the_linear_program_need_not() -> None:
    schools = tuple(
        a_school(
            f"S{n}",
            hours=(make.some_hours("08:00", "10:00"),),
            max_visits=3,
            min_gap_days=n % 3,
            max_teams_per_day=1 + n % 2,
            cohorts=30,
        )
        for n in range(4)
    )
    teams = (make.a_team("A"), make.a_team("C"))
    problem = a_problem(schools=schools, teams=teams)
    assert_agreement(problem, by_tours(problem))


def test_a_visit_done_before_the_horizon_bars_dates_too() -> None:
    school = a_school(hours=(make.some_hours("08:00", "10:00"),), min_gap_days=3)
    done = make.a_visit(date="2024-08-02", students=1, status="done")
    problem = a_problem(schools=(school,), commitments=(done,), end=make.TUESDAY)
    found = by_tours(problem)
    assert_agreement(problem, found)
    assert found.tiers[0].value == 13


def test_a_small_rest_is_not_left_alone_when_the_visit_before_it_moves() -> None:
    # 14 pupils, 12 in a visit: the second visit is small, and allowed only after the first.
    small = a_school("S1", cohorts=14, min_students=10, hours=(make.some_hours("08:00", "10:00"),))
    others = tuple(
        a_school(f"S{n}", cohorts=c, hours=(make.some_hours("08:00", "10:00"),))
        for n, c in ((2, 13), (3, 13), (4, 5))
    )
    problem = a_problem(schools=(small, *others), end=make.THURSDAY, travel=0)
    for seconds in (0.4, 0.8):
        assert_agreement(problem, by_tours(problem, seconds=seconds))


def test_a_stay_is_no_longer_than_its_pupils_need_though_that_would_spare_lessons() -> None:
    # Six pupils need an hour; two hours from nine would be mostly the free 50 minutes.
    hours = (
        make.some_hours("08:00", "09:35", lesson_percent=100),
        make.some_hours("09:35", "10:25", lesson_percent=0),
        make.some_hours("10:25", "12:00", lesson_percent=100),
    )
    school = a_school(cohorts=6, hours=hours)
    policy = Policy(tiers=((WeightedTerm(term="students"),), (WeightedTerm(term="lessons"),)))
    problem = a_problem(schools=(school,), policy=policy, end=make.MONDAY)
    found = by_tours(problem)
    assert_agreement(problem, found)
    assert [tier.value for tier in found.tiers] == [6, 9_000]
    assert found.plan is not None
    (visit,) = found.plan.visits
    assert minute_of(visit.end) - minute_of(visit.start) == 60


def test_a_tour_that_cannot_get_home_is_none() -> None:
    # The way home from S1 leads over S2 or S3 only, and each takes a visit.
    schools = tuple(a_school(f"S{n}", cohorts=6 * (4 - n)) for n in (1, 2, 3))
    ways = {("S1", "B"): 1_440, ("S2", "S1"): 0, ("S3", "S1"): 0, ("S1", "S3"): 0, ("S1", "S2"): 0}
    places = ["B", "S1", "S2", "S3"]
    for most in (1, 2, 3, None):
        problem = a_problem(
            schools=schools,
            teams=(make.a_team(max_visits_per_day=most),),
            end=make.MONDAY,
            travel=make.some_travel(places, 30, ways=ways),
        )
        assert_agreement(problem, by_tours(problem))


def test_a_school_that_is_a_day_away_is_reached_over_another() -> None:
    schools = tuple(a_school(f"S{n}", cohorts=12) for n in (1, 2))
    ways = {("B", "S1"): 1_440, ("S1", "B"): 1_440}
    problem = a_problem(
        schools=schools,
        end=make.MONDAY,
        travel=make.some_travel(["B", "S1", "S2"], 10, ways=ways),
    )
    assert_agreement(problem, by_tours(problem))


def test_driving_home_over_a_school_may_be_within_the_limit() -> None:
    schools = tuple(a_school(f"S{n}", cohorts=6) for n in (1, 2))
    ways = {("S1", "B"): 200, ("S2", "S1"): 200}
    for limit in (29, 30, 31, 230):
        problem = a_problem(
            schools=schools,
            teams=(make.a_team(max_travel_minutes=limit),),
            end=make.MONDAY,
            travel=make.some_travel(["B", "S1", "S2"], 10, ways=ways),
        )
        found = by_tours(problem)
        assert_agreement(problem, found)
        assert found.tiers[0].bound == (6 if limit < 30 else 12)


def test_large_weights_leave_the_bound_exact() -> None:
    tier = (
        WeightedTerm(term="students", weight=999_983),
        WeightedTerm(term="lessons", weight=1),
        WeightedTerm(term="travel", weight=7),
    )
    schools = tuple(
        a_school(f"S{n}", cohorts=c, hours=(make.some_hours("08:00", "11:00", lesson_percent=p),))
        for n, c, p in ((1, 17, 33), (2, 5, 77), (3, 11, 100))
    )
    promised = make.a_visit("S1", start="08:00", end="09:00", students=3, status="confirmed")
    problem = a_problem(
        schools=schools,
        policy=Policy(tiers=(tier,)),
        end=make.TUESDAY,
        travel=17,
        commitments=(promised,),
    )
    assert_agreement(problem, by_tours(problem))


def test_bounds_after_a_tier_of_changes_hold_for_the_plan_that_is_kept() -> None:
    tiers = (
        (WeightedTerm(term="students"), WeightedTerm(term="changes", weight=12)),
        (WeightedTerm(term="travel"),),
    )
    schools = tuple(
        a_school(f"S{n}", cohorts=12, hours=(make.some_hours("08:00", "10:00"),)) for n in (1, 2)
    )
    baseline = make.a_plan(make.a_visit("S1", start="08:00", end="09:00", students=5))
    travel = make.some_travel(["B", "S1", "S2"], 10, ways={("B", "S2"): 60})
    problem = a_problem(
        schools=schools, policy=Policy(tiers=tiers), end=make.TUESDAY, travel=travel
    )
    assert_agreement(problem, by_tours(problem, baseline=baseline), baseline=baseline)


def test_a_search_ends_with_the_budget_though_its_share_is_larger() -> None:
    problem = office_problem(Size.parse("10x2x5"), 0)
    network, budget = build_network(problem), Budget(0.01, deterministic=True)
    start = first_plan(network, problem.policy.tiers, budget)
    engine = Engine(network, problem.policy.tiers, budget, 0.0, lambda *_: None)
    with mock.patch("ektp_sched.engine.engine.choose", return_value=None):
        engine.improve(start)
    assert budget.over


@needs_compiled
def test_a_break_with_a_wait_before_it_is_not_priced_away() -> None:
    """With the break still to come, the soonest minute of a next stop was taken too early."""
    problem = office_problem(Size.parse("10x2x5"), 0).model_copy(update={"time_step": 30})
    with mock.patch("ektp_sched.engine.engine.choose", return_value=None):
        found = by_tours(problem, seconds=6)
    best = (0, 365, 496_500, 416)  # proven by the exact choice
    for tier, value in zip(found.tiers, best, strict=True):
        sign = 1 if tier.sense == "max" else -1
        assert tier.bound is None or sign * tier.bound >= sign * value
        if tier.value != value:
            break
