"""What the arrays allow for one visit, the checker allows, and the other way round."""

from hypothesis import assume, event, given
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.engine.instance import build_network, index_visits
from ektp_sched.rulebook import check
from tests.strategies import single_visits, tiny_problems

OF_ONE_VISIT = {"R1", "R2", "R3", "R6", "R9", "R14"}


@st.composite
def visits_of_problems(draw: st.DrawFn) -> tuple[Problem, Visit]:
    problem = draw(tiny_problems())
    visit = draw(single_visits(problem)).model_copy(update={"status": "proposed"})
    return problem.model_copy(update={"commitments": ()}), visit


@given(visits_of_problems())
def test_one_visit_is_allowed_by_both_or_neither(case: tuple[Problem, Visit]) -> None:
    problem, visit = case
    assume(visit.recorded)  # R10, a rule of a school's visits together, forbids the others
    violations = check(problem, Plan(visits=(visit,))).violations
    by_checker = not {violation.rule for violation in violations} & OF_ONE_VISIT
    network = build_network(problem)
    (one,) = index_visits(problem, [visit], network.team_day_at)
    by_arrays = network.allows(
        team=one.team,
        school=one.school,
        day=one.day,
        start=one.start,
        end=one.end,
        pupils=one.recorded,
    )
    event(f"allowed: {by_checker}")
    assert by_arrays == by_checker, violations
