"""replan() on small problems with a plan, after random changes."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.desk.changes import Change, SchoolAsks
from ektp_sched.desk.promises import committed_to, with_status
from ektp_sched.desk.replan.repair_search import quiet_until, quietened, rank, steady, with_policy
from ektp_sched.desk.replan.replan import replan
from ektp_sched.desk.replan.result import Replanned
from ektp_sched.desk.replan.standing import carrying, must_stay, standing
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.errors import RequestError
from ektp_sched.rulebook import check
from tests.solving import assert_stays_are_short, judged, solved
from tests.strategies import planned_problems
from tests.strategies.changes import change_lists

SOME = max(8, settings().max_examples // 8)


@dataclass(frozen=True)
class Case:
    """A problem with its plan, and what has happened."""

    problem: Problem
    plan: Plan
    changes: list[Change]
    frozen_until: date | None


@st.composite
def cases(draw: st.DrawFn) -> Case:
    problem, plan = draw(planned_problems())
    first = problem.start + timedelta(days=1)
    frozen = draw(st.none() | st.just(first))
    return Case(problem, plan, draw(change_lists(problem, plan)), frozen)


def replanned(case: Case, *, max_changes: int | None = None) -> Replanned:
    """What comes of it, if the changes can all be true."""
    note(case.problem.model_dump_json())
    note(case.plan.model_dump_json())
    note(str(case.changes))
    try:
        return replan(
            case.problem,
            case.plan,
            case.changes,
            max_changes=max_changes,
            frozen_until=case.frozen_until,
            time_limit=40,
            gap=0,
            deterministic=True,
        )
    except RequestError:
        assume(False)
        raise


def new_plan(outcome: Replanned) -> Plan:
    assert outcome.result.plan is not None
    return outcome.result.plan


def identities(plan: Plan) -> list[str]:
    return sorted(visit.model_dump_json() for visit in plan.visits)


@settings(max_examples=SOME)
@given(cases())
def test_the_plan_breaks_no_rule_and_is_worth_what_is_told(case: Case) -> None:
    outcome = replanned(case)
    plan = new_plan(outcome)
    assert judged(outcome.problem, plan).violations == ()
    assert_stays_are_short(outcome.problem, plan, case.plan)
    assert outcome.recorded_after == sum(visit.recorded for visit in plan.visits)
    for tier in outcome.result.tiers:
        if tier.bound is not None:
            beyond = tier.bound - tier.value if tier.sense == "max" else tier.value - tier.bound
            assert beyond >= 0


@settings(max_examples=SOME)
@given(cases())
def test_what_was_promised_and_is_possible_is_not_moved(case: Case) -> None:
    outcome = replanned(case)
    plan = new_plan(outcome)
    promised = [v for v in outcome.published.visits if must_stay(v, case.frozen_until)]
    there = [visit for visit in promised if is_in(visit, plan)]
    for visit in promised:
        if visit not in there:
            assert visit in [promise.visit for promise in outcome.impossible]
            together = Plan(visits=(*there, visit))
            assert {one.rule for one in check(outcome.problem, together).violations} - {"R13"}


@settings(max_examples=SOME)
@given(cases())
def test_nothing_is_new_on_dates_that_are_past_or_frozen(case: Case) -> None:
    outcome = replanned(case)
    until = quiet_until(outcome.problem, case.frozen_until)
    one_team = {s.id for s in outcome.problem.schools if s.max_teams_per_day == 1}
    new = [visit for visit in outcome.diff.added if visit.school in one_team]
    new += [pair.after for pair in outcome.diff.moved if pair.after.school in one_team]
    assert all(visit.date >= until for visit in new)


@settings(max_examples=SOME)
@given(cases())
def test_the_differences_lead_from_the_old_plan_to_the_new_one(case: Case) -> None:
    outcome = replanned(case)
    plan = new_plan(outcome)
    assert identities(outcome.diff.apply(outcome.published)) == identities(plan)
    score = check(outcome.problem, plan, baseline=outcome.published).score
    assert outcome.diff.changes == score.changes


@settings(max_examples=SOME)
@given(cases(), st.integers(0, 2))
def test_no_more_is_changed_than_allowed_or_forced(case: Case, most: int) -> None:
    outcome = replanned(case, max_changes=most)
    assert outcome.diff.changes <= max(most, outcome.forced)


@settings(max_examples=SOME)
@given(cases())
def test_it_is_never_worse_than_what_stands_of_the_old_plan_filled_up(case: Case) -> None:
    assume(not any(isinstance(change, SchoolAsks) for change in case.changes))
    outcome = replanned(case)
    published, problem = outcome.published, outcome.problem
    carried = problem.model_copy(update={"commitments": published.visits})
    stand = standing(carried, frozen_until=case.frozen_until)
    firm = (v if v.status == "done" else with_status(v, "confirmed") for v in stand.visits)
    policy = steady(problem.policy)
    until = quiet_until(carried, case.frozen_until)
    open_still = quietened(with_policy(problem, policy), stand.visits, until)
    filled = solved(committed_to(open_still, firm), baseline=published).plan
    assert filled is not None
    reached = rank(problem, policy, new_plan(outcome), published)
    assert reached >= rank(problem, policy, as_proposed(filled), published)


@settings(max_examples=SOME)
@given(planned_problems())
def test_without_changes_an_optimal_plan_stays_as_it_is(case: tuple[Problem, Plan]) -> None:
    problem, _ = case
    best = solved(problem)
    assume(best.status == "optimal")
    assert best.plan is not None
    outcome = replanned(Case(problem, best.plan, [], None))
    assert identities(new_plan(outcome)) == identities(best.plan)
    assert carrying(problem, best.plan).commitments == outcome.published.visits


def is_in(visit: Visit, plan: Plan) -> bool:
    """Whether a plan has a visit as it was, whatever its status."""
    return any(with_status(one, visit.status) == visit for one in plan.visits)


def as_proposed(plan: Plan) -> Plan:
    """A plan without promises, so that only its worth is asked."""
    return Plan(
        visits=tuple(v if v.status == "done" else with_status(v, "proposed") for v in plan.visits)
    )
