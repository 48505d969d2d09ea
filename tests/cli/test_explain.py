import json
from pathlib import Path

import pytest

from ektp_sched.desk.contradiction import Contradiction
from ektp_sched.desk.explain.values import Explanation
from ektp_sched.domain import Plan, Problem
from tests.builders import TUESDAY, a_plan, a_problem, a_school, a_team, a_visit, some_hours
from tests.cli.running import Ran, Terminal, is_clear


@pytest.fixture
def office() -> Problem:
    schools = (
        a_school("S1", cohorts=60),
        a_school("S2", name="SMK [Dua]", cohorts=7),
        a_school("S3", cohorts=20, needs={"slb"}),
    )
    return a_problem(schools=schools, end=TUESDAY)


@pytest.fixture
def plan() -> Plan:
    return a_plan(a_visit(students=40))


def run(terminal: Terminal, problem: Problem, plan: Plan, *options: str) -> Ran:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return terminal.run("explain", "problem.json", "plan.json", *options)


def test_without_a_school_each_that_has_pupils_left_is_a_line(
    terminal: Terminal, office: Problem, plan: Plan
) -> None:
    ran = run(terminal, office, plan)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Not fully served: 3 schools, 47 pupils left.\n")
    lines = [line for line in ran.out.splitlines() if "S1" in line or "S2" in line or "S3" in line]
    assert [line.split("  ")[0] for line in lines] == ["SMA 1", "SMA 3", "SMK [Dua]"]
    assert "no team can visit it: no team offers all it needs (slb)" in lines[1]


def test_without_a_school_as_json(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan, "--json")
    assert [line["left"] for line in json.loads(ran.out)] == [20, 20, 7]


def test_a_school_by_name_or_id(terminal: Terminal, office: Problem, plan: Plan) -> None:
    by_name = run(terminal, office, plan, "smk [dua]")
    assert (by_name.code, by_name.err) == (0, "")
    assert by_name.out.startswith("SMK [Dua]: 0 pupils recorded, 7 left (7 of XII).\n")
    assert "The plan leaves room: 7 pupils more can be recorded" in by_name.out
    assert run(terminal, office, plan, "S2").out == by_name.out


def test_reasons_and_remedies_in_words(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan, "S3")
    assert "Even if no other school were visited, none of its 20 pupils can be recorded:" in ran.out
    assert "  - No team can visit it, whatever else is planned: no team offers" in ran.out
    assert "  - Team A able to do slb: 20 pupils more, all of them.\n" in ran.out


def test_a_fully_served_school(terminal: Terminal, office: Problem) -> None:
    ran = run(terminal, office, a_plan(a_visit("S2", students=7)), "S2")
    assert ran.out == "SMK [Dua]: all 7 pupils are recorded.\n"
    everyone = a_problem(schools=(a_school(cohorts=40),))
    assert run(terminal, everyone, a_plan(a_visit())).out == "Every school is fully served.\n"


def test_an_explanation_as_json(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan, "S3", "--json")
    found = Explanation.model_validate_json(ran.out)
    assert (found.school, found.most_alone) == ("S3", 0)


def test_no_time_is_told(terminal: Terminal, office: Problem, plan: Plan) -> None:
    ran = run(terminal, office, plan, "S2", "--time-limit", "0.000001")
    assert ran.code == 0
    assert "There was no time to try all of: all reasons, more blanks, longer hours" in ran.out


def test_unknown_and_doubtful_schools(terminal: Terminal, office: Problem, plan: Plan) -> None:
    assert is_clear(run(terminal, office, plan, "S9"), "school", "'S9'", "S1, S2, S3")
    twins = a_problem(schools=(a_school("S1"), a_school("S2", name="SMA 1")))
    assert is_clear(
        run(terminal, twins, plan, "SMA 1"), "school", "2 schools", "SMA 1 (S1), SMA 1 (S2)"
    )


def test_a_plan_that_breaks_rules(terminal: Terminal, office: Problem) -> None:
    broken = a_plan(a_visit(end="10:02"))
    for school in ([], ["S1"]):
        ran = run(terminal, office, broken, *school)
        assert is_clear(ran, "plan", "it breaks R14", "ektp-sched check")


def test_a_plan_of_another_problem(terminal: Terminal, office: Problem) -> None:
    ran = run(terminal, office, a_plan(a_visit("S7")), "S1")
    assert is_clear(ran, "plan.json", "visits[0].school", "S7")


@pytest.fixture
def clashing() -> Problem:
    promises = (
        a_visit(start="08:00", status="confirmed"),
        a_visit("S2", start="09:00", end="11:00", status="confirmed"),
        a_visit("S3", date=TUESDAY, status="confirmed"),
    )
    schools = (a_school("S1"), a_school("S2"), a_school("S3"))
    return a_problem(schools=schools, commitments=promises)


def contradictions(terminal: Terminal, problem: Problem, *options: str) -> Ran:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    return terminal.run("contradictions", "problem.json", *options)


def test_promises_that_clash(terminal: Terminal, clashing: Problem) -> None:
    ran = contradictions(terminal, clashing)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("These 2 promised visits cannot all be kept:\n")
    assert "SMA 3" not in ran.out
    assert "R4" in ran.out
    assert "Without any one of them the others can be kept." in ran.out


def test_one_promise_that_cannot_be_kept(terminal: Terminal) -> None:
    problem = a_problem(
        schools=(a_school(hours=(some_hours("12:00", "15:00"),)),),
        commitments=(a_visit(status="confirmed"),),
    )
    ran = contradictions(terminal, problem)
    assert ran.out.startswith("This promised visit cannot be kept, whatever else is planned:\n")


def test_a_contradiction_as_json(terminal: Terminal, clashing: Problem) -> None:
    ran = contradictions(terminal, clashing, "--json")
    found = Contradiction.model_validate_json(ran.out)
    assert [visit.school for visit in found.visits] == ["S1", "S2"]
    assert contradictions(terminal, a_problem(), "--json").out == "null\n"


def test_promises_that_can_be_kept(terminal: Terminal) -> None:
    ran = contradictions(terminal, a_problem(teams=(a_team(),)))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "No contradiction among the promised visits was found.\n"


def test_planning_tells_which_promises_clash(terminal: Terminal, clashing: Problem) -> None:
    Path("problem.json").write_text(clashing.model_dump_json(), encoding="utf-8")
    ran = terminal.run("plan", "problem.json", "-o", "out")
    assert ran.code == 1
    assert "No plan is allowed" in ran.out
    assert "These 2 promised visits cannot all be kept:" in ran.out
