"""replan(): promises stay, the plan stays near, and what it costs is told."""

from typing import Any
from unittest import mock

import pytest

from ektp_sched.desk.changes import (
    Change,
    HolidayAdded,
    KitsOut,
    SchoolAdded,
    SchoolAsks,
    SchoolClosed,
    TeamOff,
    VisitDone,
)
from ektp_sched.desk.replan.repair_search import steady, without_changes
from ektp_sched.desk.replan.replan import replan
from ektp_sched.desk.replan.result import Replanned
from ektp_sched.domain import Plan, Policy, Problem, Visit, WeightedTerm
from ektp_sched.domain.words import names
from ektp_sched.errors import PlanError, RequestError, SettingsError
from ektp_sched.rulebook import check
from ektp_sched.solve import CancelToken
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)

OFFICE = a_problem(schools=(a_school("S1", cohorts=40), a_school("S2", cohorts=40)), time_step=30)
PLAN = a_plan(a_visit("S1"), a_visit("S2", date=TUESDAY))


def replanned(
    *changes: Change, problem: Problem = OFFICE, plan: Plan = PLAN, **options: Any
) -> Replanned:
    search = {"time_limit": 20, "gap": 0, "deterministic": True}
    outcome = replan(problem, plan, changes, **{**search, **options})
    assert outcome.result.plan is not None
    assert check(outcome.problem, outcome.result.plan).ok
    return outcome


def visits_of(outcome: Replanned, school: str) -> list[Visit]:
    assert outcome.result.plan is not None
    return [visit for visit in outcome.result.plan.visits if visit.school == school]


def closed(school: str, first: str, last: str) -> SchoolClosed:
    return SchoolClosed.model_validate({"school": school, "start": first, "end": last})


def test_a_school_that_cancels_is_visited_on_another_date_and_the_others_stay() -> None:
    outcome = replanned(closed("S1", MONDAY, TUESDAY))
    (moved,) = outcome.diff.moved
    assert moved.before.school == "S1"
    assert str(moved.after.date) >= WEDNESDAY
    assert [visit.school for visit in outcome.diff.kept] == ["S2"]
    assert (outcome.costs[0].visits, outcome.costs[0].pupils, outcome.regained) == (1, 40, 40)
    assert (outcome.forced, outcome.recorded_after) == (1, 80)


def test_a_promise_that_cannot_be_kept_is_told_with_its_rule_and_change() -> None:
    plan = a_plan(a_visit("S1", status="confirmed"), a_visit("S2", date=TUESDAY))
    holiday = HolidayAdded.model_validate({"date": FRIDAY})
    outcome = replanned(holiday, closed("S1", MONDAY, FRIDAY), plan=plan)
    (promise,) = outcome.impossible
    assert (promise.change, [rule.rule for rule in promise.rules]) == (1, ["R2"])
    assert outcome.problem.commitments == ()
    assert visits_of(outcome, "S1") == []


def test_a_promise_broken_before_any_change_is_no_change_s_fault() -> None:
    plan = a_plan(a_visit("S1", status="confirmed", date="2024-08-03"))
    (promise,) = replanned(plan=plan).impossible
    assert (promise.change, promise.rules[0].rule) == (None, "R1")


def test_promises_stay_promises() -> None:
    plan = a_plan(a_visit("S1", status="confirmed"), a_visit("S2", date=TUESDAY))
    outcome = replanned(HolidayAdded.model_validate({"date": TUESDAY}), plan=plan)
    assert outcome.problem.commitments == plan.visits[:1]
    assert visits_of(outcome, "S1") == [plan.visits[0]]
    assert visits_of(outcome, "S2")[0].status == "proposed"


def test_frozen_visits_stay_and_are_promised_no_more_than_before() -> None:
    better = a_problem(schools=(a_school("S1", cohorts=40),), policy=Policy(tiers=((_travel(),),)))
    plan = a_plan(a_visit("S1"))
    frozen = replanned(problem=better, plan=plan, frozen_until=_date(TUESDAY))
    assert frozen.result.plan == plan
    assert frozen.problem.commitments == ()


