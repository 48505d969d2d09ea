"""Contradiction sets of random small offices are minimal, by solves that are not its own."""

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ektp_sched.desk.contradiction import contradiction
from ektp_sched.desk.promises import place_of, with_status
from ektp_sched.domain import Problem, Visit
from tests.solving import solved
from tests.strategies import loose_plans, tiny_problems

SOME = max(25, settings().max_examples // 3)


@st.composite
def promising(draw: st.DrawFn) -> Problem:
    """A tiny problem with up to six promises, done ones among them, that may contradict."""
    problem = draw(tiny_problems())
    assume(problem.schools and problem.teams)
    plan = draw(loose_plans(problem, most=6))
    promises = {place_of(visit): visit for visit in plan.visits}.values()
    statuses = (draw(st.sampled_from(("confirmed", "confirmed", "done"))) for _ in promises)
    firm = tuple(map(with_status, promises, statuses))
    return problem.model_copy(update={"commitments": firm})


def can_be_kept(problem: Problem, visits: tuple[Visit, ...]) -> bool:
    return solved(problem.model_copy(update={"commitments": visits})).plan is not None


@settings(max_examples=SOME)
@given(promising())
def test_a_contradiction_is_minimal_and_there_is_one_where_no_plan_is(problem: Problem) -> None:
    found = contradiction(problem, time_limit=60, deterministic=True)
    assert (found is None) == can_be_kept(problem, problem.commitments)
    if found is None:
        return
    event(f"{len(found.visits)} visits")
    assert found.minimal
    assert found.violations
    assert not can_be_kept(problem, found.visits)
    for visit in found.visits:
        assert can_be_kept(problem, tuple(one for one in found.visits if one != visit))
