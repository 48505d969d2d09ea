import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ektp_sched.desk.explain.explain import explain
from ektp_sched.desk.explain.overview import left_over
from ektp_sched.desk.explain.values import Explanation, MoveVisit, Reason, Remedy
from ektp_sched.domain import Plan, Problem, Stock
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import PlanError, RequestError, SettingsError
from ektp_sched.files import load_problem
from ektp_sched.rulebook import check
from ektp_sched.solve import solve
from ektp_sched.texts.language import Language, speaking
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_break,
    a_cohort,
    a_delivery,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)

A_DAY = {"start": "07:30", "end": "15:00"}  # a visit that fills the usual day


def explained(problem: Problem, plan: Plan, school: str = "S1", **options: Any) -> Explanation:
    return explain(problem, plan, school, time_limit=200, deterministic=True, **options)


def told(found: Explanation) -> list[tuple[str, str]]:
    assert all(reason.tag == "proven" for reason in found.reasons)
    return [(reason.code, reason.beside) for reason in found.reasons]


def reason(found: Explanation, code: str) -> Reason:
    (one,) = (reason for reason in found.reasons if reason.code == code)
    return one


def remedy(found: Explanation, *kinds: str) -> Remedy:
    (one,) = (r for r in found.remedies if [relief.kind for relief in r.reliefs] == list(kinds))
    return one


UNREACHABLE: dict[str, dict[str, Any]] = {
    "no_open_hours": {"hours": (some_hours(days=("sat",)),)},
    "hours_too_short": {"hours": (some_hours("08:00", "08:50"),)},
    "outside_shifts": {"hours": (some_hours("16:00", "18:00"),)},
    "too_far": {"hours": (some_hours("14:50", "16:00"),)},
    "no_skills": {"needs": {"slb"}},
    "no_visits_left": {"max_visits": 0},
}


@pytest.mark.parametrize("code", UNREACHABLE)
def test_a_school_that_no_team_can_visit_is_told_why(code: str) -> None:
    found = explained(a_problem(schools=(a_school(**UNREACHABLE[code]),)), a_plan())
    assert told(found) == [(code, "nothing")]
    assert reason(found, code).pupils == 100
    assert found.most_alone == 0
    assert "No team can visit it, whatever else is planned" in reason(found, code).sentence


@pytest.mark.parametrize(
    ("code", "team"),
    [
        ("max_travel", {"max_travel_minutes": 15}),
        ("no_break", {"breaks": (a_break(500, "07:00", "16:00"),)}),
    ],
)
def test_so_is_one_that_the_teams_own_limits_keep_out(code: str, team: dict[str, Any]) -> None:
    found = explained(a_problem(teams=(a_team(**team),)), a_plan())
    assert told(found) == [(code, "nothing")]


def test_pupils_who_are_not_16_in_time() -> None:
    young = a_cohort("XI", 30, record_from="2024-08-12", card_from="2025-08-12")
    school = a_school(cohorts=(a_cohort("XII", 40), young))
    found = explained(a_problem(schools=(school,)), a_plan(a_visit()))
    assert found.left == {"XI": 30}
    assert told(found) == [("not_yet_16", "nothing")]
    assert reason(found, "not_yet_16").details == {"cohort": "XI", "record_from": "2024-08-12"}
    assert "turn 16 on Mon 2024-08-12" in reason(found, "not_yet_16").sentence
    assert found.remedies == ()


def test_pupils_who_are_16_after_the_last_date_on_which_a_team_can_come() -> None:
    young = a_cohort("XI", 30, record_from=FRIDAY, card_from="2025-08-12")
    school = a_school(cohorts=(young,), not_after="2024-08-08")
    found = explained(a_problem(schools=(school,)), a_plan())
    assert told(found) == [("not_yet_16", "nothing")]
    assert (
        "the last date on which it is open and a team works, Thu 2024-08-08"
        in found.reasons[0].sentence
    )