def test_fewer_kits_keep_the_time_and_record_the_rest_later() -> None:
    plan = a_plan(a_visit("S1", status="confirmed"))
    kits = KitsOut.model_validate({"team": "A", "start": MONDAY, "end": MONDAY})
    outcome = replanned(kits, plan=plan)
    first, later = visits_of(outcome, "S1")
    assert (first.recorded, first.status, later.recorded) == (21, "confirmed", 19)
    assert outcome.impossible[0].now == first
    assert names(outcome.problem.teams)[first.team] == "Team A, 1 kit"


def test_changes_stay_within_the_cap() -> None:
    off = TeamOff.model_validate({"team": "A", "start": MONDAY, "end": MONDAY})
    eager = OFFICE.model_copy(update={"policy": Policy(tiers=((_travel(),), (_changes(),)))})
    free, capped = (replanned(off, problem=eager, max_changes=cap) for cap in (None, 1))
    assert free.diff.changes == 2  # without visits nobody drives
    assert capped.diff.changes == 1
    assert visits_of(capped, "S2") == [PLAN.visits[1]]


def test_more_forced_changes_than_the_cap_are_told_and_no_others_made() -> None:
    off = TeamOff.model_validate({"team": "A", "start": MONDAY, "end": TUESDAY})
    outcome = replanned(off, max_changes=1)
    assert (outcome.forced, outcome.max_changes, outcome.diff.changes) == (2, 1, 2)


def test_a_date_asked_for_is_promised() -> None:
    wish = SchoolAsks.model_validate({"school": "S1", "date": THURSDAY})
    outcome = replanned(wish)
    (visit,) = visits_of(outcome, "S1")
    assert (str(visit.date), visit.status, visit.recorded) == (THURSDAY, "confirmed", 40)
    assert visit in outcome.problem.commitments
    assert outcome.unmet == ()


def test_what_is_not_promised_makes_room_for_a_date_asked_for() -> None:
    school = a_school(
        "S1", cohorts=40, hours=({"days": ["tue"], "start": "07:00", "end": "10:00"},)
    )
    problem = a_problem(schools=(school, a_school("S2", cohorts=40)), time_step=30)
    plan = a_plan(a_visit("S2", date=TUESDAY))
    wish = SchoolAsks.model_validate({"school": "S1", "date": TUESDAY})
    outcome = replanned(wish, problem=problem, plan=plan)
    assert [str(visit.date) for visit in visits_of(outcome, "S1")] == [TUESDAY]
    assert outcome.recorded_standing == outcome.recorded_before - outcome.costs[0].pupils
    assert sum(visit.recorded for visit in visits_of(outcome, "S2")) == 40


@pytest.mark.parametrize(
    ("date", "reason"),
    [("2024-08-10", "no open hours"), (FRIDAY, "holiday"), (WEDNESDAY, "no team has time")],
)
def test_a_date_that_cannot_be_had_is_told_with_the_reason(date: str, reason: str) -> None:
    problem = OFFICE.model_copy(update={"end": _date("2024-08-11")})
    changes = (
        HolidayAdded.model_validate({"date": FRIDAY}),
        TeamOff.model_validate({"team": "A", "start": WEDNESDAY, "end": WEDNESDAY}),
        SchoolAsks.model_validate({"school": "S1", "date": date}),
    )
    (unmet,) = replanned(*changes, problem=problem).unmet
    assert (unmet.change, unmet.school, str(unmet.date)) == (2, "S1", date)
    assert reason in unmet.reason


