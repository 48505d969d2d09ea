"""From visits to indices and back."""

import random

from ektp_sched.domain import Problem
from ektp_sched.engine.instance import FixedVisit, build_network, index_visits, plan_of
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_cohort,
    a_problem,
    a_school,
    a_team,
    a_visit,
)


def two_teams(**fields: object) -> Problem:
    """Team "Z" is stated before team "A"."""
    cohorts = (a_cohort("XI"), a_cohort("XII"))
    schools = tuple(a_school(f"S{n}", cohorts=cohorts) for n in (1, 2))
    return a_problem(schools=schools, teams=(a_team("Z"), a_team("A")), **fields)


def fixed(school: int, team: int, day: int, start: int, take: tuple[int, ...]) -> FixedVisit:
    times = {"team_day": 2 * day + team, "day": day, "start": start, "end": start + 60}
    return FixedVisit(school=school, team=team, take=take, **times)


def test_visits_in_indices() -> None:
    problem = two_teams()
    visits = [
        a_visit("S2", "A", TUESDAY, students={"XII": 4}),
        a_visit("S1", "Z", MONDAY, students={"XII": 4, "XI": 2}),
        a_visit("S1", "Z", "2024-08-02"),
        a_visit("S1", "Z", "2024-08-12"),
    ]
    found = index_visits(problem, visits, build_network(problem).team_day_at)
    places = [(visit.school, visit.team, visit.team_day, visit.day, visit.take) for visit in found]
    assert places == [
        (1, 1, 3, 1, (0, 4)),
        (0, 0, 0, 0, (2, 4)),
        (0, 0, -1, -3, (0, 40)),
        (0, 0, -1, 7, (0, 40)),
    ]
    assert {(visit.start, visit.end) for visit in found} == {(480, 600)}


def test_a_plan_is_ordered_by_date_team_and_start_and_leaves_empty_cohorts_out() -> None:
    problem = two_teams()
    visits = [
        fixed(0, 0, 0, 480, (2, 4)),
        fixed(1, 0, 0, 600, (0, 4)),
        fixed(0, 1, 0, 420, (3, 0)),
        fixed(1, 0, 1, 420, (1, 1)),
    ]
    shuffled = random.Random(3).sample(visits, len(visits))
    plan = plan_of(problem, build_network(problem), shuffled)
    assert plan.visits == (
        a_visit("S1", "Z", MONDAY, "08:00", "09:00", students={"XI": 2, "XII": 4}),
        a_visit("S2", "Z", MONDAY, "10:00", "11:00", students={"XII": 4}),
        a_visit("S1", "A", MONDAY, "07:00", "08:00", students={"XI": 3}),
        a_visit("S2", "Z", TUESDAY, "07:00", "08:00", students={"XI": 1, "XII": 1}),
    )


def test_commitments_come_back_as_they_were_stated() -> None:
    promised = a_visit("S1", "A", FRIDAY, students=40, status="confirmed")
    history = a_visit("S1", "Z", MONDAY, "08:03", "09:01", students=40, status="done")
    before = a_visit("S2", "Z", "2024-08-02", students=40, status="done")
    idea = a_visit("S2", "Z", TUESDAY, status="proposed")
    problem = two_teams(commitments=(promised, idea, history, before))
    network = build_network(problem)
    new = fixed(1, 1, 0, 420, (3, 0))
    plan = plan_of(problem, network, [*network.confirmed, new])
    proposed = a_visit("S2", "A", MONDAY, "07:00", "08:00", students={"XI": 3})
    assert plan.visits == (before, history, proposed, promised)


def test_there_and_back_again() -> None:
    problem = two_teams()
    network = build_network(problem)
    visits = (fixed(0, 0, 0, 480, (2, 4)), fixed(1, 1, 4, 600, (0, 4)))
    plan = plan_of(problem, network, visits)
    assert index_visits(problem, plan.visits, network.team_day_at) == visits