def test_visits_that_are_used_up() -> None:
    school = a_school(cohorts=300, max_visits=1)
    plan = a_plan(a_visit(students=200, **A_DAY))
    found = explained(a_problem(schools=(school,)), plan)
    assert ("visits_used_up", "nothing") in told(found)
    assert reason(found, "visits_used_up").details["max_visits"] == 1
    best = remedy(found, "more_visits")
    assert (best.gain, best.smallest) == (100, True)
    assert best.sentence == (
        "2 visits allowed to SMA 1, instead of 1: 100 pupils more, all of them; 42 of them without "
        "it, too."
    )


def test_visits_too_close_and_teams_at_once() -> None:
    two = (a_team("A"), a_team("B"))
    school = a_school(cohorts=400, min_gap_days=3)
    plan = a_plan(a_visit(students=200, **A_DAY), a_visit(students=180, date=FRIDAY, **A_DAY))
    found = explained(a_problem(schools=(school,), teams=two), plan)
    room = reason(found, "room_left")
    assert room.pupils == 0
    assert "20 pupils more can be recorded beside its other visits" in room.sentence
    assert ", instead of SMA 1 on " in room.sentence  # its own visits that are not promised
    school = a_school(cohorts=700, min_gap_days=4, max_visits=9)
    found = explained(a_problem(schools=(school,), teams=two), a_plan())
    assert {("gap", "nothing"), ("teams_per_day", "nothing")} <= set(told(found))
    assert reason(found, "gap").details == {"days_apart": 5}
    assert reason(found, "teams_per_day").details == {"max_teams_per_day": 1}


def test_blanks_that_run_out() -> None:
    stock = Stock(opening=70, reserve=5, walk_in_per_day=5)
    problem = a_problem(schools=(a_school(cohorts=90),), stock=stock)
    found = explained(problem, a_plan(a_visit(students=40)))
    assert told(found) == [("blanks", "nothing")]
    assert reason(found, "blanks").details == {
        "date": FRIDAY,
        "blanks_left": 5,
        "reserve": 5,
        "unconfirmed": 0,
    }
    assert found.most_alone == 40
    best = remedy(found, "more_blanks")
    assert best.reliefs[0].model_dump()["cards"] == 50
    assert (best.gain, best.smallest) == (50, True)


def test_a_delivery_that_comes_too_late_for_a_school() -> None:
    school = a_school(cohorts=40, not_after=TUESDAY)
    stock = Stock(opening=0, deliveries=(a_delivery("2024-08-07", 100),))
    found = explained(a_problem(schools=(school,), stock=stock), a_plan())
    assert ("blanks", "nothing") in told(found)
    relief = remedy(found, "more_blanks").reliefs[0]
    assert relief.model_dump()["cards"] == 40
    assert relief.model_dump()["date"] <= dt.date(2024, 8, 6)


def one_day(**fields: Any) -> Problem:
    """Two schools and a team that works on Monday only, the latter filled by the other school."""
    schools = (a_school("S1", cohorts=20), a_school("S2", cohorts=200))
    defaults = {"teams": (a_team(shifts=(a_shift(days=("mon",)),)),), "schools": schools}
    return a_problem(**(defaults | fields))


FULL_DAY = a_visit("S2", students=200, **A_DAY)


def test_time_that_goes_to_another_school() -> None:
    found = explained(one_day(), a_plan(FULL_DAY))
    assert ("time", "plan") in told(found)
    assert (found.most_alone, found.most_beside_promises, found.most_beside_plan) == (20, 20, 0)
    why = reason(found, "time")
    assert why.details["team_days"] == why.details["taken"] == 1
    assert "they are visited on the only team-day on which a team could come" in why.sentence
    assert "record 25.5 pupils for an hour of stay and drive" in why.sentence
    best = remedy(found, "more_team_day")
    assert best.gain == 20
    assert best.sentence.startswith("One more team-day in week 1: Team A on Tue 2024-08-06, 07:00")


def test_a_confirmed_visit_in_the_way() -> None:
    found = explained(one_day(), a_plan(FULL_DAY.model_copy(update={"status": "confirmed"})))
    assert ("commitments", "promises") in told(found)
    assert "SMA 2 on Mon 2024-08-05 07:30-15:00 by Team A" in str(reason(found, "commitments"))


