"""Commitments that look impossible alone."""

from ektp_sched.domain import MatrixTravel, Plan
from ektp_sched.rulebook import check
from ektp_sched.solve import solve
from tests.builders import TUESDAY, a_problem, a_school, a_team, a_visit


def test_a_visit_on_the_way_may_keep_a_promise_within_the_travel_limit() -> None:
    ways = MatrixTravel(places=("B", "S1", "S2"), minutes=((0, 60, 10), (20, 0, 60), (60, 10, 0)))
    promised = a_visit("S1", date=TUESDAY, start="10:00", end="12:00", status="confirmed")
    problem = a_problem(
        schools=(a_school("S1"), a_school("S2")),
        teams=(a_team(max_travel_minutes=45),),
        travel=ways,
        commitments=(promised,),
    )
    alone = check(problem, Plan(visits=(promised,))).violations
    assert [violation.rule for violation in alone] == ["R12"]
    result = solve(problem, time_limit=20)
    assert result.plan is not None
    assert check(problem, result.plan).ok
    assert promised in result.plan.visits
