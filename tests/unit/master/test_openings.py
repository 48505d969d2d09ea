from ektp_sched.domain import Problem, Visit
from ektp_sched.engine.instance import build_network, index_visits
from ektp_sched.engine.search.openings import Opening, Openings
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_break,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
)


def openings(problem: Problem, *visits: Visit) -> list[Opening]:
    """The openings of the first school."""
    network = build_network(problem)
    fixed = index_visits(problem, visits, network.team_day_at)
    return Openings(network, problem.policy.tiers, 0, fixed).found()


def times(found: list[Opening]) -> list[tuple[int, int, int]]:
    return [(one.visit.day, one.visit.start, one.visit.recorded) for one in found]


def test_one_opening_for_each_half_of_each_team_day() -> None:
    problem = a_problem(schools=(a_school("S1", cohorts=20),), end=TUESDAY)
    assert sorted(times(openings(problem))) == [
        (0, 430, 20),
        (0, 720, 20),
        (1, 430, 20),
        (1, 720, 20),
    ]


def test_no_opening_where_the_school_is_closed_or_the_team_cannot_come() -> None:
    closed = a_school("S1", closed=(a_range(MONDAY, MONDAY),))
    assert {day for day, *_ in times(openings(a_problem(schools=(closed,), end=TUESDAY)))} == {1}
    assert openings(a_problem(schools=(a_school("S1", needs={"braille"}),))) == []


def test_no_second_visit_by_the_team_on_a_date() -> None:
    problem = a_problem(schools=(a_school("S1"),), end=MONDAY)
    confirmed = a_visit("S1", students=40, status="confirmed")
    promised = problem.model_copy(update={"commitments": (confirmed,)})
    assert openings(promised, confirmed) == []


def test_a_stop_in_the_way_gives_way_where_it_has_to() -> None:
    problem = a_problem(
        schools=(a_school("S1"), a_school("S2")),
        teams=(a_team(shifts=(a_shift("07:00", "12:00"),)),),
        end=MONDAY,
    )
    (alone,) = openings(problem, a_visit("S2", start="07:10", end="11:40", students=100))
    assert alone.others == ()
    (beside, *_) = openings(problem, a_visit("S2", start="10:00", end="11:00", students=8))
    assert [visit.recorded for visit in beside.others] == [8]


def test_the_break_is_kept_free() -> None:
    team = a_team(breaks=(a_break(60, "11:30", "13:00"),))
    problem = a_problem(schools=(a_school("S1", cohorts=20),), teams=(team,), end=MONDAY)
    for one in openings(problem):
        assert one.visit.end <= 12 * 60 or one.visit.start >= 12 * 60 + 30


def test_a_team_with_its_day_full_comes_only_if_a_stop_gives_way() -> None:
    problem = a_problem(
        schools=(a_school("S1", cohorts=20), a_school("S2", cohorts=20)),
        teams=(a_team(max_visits_per_day=1),),
        end=MONDAY,
    )
    found = openings(problem, a_visit("S2", students=20))
    assert found
    assert all(one.others == () for one in found)