def test_longer_hours_are_as_short_as_can_be() -> None:
    schools = (a_school("S1", cohorts=20, hours=(some_hours("14:00", "14:30"),)), a_school("S2"))
    problem = a_problem(schools=schools, end=MONDAY)
    plan = a_plan(a_visit("S2", students=100, start="07:30", end="13:10"))
    found = explained(problem, plan)
    best = remedy(found, "longer_hours")
    assert best.sentence == (
        "SMA 1 open 13:20–14:40 on Mon 2024-08-05, instead of 14:00–14:30: 20 pupils more, all of"
        " them."
    )
    assert best.smallest


def test_one_more_kit_and_what_it_brings() -> None:
    school = a_school(cohorts=60, hours=(some_hours("08:00", "10:00", days=("mon",)),))
    problem = a_problem(schools=(school,))
    found = explained(problem, a_plan(a_visit(students=42)))
    assert remedy(found, "more_kits").gain == 18
    assert ("hours_too_short", "nothing") in told(found)


def test_a_team_that_learns_what_the_school_needs() -> None:
    found = explained(a_problem(schools=(a_school(needs={"slb"}),)), a_plan())
    assert remedy(found, "more_skills").sentence == (
        "Team A able to do slb: 100 pupils more, all of them."
    )


@pytest.mark.parametrize("status", ["proposed", "confirmed"])
def test_another_visit_moves_with_all_its_pupils(status: str) -> None:
    """S1 is open on Monday morning only, where S2 is visited, which is open all week."""
    schools = (
        a_school("S1", cohorts=40, hours=(some_hours("08:00", "10:00", days=("mon",)),)),
        a_school("S2", cohorts=40),
    )
    other = a_visit("S2", start="08:00", end="10:00", status=status)
    promises = (other,) if status == "confirmed" else ()
    problem = a_problem(schools=schools, commitments=promises)
    found = explained(problem, a_plan(other))
    best = remedy(found, "move_visit")
    (move,) = best.reliefs
    assert isinstance(move, MoveVisit)
    assert move.visit == other
    assert move.to in best.plan.visits
    assert other not in best.plan.visits
    assert best.gain == 40
    assert best.sentence.startswith(
        f"SMA 2{', which is confirmed,' if promises else ''} moved from Mon 2024-08-05 08:00-10:00"
    )


def test_more_time_and_more_blanks_together() -> None:
    stock = Stock(opening=205)
    found = explained(one_day(stock=stock), a_plan(FULL_DAY))
    assert {("time", "plan"), ("blanks", "plan")} <= set(told(found))
    best = remedy(found, "more_team_day", "more_blanks")
    assert best.gain == 20
    assert "15 blanks more by" in best.sentence


def test_a_fully_served_school_has_no_reasons() -> None:
    found = explained(a_problem(schools=(a_school(cohorts=40),)), a_plan(a_visit()))
    assert found == Explanation(school="S1", name="SMA 1", recorded=40, left={})


def test_contingent_visits_do_not_count() -> None:
    stock = Stock(opening=0, deliveries=(a_delivery(MONDAY, 40, confirmed=False),))
    problem = a_problem(schools=(a_school(cohorts=40),), stock=stock)
    found = explained(problem, a_plan(a_visit(status="contingent")))
    assert (found.recorded, told(found)) == (0, [("blanks", "nothing")])
    assert "not confirmed (40 on Mon 2024-08-05) does not count" in found.reasons[0].sentence
    assert check(problem, a_plan(a_visit(status="contingent"))).ok


def test_out_of_time_it_says_what_was_not_tried() -> None:
    token = CancelToken()
    token.cancel()
    found = explained(one_day(), a_plan(FULL_DAY), cancel=token)
    assert [(one.code, one.tag) for one in found.reasons] == [("time", "likely")]
    assert found.remedies == ()
    assert found.not_tried[:2] == ("all reasons", "more blanks")
    assert found.most_alone is None


def test_progress_is_told_in_words() -> None:
    steps: list[str] = []
    explained(one_day(), a_plan(FULL_DAY), on_progress=steps.append)
    assert steps[:2] == ["reasons", "more blanks"]


