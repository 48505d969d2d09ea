"""Of plans that are worth the same, the one that is shown."""

from collections.abc import Sequence
from typing import Any

from ektp_sched.domain import Policy, Problem, School, Stock, Visit, WeightedTerm
from ektp_sched.engine.instance import build_network, index_visits
from ektp_sched.rulebook import check
from ektp_sched.solve import solve
from ektp_sched.solve.canonical import canonical_plan
from tests import builders as make


def a_school(name: str = "S1", **fields: Any) -> School:
    """A pupil takes ten minutes at one of two kits; set-up and pack-up take none."""
    usual = {"setup_minutes": 0, "teardown_minutes": 0, "seconds_per_student": 1_200}
    return make.a_school(name, **{**usual, "min_students": 1, **fields})


def shown(problem: Problem, *visits: Visit, **keep: Sequence[Visit]) -> list[tuple[object, ...]]:
    """Date, start, end and pupils of each visit that is shown for some."""
    network = build_network(problem)

    def indexed(some: Sequence[Visit]) -> Any:
        return index_visits(problem, some, network.team_day_at)

    kept = {name: indexed(some) for name, some in keep.items()}
    plan = canonical_plan(problem, network, indexed(visits), **kept)
    assert check(problem, plan).ok
    return [
        (one.date.isoformat(), f"{one.start:%H:%M}", f"{one.end:%H:%M}", dict(one.students))
        for one in plan.visits
    ]


def test_a_stay_is_as_short_as_its_pupils_need_and_begins_early() -> None:
    problem = make.a_problem(schools=(a_school(),))
    long = make.a_visit(start="09:00", end="14:00", students=12)
    assert shown(problem, long) == [(make.MONDAY, "07:10", "09:10", {"XII": 12})]


def test_a_promise_stays_as_it_is() -> None:
    long = make.a_visit(start="09:00", end="14:00", students=12, status="confirmed")
    problem = make.a_problem(schools=(a_school(),), commitments=(long,))
    assert shown(problem, long) == [(make.MONDAY, "09:00", "14:00", {"XII": 12})]


def test_what_is_published_stays_and_what_is_known_is_shortened_at_most() -> None:
    problem = make.a_problem(schools=(a_school(),))
    long = make.a_visit(start="09:00", end="14:00", students=12)
    assert shown(problem, long, unchanged=(long,)) == [(make.MONDAY, "09:00", "14:00", {"XII": 12})]
    short = make.a_visit(start="09:00", end="11:00", students=12)
    assert shown(problem, long, settled=(short,)) == [(make.MONDAY, "09:00", "11:00", {"XII": 12})]


def test_a_shorter_stay_lies_where_it_costs_fewest_lessons() -> None:
    hours = (
        make.some_hours("08:00", "10:00", lesson_percent=100),
        make.some_hours("10:00", "12:00", lesson_percent=50),
        make.some_hours("12:00", "14:00", lesson_percent=100),
    )
    problem = make.a_problem(schools=(a_school(hours=hours),))
    long = make.a_visit(start="08:00", end="14:00", students=12)
    # From 08:55 on, most of two hours lies in the cheaper part.
    assert shown(problem, long) == [(make.MONDAY, "09:05", "11:05", {"XII": 12})]


def test_a_tour_takes_place_on_the_earliest_date_that_does_as_well() -> None:
    problem = make.a_problem(schools=(a_school(),))
    late = make.a_visit(date=make.THURSDAY, start="07:10", end="09:10", students=12)
    assert shown(problem, late)[0][0] == make.MONDAY
    closed = a_school(closed=(make.a_range(make.MONDAY, make.TUESDAY),))
    assert shown(make.a_problem(schools=(closed,)), late)[0][0] == make.WEDNESDAY


def test_an_earlier_date_draws_no_blank_that_is_not_there() -> None:
    stock = Stock(opening=0, deliveries=(make.a_delivery(make.WEDNESDAY, 50),))
    problem = make.a_problem(schools=(a_school(),), stock=stock)
    late = make.a_visit(date=make.FRIDAY, start="07:10", end="09:10", students=12)
    assert shown(problem, late)[0][0] == make.WEDNESDAY


