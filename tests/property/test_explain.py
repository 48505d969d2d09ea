"""What explain() says about random small offices, held against solves that are not its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ektp_sched.desk.explain import explain
from ektp_sched.desk.explaining.values import Explanation, MoveVisit, Remedy
from ektp_sched.desk.promises import promised, with_status
from ektp_sched.desk.reliefs import MoreBlanks
from ektp_sched.domain import Plan, Policy, Problem, School, Visit, WeightedTerm
from ektp_sched.rulebook import check
from ektp_sched.solve import Result, solve
from tests.solving import solved
from tests.strategies import tiny_problems

SOME = max(15, settings().max_examples // 4)
PUPILS = Policy(tiers=((WeightedTerm(term="students"),),))
Case = tuple[Problem, Plan, str]


@st.composite
def crowded(draw: st.DrawFn) -> Problem:
    """A tiny problem with more pupils than usual and perhaps fewer cards."""
    problem = draw(tiny_problems())
    times = draw(st.sampled_from((4, 8, 1)))

    def with_more(school: School) -> School:
        cohorts = (c.model_copy(update={"students": times * c.students}) for c in school.cohorts)
        return school.model_copy(update={"cohorts": tuple(cohorts)})

    cards = draw(st.sampled_from((problem.stock.opening, 30, 10)))
    policy = draw(st.sampled_from((PUPILS, problem.policy)))
    return problem.model_copy(
        update={
            "schools": tuple(map(with_more, problem.schools)),
            "policy": policy,
            "stock": problem.stock.model_copy(update={"opening": cards}),
        }
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A problem, a plan (the best, or fewer visits, some of them confirmed), and a school."""
    problem = draw(crowded())
    result = solved(problem)
    assume(result.plan is not None and problem.schools)
    assert result.plan is not None
    school = draw(st.sampled_from([school.id for school in problem.schools]))
    visits = []
    for visit in result.plan.visits:
        fate = draw(st.integers(0, 5)) if visit.status == "proposed" else 0
        if fate < 5:
            visits.append(with_status(visit, "confirmed") if fate in (1, 2) else visit)
    plan = Plan(visits=tuple(visits))
    assume(check(problem, plan).ok)
    return problem, plan, school


def explained(problem: Problem, plan: Plan, school: str) -> Explanation:
    return explain(problem, plan, school, time_limit=20, deterministic=True)


def recorded(visits: Iterable[Visit], school: str) -> int:
    return sum(visit.recorded for visit in visits if visit.school == school)


def beside(problem: Problem, school: str, kept: Sequence[Visit]) -> Result:
    """Solve for the pupils of one school: all others keep just these visits."""
    counts = Counter(visit.school for visit in kept)
    schools = []
    for one in problem.schools:
        here = one.id == school
        cohorts = [c.model_copy(update={"priority": int(here)}) for c in one.cohorts]
        changes: dict[str, Any] = {"cohorts": tuple(cohorts)}
        if not here:
            changes["max_visits"] = min(one.max_visits, counts[one.id])
        schools.append(one.model_copy(update=changes))
    promises = tuple(
        visit if visit.status == "done" else visit.model_copy(update={"status": "confirmed"})
        for visit in kept
    )
    changed = {"schools": tuple(schools), "policy": PUPILS, "commitments": promises}
    return solve(problem.model_copy(update=changed), time_limit=2, gap=0, deterministic=True)


def kept_visits(problem: Problem, plan: Plan, school: str, level: str) -> list[Visit]:
    promises = promised(problem, plan)
    own = [visit for visit in promises if visit.school == school]
    if level == "nothing":
        firm = [v for v in problem.commitments if v.status in ("confirmed", "done")]
        return [v for v in firm if v.school == school]
    if level == "promises":
        return promises
    return own + [visit for visit in plan.visits if visit.school != school]


@settings(max_examples=SOME)
@given(cases())
def test_what_is_proven_holds_when_only_that_school_is_planned(case: Case) -> None:
    problem, plan, school = case
    found = explained(problem, plan, school)
    total = found.recorded + sum(found.left.values())
    for reason in found.reasons:
        event(f"{reason.tag} {reason.code} beside {reason.beside}")
        if reason.tag == "proven":
            result = beside(problem, school, kept_visits(problem, plan, school, reason.beside))
            if result.plan is not None:
                assert recorded(result.plan.visits, school) <= total - reason.pupils


@settings(max_examples=SOME)
@given(cases())
def test_a_school_has_reasons_unless_it_is_fully_served(case: Case) -> None:
    problem, plan, school = case
    found = explained(problem, plan, school)
    assert found.recorded == recorded(plan.visits, school)
    if found.left:
        assert found.reasons
    else:
        assert not found.reasons
        assert not found.remedies


@settings(max_examples=SOME)
@given(cases())
def test_every_remedy_serves_the_school_when_it_is_applied(case: Case) -> None:
    problem, plan, school = case
    before = recorded(plan.visits, school)
    for remedy in explained(problem, plan, school).remedies:
        event(" and ".join(relief.kind for relief in remedy.reliefs))
        eased = applied(problem, remedy)
        assert check(eased, remedy.plan).ok
        assert recorded(remedy.plan.visits, school) == before + remedy.gain > before
        assert_nothing_lost(plan, remedy, school)
        again = beside(eased, school, kept_visits(eased, remedy.plan, school, "plan"))
        assert again.plan is not None
        assert recorded(again.plan.visits, school) >= before + remedy.gain or not proven(again)
        assert_smallest(case, remedy)


def applied(problem: Problem, remedy: Remedy) -> Problem:
    for relief in remedy.reliefs:
        if isinstance(relief, MoveVisit):
            rest = tuple(v for v in problem.commitments if v != relief.visit)
            problem = problem.model_copy(update={"commitments": rest})
        else:
            problem = relief.apply(problem)
    return problem


def assert_nothing_lost(plan: Plan, remedy: Remedy, school: str) -> None:
    """All visits of others are there, but for one that moves with all its pupils."""
    moves = [relief for relief in remedy.reliefs if isinstance(relief, MoveVisit)]
    gone = [move.visit for move in moves]
    for visit in plan.visits:
        if visit.school != school and visit.status != "contingent" and visit not in gone:
            assert visit in remedy.plan.visits
    for move in moves:
        assert move.to in remedy.plan.visits
        assert move.to.students == move.visit.students
        assert move.visit not in remedy.plan.visits


def assert_smallest(case: Case, remedy: Remedy) -> None:
    """One blank fewer, even on the first date, would not do as much."""
    problem, plan, school = case
    relief = remedy.reliefs[0]
    if len(remedy.reliefs) == 1 and isinstance(relief, MoreBlanks) and remedy.smallest:
        fewer = MoreBlanks(date=problem.start, cards=relief.cards - 1).apply(problem)
        result = beside(fewer, school, kept_visits(problem, plan, school, "plan"))
        assert result.plan is not None
        assert recorded(result.plan.visits, school) < recorded(remedy.plan.visits, school)


def proven(result: Result) -> bool:
    return result.status == "optimal"


@settings(max_examples=5)
@given(cases())
def test_a_deterministic_explanation_repeats_itself(case: Case) -> None:
    assert explained(*case) == explained(*case)
