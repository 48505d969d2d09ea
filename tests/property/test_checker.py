"""The checker on arbitrary plans: it always answers, and the order of visits is no matter."""

from hypothesis import given
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.rulebook import check
from tests.strategies import loose_plans, single_visits, tiny_problems

OF_ONE_VISIT = frozenset({"R1", "R2", "R6", "R9", "R14"})
NEVER_REPAIRED = OF_ONE_VISIT | {"R7", "R8", "R11"}


@st.composite
def judged_plans(draw: st.DrawFn) -> tuple[Problem, Plan]:
    """A problem and some visits of it, most of which break some rule."""
    problem = draw(tiny_problems())
    plan = draw(loose_plans(problem))
    wild = draw(st.lists(single_visits(problem), max_size=1))
    promised = problem.commitments if draw(st.booleans()) else ()
    return problem, Plan(visits=(*promised, *plan.visits, *wild))


def broken(problem: Problem, visits: tuple[Visit, ...]) -> set[str]:
    return {violation.rule for violation in check(problem, Plan(visits=visits)).violations}


@given(judged_plans())
def test_every_violation_names_visits_of_the_plan_and_an_amount(case: tuple[Problem, Plan]) -> None:
    problem, plan = case
    for violation in check(problem, plan).violations:
        assert all(0 <= index < len(plan.visits) for index in violation.visits)
        assert violation.by >= 1
        assert violation.message


@given(judged_plans(), st.data())
def test_the_order_of_visits_does_not_matter(
    case: tuple[Problem, Plan], data: st.DataObject
) -> None:
    problem, plan = case
    turned = Plan(visits=tuple(data.draw(st.permutations(plan.visits))))
    one, other = check(problem, plan), check(problem, turned)
    rules = [violation.rule for violation in one.violations]
    assert rules == [violation.rule for violation in other.violations]
    assert (one.ledger.rows, one.ledger.backlog) == (other.ledger.rows, other.ledger.backlog)
    if "R4" not in rules:  # two stays at once have no order to drive in
        assert one.score == other.score


@given(judged_plans(), st.data())
def test_leaving_a_visit_out_never_breaks_these_rules(
    case: tuple[Problem, Plan], data: st.DataObject
) -> None:
    """What the enumeration of plans relies on when it gives one up early."""
    problem, plan = case
    free = [n for n, visit in enumerate(plan.visits) if visit.status == "proposed"]
    left_out = data.draw(st.sets(st.sampled_from(free))) if free else set()
    fewer = tuple(visit for n, visit in enumerate(plan.visits) if n not in left_out)
    assert broken(problem, fewer) & NEVER_REPAIRED <= broken(problem, plan.visits)


@given(judged_plans())
def test_rules_of_one_visit_do_not_look_at_the_others(case: tuple[Problem, Plan]) -> None:
    problem, plan = case
    alone = set[str]().union(*(broken(problem, (visit,)) for visit in plan.visits))
    assert alone & OF_ONE_VISIT == broken(problem, plan.visits) & OF_ONE_VISIT
