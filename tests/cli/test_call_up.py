import json
from pathlib import Path

import pytest

from ektp_sched.domain import Plan, Problem
from tests.builders import MONDAY, TUESDAY, a_plan, a_visit
from tests.cli.running import Ran, Terminal, is_clear


@pytest.fixture
def plan() -> Plan:
    return a_plan(
        a_visit(students=25), a_visit("S2", date=TUESDAY, start="09:00", end="10:00", students=1)
    )


def run(terminal: Terminal, problem: Problem, plan: Plan, *options: str) -> Ran:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return terminal.run("call-up", "problem.json", "plan.json", *options)


@pytest.fixture
def office(office: Problem) -> Problem:
    small = office.schools[1].model_copy(update={"min_students": 1})
    return office.model_copy(update={"schools": (office.schools[0], small)})


def test_a_list_for_each_visit(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"SMA 1\nMon {MONDAY}, Team A; the team comes at 08:00 and sets up; 25 pupils:\n"
        "  08:30  XII: 8 pupils, done by 08:44\n"
        "  08:40  XII: 8 pupils, done by 08:58\n"
        "  08:55  XII: 9 pupils, done by 09:14\n"
        "\n"
        f"SMK [Dua]\nTue {TUESDAY}, Team A; the team comes at 09:00 and sets up; 1 pupil:\n"
        "  09:30  XII: 1 pupil, done by 09:32\n"
    )


def test_one_school_in_larger_groups(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan, "--school", "S1", "--size", "30")
    assert "08:30  XII: 25 pupils, done by 09:14" in ran.out
    assert "SMK" not in ran.out


def test_json_and_nothing_else(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan, "--json")
    rows = json.loads(ran.out)
    assert [row["pupils"] for row in rows] == [8, 8, 9, 1]
    assert rows[0]["start"] == "08:30"
    assert rows[0]["lesson_minutes"] is None


def test_nobody_to_call(terminal: Terminal, office: Problem) -> None:
    assert "nobody is called" in run(terminal, office, a_plan()).out
    assert json.loads(run(terminal, office, a_plan(), "--json").out) == []


def test_bad_input(terminal: Terminal, office: Problem, plan: Plan) -> None:
    assert is_clear(run(terminal, office, plan, "--school", "S9"), "school", "S9", "not in")
    assert is_clear(run(terminal, office, plan, "--size", "0"), "size", "cannot be called")
    broken = run(terminal, office, a_plan(a_visit(students=25, end="10:02")))
    assert is_clear(broken, "plan", "R14")
    assert is_clear(run(terminal, office, a_plan(a_visit("S9"))), "plan.json", "visits[0].school")


def test_a_part_of_the_name_will_do(terminal: Terminal, office: Problem, plan: Plan) -> None:
    by_id = run(terminal, office, plan, "--school", "S1")
    assert run(terminal, office, plan, "--school", "sma 1") == by_id
    assert by_id.code == 0
