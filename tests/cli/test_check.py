import json
from pathlib import Path

import pytest

from ektp_sched.domain import Delivery, Plan, Problem, Stock
from ektp_sched.rulebook import Report, check
from tests.builders import FRIDAY, MONDAY, TUESDAY, a_plan, a_problem, a_school, a_visit
from tests.cli.running import Ran, Terminal


@pytest.fixture
def good() -> Plan:
    return a_plan(a_visit(students=40))


@pytest.fixture
def broken() -> Plan:
    return a_plan(a_visit(students=40, end="10:02"), a_visit("S2", date="2024-08-10", students=7))


def run(terminal: Terminal, problem: Problem, plan: Plan, *options: str) -> Ran:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return terminal.run("check", "problem.json", "plan.json", *options)


def test_a_good_plan(terminal: Terminal, office: Problem, good: Plan) -> None:
    ran = run(terminal, office, good)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No rule is broken.\n")
    for words in ("40 pupils recorded", "1 schools visited", "20 minutes driven", "Blank cards:"):
        assert words in ran.out


def test_a_broken_plan(terminal: Terminal, office: Problem, broken: Plan) -> None:
    ran = run(terminal, office, broken)
    assert (ran.code, ran.err) == (1, "")
    violations = check(office, broken).violations
    assert ran.out.startswith(f"The plan breaks rules, {len(violations)} times:\n")
    assert {fault.rule for fault in violations} >= {"R1", "R14"}
    for fault in violations:
        assert f"{fault.rule} " in ran.out
        assert fault.message.split(":")[0] in ran.out


def test_one_fault(terminal: Terminal, office: Problem) -> None:
    ran = run(terminal, office, a_plan(a_visit(students=40, start="08:01")))
    assert ran.out.startswith("The plan breaks rules, once:\n")


def test_json_and_nothing_else(
    terminal: Terminal, office: Problem, good: Plan, broken: Plan
) -> None:
    for plan in (good, broken):
        ran = run(terminal, office, plan, "--json")
        report = check(office, plan)
        assert ran.code == (0 if report.ok else 1)
        assert ran.err == ""
        assert Report.model_validate_json(ran.out) == report
        assert json.loads(ran.out)["score"]["students"] == report.score.students


def test_contingent_visits_have_a_column(terminal: Terminal, office: Problem, good: Plan) -> None:
    late = a_visit("S2", date=TUESDAY, students=7, status="contingent")
    ran = run(terminal, office, a_plan(*good.visits, late))
    assert "With contingent visits" in ran.out
    assert "40 pupils recorded" in ran.out
    assert "47 pupils recorded" in ran.out


def test_priorities_are_points(terminal: Terminal) -> None:
    school = a_school(cohorts=({"name": "XII", "students": 60, "priority": 3},))
    ran = run(terminal, a_problem(schools=(school,)), a_plan(a_visit(students=40)))
    assert "120 points for pupils (their priority each)" in ran.out


def test_lessons_are_told_in_whole_minutes_where_they_are_whole(terminal: Terminal) -> None:
    hours = {"days": ["mon"], "start": "07:00", "end": "15:00", "lesson_percent": 33}
    problem = a_problem(schools=(a_school(hours=(hours,)),))
    ran = run(terminal, problem, a_plan(a_visit(students=11)))
    assert "54 pupil-minutes of lessons missed" in ran.out
    ran = run(terminal, problem, a_plan(a_visit(students=20)))
    assert "99 pupil-minutes of lessons missed" in ran.out


def test_the_stock_in_its_three_modes(terminal: Terminal, good: Plan) -> None:
    arrival = Delivery(date=FRIDAY, cards=10, confirmed=True)
    scarce = {"opening": 25, "reserve": 20, "walk_in_per_day": 4, "deliveries": (arrival,)}
    later = run(terminal, a_problem(stock=Stock(cards="later", **scarce)), good)
    assert "Recorded but not printed by the end: 40 cards." in later.out
    assert f"The counters alone break the reserve from Tue {TUESDAY} on" in later.out
    none = run(terminal, a_problem(stock=Stock(cards="none", **scarce)), good)
    assert "Recording uses no blank cards here; only the counters do." in none.out
    reserve = run(terminal, a_problem(), good)
    assert f"lowest with 960 on Mon {MONDAY}" in reserve.out
    assert "The counters alone" not in reserve.out
