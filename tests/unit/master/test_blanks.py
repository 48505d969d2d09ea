from ektp_sched.domain import Problem, Stock, Visit
from ektp_sched.engine.instance import FixedVisit, Network, build_network, index_visits
from ektp_sched.engine.search.pupils import topped_up, within_blanks
from tests.builders import MONDAY, TUESDAY, WEDNESDAY, a_cohort, a_problem, a_school, a_visit


def an_office(opening: int, **fields: object) -> Problem:
    schools = (a_school("S1"), a_school("S2"), a_school("S3"))
    return a_problem(**{"schools": schools, "stock": Stock(opening=opening), **fields})


def indexed(problem: Problem, *visits: Visit) -> tuple[Network, tuple[FixedVisit, ...]]:
    network = build_network(problem)
    return network, index_visits(problem, visits, network.team_day_at)


THREE = (
    a_visit("S1", students=40),
    a_visit("S2", date=TUESDAY, students=25),
    a_visit("S3", date=WEDNESDAY, students=30),
)


def pupils_within(problem: Problem, *visits: Visit, firm: int = 0) -> list[tuple[int, int]] | None:
    network, fixed = indexed(problem, *visits)
    kept = within_blanks(network, fixed, firm=frozenset(fixed[:firm]))
    return None if kept is None else [(visit.school, visit.recorded) for visit in kept]


def test_where_blanks_suffice_all_stay() -> None:
    assert pupils_within(an_office(95), *THREE) == [(0, 40), (1, 25), (2, 30)]


def test_the_smallest_visit_that_has_enough_gives_pupils_up() -> None:
    assert pupils_within(an_office(90), *THREE) == [(0, 40), (1, 20), (2, 30)]


def test_a_visit_that_would_be_too_small_falls() -> None:
    assert pupils_within(an_office(75), *THREE) == [(0, 40), (2, 30)]


def test_where_none_has_enough_the_largest_gives_first() -> None:
    assert pupils_within(an_office(45), *THREE) == [(1, 15), (2, 30)]


def test_firm_visits_give_nothing() -> None:
    assert pupils_within(an_office(40), *THREE, firm=1) == [(0, 40)]
    assert pupils_within(an_office(39), *THREE, firm=1) is None


def test_pupils_whose_card_is_not_due_are_kept() -> None:
    cohorts = (a_cohort("due", 60), a_cohort("later", 40, card_from="2025-01-01"))
    problem = a_problem(schools=(a_school("S1", cohorts=cohorts),), stock=Stock(opening=20))
    network, fixed = indexed(problem, a_visit("S1", students={"due": 30, "later": 20}))
    (left,) = within_blanks(network, fixed, firm=frozenset()) or []
    assert left.take == (20, 20)


def test_a_visit_is_topped_up_as_far_as_blanks_go() -> None:
    problem = an_office(100)
    network, fixed = indexed(problem, *THREE)
    fuller = topped_up(network, problem.policy.tiers, fixed, firm=frozenset(fixed[1:2]))
    # Two hours less 45 minutes, two kits, 210 seconds: 42 pupils.
    assert [visit.recorded for visit in fuller] == [42, 25, 33]


def test_a_visit_that_cannot_record_more_stays_as_it_is() -> None:
    problem = an_office(95)
    network, fixed = indexed(problem, *THREE)
    assert topped_up(network, problem.policy.tiers, fixed, firm=frozenset()) == list(fixed)
    assert str(problem.start) == MONDAY