def test_a_done_visit_is_history_and_the_absent_come_later() -> None:
    report = VisitDone.model_validate(
        {"school": "S1", "date": MONDAY, "recorded": {"XII": 28}, "absent": {"XII": 12}}
    )
    outcome = replanned(report, frozen_until=_date(TUESDAY))
    done, later = visits_of(outcome, "S1")
    assert (done.status, done.recorded, later.recorded) == ("done", 28, 12)
    assert outcome.costs[0].pupils == 12
    assert outcome.diff.changes == 0


def test_nothing_is_new_on_the_date_of_a_visit_done() -> None:
    report = VisitDone.model_validate({"school": "S1", "date": TUESDAY, "recorded": {"XII": 40}})
    plan = a_plan(a_visit("S1", date=TUESDAY))
    wish = SchoolAsks.model_validate({"school": "S2", "date": MONDAY})
    outcome = replanned(report, wish, plan=plan)
    (new,) = visits_of(outcome, "S2")
    assert str(new.date) >= WEDNESDAY
    assert outcome.unmet[0].reason == "it is past, or frozen"


def test_a_new_school_is_visited_and_nothing_else_changes() -> None:
    ways = {"B": 10, "S1": 10, "S2": 10}
    school = a_school("S3", cohorts=40)
    outcome = replanned(SchoolAdded(school=school, minutes=ways))
    assert [visit.school for visit in outcome.diff.added] == ["S3"]
    assert outcome.diff.changes == 0


def test_what_planning_afresh_gives_is_told() -> None:
    outcome = replanned(closed("S1", MONDAY, FRIDAY))
    assert outcome.afresh is not None
    assert (outcome.afresh.recorded, outcome.afresh.bound) == (40, 40)
    assert outcome.stability_cost == 0


def test_a_plan_by_tours_is_told_with_its_bound() -> None:
    with mock.patch("ektp_sched.solve.solver.EXACT_ARCS", -1):
        outcome = replanned(closed("S1", MONDAY, TUESDAY), max_changes=2, time_limit=8)
    assert outcome.result.method == "tours"
    assert outcome.recorded_after == 80
    bounds = {tier.term: tier.bound for tier in outcome.result.tiers}
    assert bounds["students - 10*changes"] == 80
    assert bounds["lessons"] is None


def test_a_cancelled_replan_gives_what_stands_filled() -> None:
    token = CancelToken()
    token.cancel()
    outcome = replanned(closed("S1", MONDAY, TUESDAY), cancel=token)
    assert [visit.school for visit in outcome.diff.kept] == ["S2"]


def test_bad_requests_are_refused() -> None:
    with pytest.raises(RequestError, match=r"changes\[0\] \(school_closed\).school: school 'X'"):
        replanned(closed("X", MONDAY, MONDAY))
    with pytest.raises(PlanError, match="'S9' is not in the problem"):
        replanned(plan=a_plan(a_visit("S9")))
    with pytest.raises(SettingsError, match="max_changes"):
        replanned(max_changes=-1)
    with pytest.raises(SettingsError, match="time_limit"):
        replanned(time_limit=0)


def test_changes_weigh_as_ten_pupils_unless_the_policy_says_otherwise() -> None:
    assert steady(Policy()).tiers[1] == (_term("students", 1), _term("changes", 10))
    stated = Policy(tiers=((_changes(),), (_term("students", 1),)))
    assert steady(stated) == stated
    assert without_changes(stated).tiers == ((_term("students", 1),),)
    no_pupils = Policy(tiers=((_term("schools", 1),), (_travel(),)))
    assert [tier[0].term for tier in steady(no_pupils).tiers] == ["schools", "changes", "travel"]
    assert without_changes(Policy(tiers=((_changes(),),))).tiers == ((_changes(),),)


def _term(term: Any, weight: int) -> WeightedTerm:
    return WeightedTerm(term=term, weight=weight)


def _changes() -> WeightedTerm:
    return _term("changes", 1)


def _travel() -> WeightedTerm:
    return _term("travel", 1)


def _date(day: str) -> Any:
    return a_visit(date=day).date