def test_bad_input_is_refused() -> None:
    with pytest.raises(RequestError, match="school 'S9' is not in the problem"):
        explained(a_problem(), a_plan(), "S9")
    with pytest.raises(RequestError, match="it breaks R14"):
        explained(a_problem(), a_plan(a_visit(start="08:01")))
    with pytest.raises(PlanError, match="S7"):
        explained(a_problem(), a_plan(a_visit("S7")))
    with pytest.raises(SettingsError, match="time_limit"):
        explain(a_problem(), a_plan(), "S1", time_limit=0)


def test_all_schools_at_a_glance() -> None:
    schools = (
        a_school("S1", cohorts=300, max_visits=1),
        a_school("S2", cohorts=20),
        a_school("S3", cohorts=40, needs={"slb"}),
        a_school("S4", cohorts=(a_cohort(students=30, record_from="2025-01-01"),)),
        a_school("S5", cohorts=(a_cohort(students=25, card_from="2025-01-01"),)),
    )
    stock = Stock(opening=200)
    plan = a_plan(a_visit("S1", students=200, **A_DAY))
    lines = left_over(a_problem(schools=schools, stock=stock), plan)
    assert [(line.school, line.code, line.tag) for line in lines] == [
        ("S1", "visits_used_up", "likely"),
        ("S3", "no_skills", "proven"),
        ("S4", "not_yet_16", "proven"),
        ("S5", "room_left", "proven"),
        ("S2", "blanks", "likely"),
    ]


def test_at_a_glance_room_that_the_plan_leaves_is_no_lack_of_time() -> None:
    schools = (a_school("S1", cohorts=40), a_school("S2", cohorts=900))
    problem, plan = a_problem(schools=schools), a_plan(a_visit("S2", students=20))
    large, small = left_over(problem, plan)
    assert (large.code, small.code) == ("room_left", "room_left")
    assert small.words == "the plan leaves room (40 pupils more on Tue 2024-08-06)"
    last_day = problem.model_copy(update={"end": problem.start})
    full = a_plan(a_visit("S2", students=20, **A_DAY))
    assert {line.code for line in left_over(last_day, full)} == {"time"}


def test_at_a_glance_limits_beside_time_are_not_told_as_time() -> None:
    """Beside the plan, the team has the whole of Tuesday."""
    used_up = a_school("S1", cohorts=60, max_visits=1)
    (line,) = left_over(a_problem(schools=(used_up,)), a_plan(a_visit(students=20)))
    assert (line.code, line.tag) == ("visits_used_up", "likely")
    too_soon = a_school("S1", cohorts=60, min_gap_days=30)
    (line,) = left_over(a_problem(schools=(too_soon,)), a_plan(a_visit(students=20)))
    assert (line.code, line.tag) == ("several", "likely")
    assert line.words.startswith("the teams have time")


def office_with(school: dict[str, Any], *teams: dict[str, Any], **fields: Any) -> Problem:
    crews = (a_team(f"T{number}", **team) for number, team in enumerate(teams or ({},)))
    return a_problem(schools=(a_school(**school),), teams=tuple(crews), **fields)


YOUNG = a_cohort("XI", 30, record_from=FRIDAY, card_from="2025-08-12")
MONDAY_AND_A_BIT_OF_FRIDAY = (
    some_hours(days=("mon",)),
    some_hours("08:00", "08:50", days=("fri",)),
)
LIMITED = {
    "not_yet_16": office_with(
        {"cohorts": (a_cohort("XII", 40), YOUNG), "hours": MONDAY_AND_A_BIT_OF_FRIDAY}
    ),
    "no_skills": office_with(
        {"cohorts": 900, "needs": {"slb"}}, {"skills": {"slb"}, "kits": 1}, {}
    ),
    "too_far": office_with({"cohorts": 900}, travel=200),
    "max_travel": office_with({"cohorts": 900}, {"kits": 1}, {"max_travel_minutes": 15}),
    "no_break": office_with({"cohorts": 900}, {"breaks": (a_break(60, "11:30", "13:30"),)}),
}


@pytest.mark.parametrize("code", LIMITED)
def test_a_limit_of_the_school_alone_is_told_with_what_would_be_without_it(code: str) -> None:
    found = explained(LIMITED[code], a_plan())
    assert (code, "nothing") in told(found)
    why = reason(found, code)
    assert found.most_alone is not None
    assert why.sentence.endswith(f"{found.most_alone + why.pupils} pupils could be recorded.")