def test_dates_of_one_school_stay_apart_and_in_their_order() -> None:
    problem = make.a_problem(schools=(a_school(min_gap_days=1),))
    tuesday = make.a_visit(date=make.TUESDAY, start="07:10", end="09:10", students=12)
    friday = make.a_visit(date=make.FRIDAY, start="07:10", end="09:10", students=12)
    assert [one[0] for one in shown(problem, tuesday, friday)] == [make.MONDAY, make.WEDNESDAY]


def test_classes_are_kept_together() -> None:
    cohorts = (make.a_cohort("A", 6), make.a_cohort("B", 6), make.a_cohort("C", 6))
    problem = make.a_problem(schools=(a_school(cohorts=cohorts),))
    visits = [
        make.a_visit(date=day, start="07:10", end="08:40", students={"A": 3, "B": 3, "C": 3})
        for day in (make.MONDAY, make.TUESDAY)
    ]
    pupils = [one[3] for one in shown(problem, *visits)]
    assert sorted(len(one) for one in pupils if isinstance(one, dict)) == [2, 2]


def test_of_classes_that_count_alike_one_is_cut_at_most() -> None:
    cohorts = [make.a_cohort(name, 6) for name in "ABC"] + [make.a_cohort("D", 6, priority=2)]
    problem = make.a_problem(schools=(a_school(cohorts=tuple(cohorts)),))
    some = {"A": 2, "B": 4, "C": 3, "D": 4}
    visit = make.a_visit(start="07:10", end="09:20", students=some)
    assert [one[3] for one in shown(problem, visit)] == [{"A": 6, "B": 3, "D": 4}]


def test_pupils_whom_another_visit_records_stand_for_none() -> None:
    cohorts = tuple(make.a_cohort(name, 6) for name in "ABC")
    problem = make.a_problem(schools=(a_school(cohorts=cohorts),))
    known = make.a_visit(date=make.TUESDAY, start="07:10", end="07:40", students={"A": 3})
    visit = make.a_visit(start="07:10", end="08:10", students={"B": 3, "C": 3})
    pupils = [one[3] for one in shown(problem, visit, known, settled=[known])]
    assert pupils == [{"B": 6}, {"A": 3}]


def test_a_class_that_is_too_young_on_a_date_is_not_called_then() -> None:
    cohorts = (make.a_cohort("A", 6, record_from=make.TUESDAY), make.a_cohort("B", 6))
    problem = make.a_problem(schools=(a_school(cohorts=cohorts),))
    visits = (
        make.a_visit(date=make.MONDAY, start="07:10", end="07:40", students={"B": 3}),
        make.a_visit(date=make.TUESDAY, start="07:10", end="08:40", students={"A": 6, "B": 3}),
    )
    assert [one[3] for one in shown(problem, *visits)] == [{"B": 3}, {"A": 6, "B": 3}]


def test_classes_are_together_where_blanks_allow_it_only() -> None:
    """Those of A draw their blanks in the week after; on Monday there are three."""
    cohorts = (make.a_cohort("A", 6, card_from="2024-08-12"), make.a_cohort("B", 6))
    stock = Stock(opening=3, deliveries=(make.a_delivery(make.TUESDAY, 50),))
    problem = make.a_problem(schools=(a_school(cohorts=cohorts),), stock=stock)
    visits = (
        make.a_visit(date=make.MONDAY, start="07:10", end="08:10", students={"A": 3, "B": 3}),
        make.a_visit(date=make.TUESDAY, start="07:10", end="08:10", students={"A": 3, "B": 3}),
    )
    assert [one[3] for one in shown(problem, *visits)] == [{"A": 6}, {"B": 6}]


def test_a_plan_changed_by_hand_is_taken_up_with_its_dates() -> None:
    problem = make.a_problem(
        schools=(a_school(cohorts=12),), policy=Policy(tiers=((WeightedTerm(term="students"),),))
    )
    by_hand = make.a_plan(make.a_visit(date=make.THURSDAY, start="10:00", end="12:00", students=12))
    assert solve(problem, time_limit=5, deterministic=True, warm_start=by_hand).plan == by_hand
