import pytest

from ektp_sched.desk.explain.explain import explain
from ektp_sched.desk.explain.overview import left_over, why_left_over
from ektp_sched.domain import Plan, Problem
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import RequestError, SettingsError
from tests.builders import a_plan, a_problem, a_school, a_visit

PROBLEM = a_problem(
    schools=(
        a_school("S1", cohorts=40),
        a_school("S2", cohorts=20, needs=("signs",)),
        a_school("S3", cohorts=60, max_visits=1),
    )
)
PLAN = a_plan(a_visit("S1", students=40), a_visit("S3", start="11:00", end="13:00", students=20))


def test_schools_with_pupils_left_are_named_most_left_first() -> None:
    assert list(why_left_over(PROBLEM, PLAN)) == ["S3", "S2"]


def test_without_time_each_has_the_reason_that_it_has_at_a_glance() -> None:
    found = why_left_over(PROBLEM, PLAN)
    glance = {one.school: (one.code, one.tag) for one in left_over(PROBLEM, PLAN)}
    assert {school: (one.code, one.tag) for school, (one,) in found.items()} == glance


def test_with_time_each_has_the_reasons_that_explain_finds() -> None:
    found = why_left_over(PROBLEM, PLAN, time_limit=60, deterministic=True)
    for school in ("S2", "S3"):
        alone = explain(PROBLEM, PLAN, school, time_limit=60, deterministic=True)
        assert found[school] == alone.reasons


def test_who_stops_it_has_the_likely_reasons() -> None:
    token = CancelToken()
    token.cancel()
    assert why_left_over(PROBLEM, PLAN, time_limit=60, cancel=token) == why_left_over(PROBLEM, PLAN)


@pytest.mark.parametrize(
    ("problem", "plan"), [(PROBLEM, a_plan(a_visit("S1", students=40))), (a_problem(), a_plan())]
)
def test_contingent_visits_are_left_out(problem: Problem, plan: Plan) -> None:
    contingent = [one.model_copy(update={"status": "contingent"}) for one in plan.visits]
    assert why_left_over(problem, a_plan(*contingent)) == why_left_over(problem, a_plan())


def test_a_plan_that_breaks_rules_is_refused() -> None:
    with pytest.raises(RequestError):
        why_left_over(PROBLEM, a_plan(a_visit("S2", students=20)))


def test_time_is_never_negative() -> None:
    with pytest.raises(SettingsError):
        why_left_over(PROBLEM, PLAN, time_limit=-1)