def test_no_more_blanks_than_pupils_who_need_one_at_once() -> None:
    """15 fit into the one visit; 10 need no blank, so that 5 blanks record as many as 15 would."""
    cohorts = (a_cohort("now", 10), a_cohort("later", 10, card_from="2025-01-01"))
    hours = (some_hours("08:00", "09:15", days=("mon",)),)
    school = a_school(cohorts=cohorts, hours=hours, seconds_per_student=240)
    found = explained(a_problem(schools=(school,), stock=Stock(opening=0)), a_plan())
    best = remedy(found, "more_blanks")
    assert best.reliefs[0].model_dump()["cards"] == 5
    assert (best.gain, best.smallest) == (15, True)


# What is told as proven is true


PROBLEMS = Path(__file__).parents[2] / "regression" / "problems"


def best_of(name: str) -> tuple[Problem, Plan]:
    problem = load_problem(PROBLEMS / f"{name}.json")
    plan = solve(problem, time_limit=60, gap=0, deterministic=True).plan
    assert plan is not None
    return problem, plan


def test_blanks_are_no_reason_where_time_alone_is_short() -> None:
    found = explained(*best_of("reason_blanks2"), "S2")
    assert reason(found, "time").limits == ("time",)
    assert reason(found, "time").sentence.endswith(
        "With more time of the teams, 20 pupils could be recorded."
    )
    assert "blanks" not in {one.code for one in found.reasons}


def test_time_and_blanks_are_told_together_only_for_what_neither_gives_alone() -> None:
    """Blanks for 15 more are there: time alone gives these, both give all 20."""
    found = explained(one_day(stock=Stock(opening=215)), a_plan(FULL_DAY))
    time, blanks = reason(found, "time"), reason(found, "blanks")
    assert (time.limits, time.could) == (("time",), 15)
    assert (blanks.limits, blanks.could) == (("time", "blanks"), 20)
    assert "With more time and more blanks, 20 pupils could be recorded." in blanks.sentence


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "it is closed from Tue 2025-07-01 to Thu 2025-07-31 (ujian)."),
        ("id", "sekolah tutup dari Sel 1 Jul 2025 sampai Kam 31 Jul 2025 (ujian)."),
    ],
)
def test_a_school_closed_all_the_time_is_told_when_and_why(language: Language, told: str) -> None:
    problem, plan = best_of("reason_closed")
    with speaking(language):
        found = explained(problem, plan)
    assert [one.code for one in found.reasons] == ["closed"]
    assert found.reasons[0].sentence.endswith(told)


def test_a_school_closed_for_a_part_of_the_time_is_told_what_that_costs() -> None:
    exam = a_range(TUESDAY, FRIDAY, reason="exam")
    found = explained(a_problem(schools=(a_school(cohorts=300, closed=(exam,)),)), a_plan())
    assert reason(found, "closed").sentence == (
        "It is closed from Tue 2024-08-06 to Fri 2024-08-09 (exam). Were it open then, 300 pupils "
        "could be recorded."
    )


def test_so_is_one_whose_season_is_short() -> None:
    found = explained(a_problem(schools=(a_school(cohorts=300, not_after=MONDAY),)), a_plan())
    assert reason(found, "out_of_season").sentence == (
        "It may not be visited after Mon 2024-08-05. Without that, 300 pupils could be recorded."
    )


def test_and_one_whose_teams_are_away() -> None:
    away = a_team(off=(a_range(TUESDAY, FRIDAY, reason="training"),))
    found = explained(a_problem(schools=(a_school(cohorts=300),), teams=(away,)), a_plan())
    assert reason(found, "teams_off").sentence == (
        "The teams are not always at work: Team A is off from Tue 2024-08-06 to Fri 2024-08-09 "
        "(training). Were they at work then, 300 pupils could be recorded."
    )


def test_visits_that_would_be_too_small() -> None:
    problem = a_problem(schools=(a_school(cohorts=40),), stock=Stock(opening=5))
    found = explained(problem, a_plan())
    small = reason(found, "min_students")
    assert (small.pupils, small.could) == (5, 5)
    assert small.sentence == (
        "A visit must record at least 10 pupils. With smaller visits allowed, 5 pupils could be "
        "recorded."
    )


