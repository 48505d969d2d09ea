from typing import Any

from ektp_sched.desk.explain.gaps import Gap, TeamDay, ceiling, team_days
from ektp_sched.domain import Problem, Visit
from ektp_sched.rulebook.facts import Index
from tests.builders import (
    MONDAY,
    a_break,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)


def monday(*kept: Visit, **fields: Any) -> TeamDay:
    """The team's Monday for S1 beside visits to S2; ten minutes between any two places."""
    team = fields.pop("team", {})
    school = a_school("S1", **fields)
    problem = a_problem(schools=(school, a_school("S2")), teams=(a_team(**team),))
    return first_day(problem, *kept)


def first_day(problem: Problem, *kept: Visit) -> TeamDay:
    return team_days(Index(problem), problem.schools[0], kept)[0]


def test_an_empty_day_has_one_gap_between_the_drives() -> None:
    assert monday().gaps() == [Gap(0, (7 * 60 + 10, 16 * 60 - 10))]


def test_a_kept_stay_parts_it() -> None:
    day = monday(a_visit("S2", start="09:00", end="11:00"))
    assert day.gaps() == [Gap(0, (430, 530)), Gap(1, (670, 950))]


def test_a_visit_that_is_done_takes_no_time() -> None:
    assert len(monday(a_visit("S2", status="done")).gaps()) == 1


def test_no_gaps_where_the_team_cannot_come() -> None:
    assert monday(team={"off": (a_range(MONDAY, MONDAY),)}).gaps() == []
    assert monday(needs={"slb"}).gaps() == []
    full = monday(a_visit("S2"), team={"max_visits_per_day": 1})
    assert full.gaps() == []
    assert monday(team={"max_travel_minutes": 19}).gaps() == []


def test_the_most_pupils_are_those_of_the_longest_stay_in_open_hours() -> None:
    # 07:10–15:00 is 470 minutes, 45 of them for setting up and packing.
    assert monday().most() == 425 * 60 * 2 // 210
    assert monday(hours=(some_hours("15:00", "17:00"),)).most() == (50 - 45) * 60 * 2 // 210
    assert monday(hours=()).most() == 0


def test_a_break_takes_its_place_before_or_after_the_stay() -> None:
    noon = {"breaks": (a_break(60, "11:30", "13:30"),)}
    # Until 12:30 in the morning, where the break is after the stay.
    assert monday(team=noon).most() == (12 * 60 + 30 - 430 - 45) * 60 * 2 // 210
    late = monday(team={"breaks": (a_break(60, "07:00", "08:10"),)})
    assert late.most() == (15 * 60 - 490 - 45) * 60 * 2 // 210


def test_stays_leave_the_break_free() -> None:
    day = monday(team={"breaks": (a_break(60, "11:00", "12:00"),), "shifts": (a_shift(),)})
    spans = list(day.stays(120))
    assert spans[0] == (430, 550)
    assert all(end <= 660 or start >= 720 for start, end in spans)


def test_the_ceiling_counts_as_many_stays_as_are_allowed() -> None:
    school = a_school("S1", cohorts=900, max_visits=2)
    problem = a_problem(schools=(school, a_school("S2")))
    a_day = 425 * 60 * 2 // 210
    days = team_days(Index(problem), school, ())
    assert ceiling(school, days, ()) == 2 * a_day
    own = a_visit(students=40)
    assert ceiling(school, team_days(Index(problem), school, (own,)), (own,)) == 40 + a_day


def test_the_ceiling_is_never_above_the_pupils() -> None:
    problem = a_problem()
    assert ceiling(problem.schools[0], team_days(Index(problem), problem.schools[0], ()), ()) == 100
