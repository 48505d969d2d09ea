"""Absentees of done visits, and expected attendance, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from ektp_sched.domain import Plan, Problem
from ektp_sched.files import load_plan, load_problem, save_plan, save_problem, save_problem_xlsx
from ektp_sched.rulebook import check
from tests.builders import MONDAY, THURSDAY, TUESDAY, a_plan, a_problem, a_school, a_visit
from tests.cli.running import Ran, Terminal, is_clear

DONE = {"kind": "visit_done", "school": "S1", "date": MONDAY, "recorded": {"XII": 30}}
MISSED = {**DONE, "absent": {"XII": 9}, "failed": {"XII": 1}}
OTHER = {"kind": "team_off", "team": "A", "start": THURSDAY, "end": THURSDAY}


@pytest.fixture
def office() -> Problem:
    """After a visit that recorded 30 of 40 pupils, the only one that its school may have."""
    schools = (
        a_school("S1", cohorts=40, max_visits=1),
        a_school("S2", name="SMK [Dua]", cohorts=20),
    )
    done = a_visit(students=30, status="done")
    return a_problem(schools=schools, time_step=60, commitments=(done,))


@pytest.fixture(autouse=True)
def plan(problem_file: Path, office: Problem) -> Plan:
    plan = a_plan(*office.commitments, a_visit("S2", date=TUESDAY, students=20))
    save_plan("plan.json", plan)
    return plan


def run(terminal: Terminal, *changes: dict[str, Any], options: tuple[str, ...] = ()) -> Ran:
    Path("done.json").write_text(json.dumps(changes), encoding="utf-8")
    return terminal.run(
        "follow-up", "problem.json", "plan.json", "done.json", "-o", "out", *options
    )


def test_the_missed_are_told_and_may_be_visited_once_more(terminal: Terminal) -> None:
    ran = run(terminal, OTHER, MISSED)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "To make up for:\n"
        "  SMA 1: 10 pupils (9 absent, 1 without a usable print or photo).\n"
        "    1 visit allowed and used; changed to 2, so that they can be visited again.\n"
        "\n"
        "Of the pupils called, there came:\n"
        "  SMA 1: 77 percent\n"
        "\n"
        "Written: out/problem.json\n"
        "To plan with it: ektp-sched replan out/problem.json plan.json -o out/next\n"
    )
    made = terminal.run("replan", "out/problem.json", "plan.json", "-o", "out/next")
    assert "SMA 1: new on" in made.out
    problem = load_problem("out/next/problem.json")
    after = load_plan("out/next/plan.json", problem)
    assert check(problem, after).ok
    assert sorted(visit.recorded for visit in after.visits) == [10, 20, 30]


def test_visits_left_and_planned_need_no_change(terminal: Terminal, office: Problem) -> None:
    free = a_school("S1", cohorts=40, max_visits=2)
    other = office.model_copy(update={"schools": (free, office.schools[1])})
    save_problem("problem.json", other, replace=True)
    save_plan("plan.json", a_plan(*office.commitments, a_visit(date=THURSDAY, students=10)))
    ran = run(terminal, MISSED)
    assert "    Visits are left, nothing is changed.\n" in ran.out
    assert "    Planned already: Thu 8 Aug 08:00, 10 pupils (proposed).\n" in ran.out
    assert load_problem("out/problem.json") == load_problem("problem.json")


def test_fewer_are_expected_in_a_file_of_its_own(terminal: Terminal, office: Problem) -> None:
    ran = run(terminal, MISSED, options=("--learn", "--expect", "95", "--expect", "dua=50"))
    assert (
        "Expected from now on, of those due and not promised a visit:\n"
        "  SMA 1: 7 of 10 pupils (77 percent)\n"
        "  SMK [Dua]: 10 of 20 pupils (50 percent)\n"
    ) in ran.out
    assert "Written: out/problem.json, out/expected.json\n" in ran.out
    everyone, expected = (load_problem(f"out/{name}.json") for name in ("problem", "expected"))
    assert everyone.schools[1] == office.schools[1]
    assert [school.cohorts[0].students for school in expected.schools] == [37, 10]
    made = terminal.run("replan", "out/expected.json", "plan.json", "-o", "next")
    assert "SMK [Dua]: stays on Tue 6 Aug 08:00 (Team A), 10 instead of 20 pupils" in made.out
    assert check(expected, load_plan("next/plan.json", expected)).ok


def test_expectations_need_no_report(terminal: Terminal) -> None:
    ran = terminal.run("follow-up", "problem.json", "plan.json", "-o", "out", "--expect", "S2=50")
    assert ran.code == 0
    assert "Nobody is to be made up for.\n" in ran.out
    assert "SMK [Dua]: 10 of 20 pupils (50 percent)\n" in ran.out
    assert "SMA 1" not in ran.out


def test_a_workbook_and_json_for_machines(terminal: Terminal, office: Problem) -> None:
    save_problem_xlsx(office, "book.xlsx")
    Path("done.json").write_text(json.dumps([MISSED]), encoding="utf-8")
    ran = terminal.run(
        "follow-up", "book.xlsx", "plan.json", "done.json", "-o", "out", "--least", "11", "--json"
    )
    assert json.loads(ran.out) == {"make_up": [], "attendance": {"S1": 77}, "expected": []}
    assert load_problem("out/problem.json") == office


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--expect", "many"), "expect: 'many' has no percentage. Write 90, or SCHOOL=90."),
        (("--expect", "101"), "percent[otherwise]: 101 is no percentage."),
        (("--expect", "S9=90"), "school: school 'S9' is not in the problem."),
    ],
)
def test_what_is_no_percentage(
    terminal: Terminal, options: tuple[str, ...], complaint: str
) -> None:
    ran = run(terminal, MISSED, options=options)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert not Path("out").exists()


def test_a_visit_that_is_not_done_is_refused_and_nothing_is_written(terminal: Terminal) -> None:
    ran = run(terminal, {**MISSED, "date": TUESDAY})
    assert is_clear(ran, "done.json", "no visit of school 'S1' on 2024-08-06 is done", "replan")
    assert not Path("out").exists()