def test_those_who_are_16_already_do_not_turn_16_in_the_course_of_time() -> None:
    old = a_cohort("XII", 40, record_from="2024-01-01", card_from="2025-01-01")
    school = a_school(cohorts=(old, YOUNG), hours=MONDAY_AND_A_BIT_OF_FRIDAY)
    found = explained(a_problem(schools=(school,)), a_plan())
    assert reason(found, "not_yet_16").details["pupils"] == 30


def test_who_turns_16_in_time_is_not_told_as_too_young_where_the_school_is_never_open() -> None:
    young = a_cohort("XI", 30, record_from=TUESDAY, card_from="2025-08-12")
    found = explained(a_problem(schools=(a_school(cohorts=(young,), hours=()),)), a_plan())
    assert told(found) == [("no_open_hours", "nothing")]


def test_how_long_each_team_may_drive_is_told_by_team() -> None:
    teams = (a_team("A", max_travel_minutes=15), a_team("B", kits=1))
    found = explained(a_problem(schools=(a_school(cohorts=900),), teams=teams), a_plan())
    assert "(in a day at most: Team A 15 minutes)" in reason(found, "max_travel").sentence


def test_limits_that_count_only_together_are_told_as_the_fewest_that_do() -> None:
    """Blanks for 20, and hours for 20 on the one day: both must be lifted, and nothing else."""
    hours = (some_hours("08:00", "09:20", days=("mon",)),)
    school = a_school(cohorts=40, hours=hours, max_visits=1)
    problem = a_problem(
        schools=(school,),
        stock=Stock(opening=20),
        teams=(a_team(shifts=(a_shift(days=("mon",)),)),),
    )
    found = explained(problem, a_plan(a_visit(students=20, start="08:00", end="09:20")))
    assert told(found) == [("several", "nothing")]
    several = reason(found, "several")
    assert set(several.limits) == {"blanks", "hours_too_short"}
    assert several.could == 40
    assert several.sentence.startswith(
        "Several limits come together, and lifting any one of them would not help: the blanks are "
        "used up: on Mon 2024-08-05 the counters and its own visits leave 0, and 0 are the reserve;"
        " its open hours are too few or too short"
    )
    assert several.sentence.endswith("Without all of these, 40 pupils could be recorded.")


def test_more_pupils_than_all_kits_can_record() -> None:
    """Open, and at work, all day; nothing to drive; the one day leaves time for 247 pupils."""
    school = a_school(cohorts=5000, seconds_per_student=677, hours=(some_hours("00:00", "23:59"),))
    teams = (a_team(shifts=(a_shift("00:00", "23:59"),)),)
    stock = Stock(opening=5000)
    problem = a_problem(schools=(school,), end=MONDAY, stock=stock, teams=teams, travel=0)
    found = explained(problem, a_plan(a_visit(students=246, start="00:00", end="23:55")))
    assert ("too_many", "nothing") in told(found)
    assert reason(found, "too_many").pupils == 5000 - (found.most_alone or 0)


def test_what_a_remedy_adds_to_the_room_that_there_is_stands_apart() -> None:
    """20 more fit in as the plan is; one more kit makes room for another 20."""
    school = a_school(cohorts=100, hours=(some_hours("08:00", "10:00", days=("mon",)),))
    problem = a_problem(schools=(school,))
    found = explained(problem, a_plan(a_visit(students=22)))
    best = remedy(found, "more_kits")
    assert best.gain == 42
    assert best.sentence == (
        "One more kit for Team A: 42 pupils more, 36 left; 20 of them without it, too."
    )
    plain = str(explained(problem, a_plan(a_visit(students=22))))
    assert "The plan leaves room: 20 pupils more" in plain


def test_where_only_room_is_left_it_says_so() -> None:
    school = a_school(cohorts=42, hours=(some_hours("08:00", "10:00", days=("mon",)),))
    found = explained(a_problem(schools=(school,)), a_plan(a_visit(students=22)))
    assert found.remedies == ()
    assert "Nothing that was tried, beside the room that there is." in str(found)
