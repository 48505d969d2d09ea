import json
from pathlib import Path

import openpyxl
import pytest

from ektp_sched.domain import Delivery, Plan, Problem, Stock
from ektp_sched.files import save_plan, save_problem_xlsx
from ektp_sched.rulebook import Report, check
from tests.builders import FRIDAY, MONDAY, TUESDAY, a_plan, a_problem, a_school, a_visit
from tests.cli.running import Ran, Terminal, is_clear


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


# The data alone


def book_of(problem: Problem, *changes: tuple[str, str | int]) -> Path:
    save_problem_xlsx(problem, "kota.xlsx", "en", replace=True)
    book = openpyxl.load_workbook("kota.xlsx")
    for place, value in changes:
        title, _, cell = place.rpartition("!")
        book[title][cell] = value
    book.save("kota.xlsx")
    return Path("kota.xlsx")


def test_data_without_fault_or_doubt(terminal: Terminal, office: Problem) -> None:
    ran = terminal.run("check", book_of(office))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "No faults. Schools: 2, pupils: 67, teams: 1.",
        "Nothing looks doubtful.",
    ]


def test_doubts_in_the_data_are_told_on_their_cells_and_are_no_fault(
    terminal: Terminal, office: Problem
) -> None:
    ran = terminal.run("check", book_of(office, ("Pupils!E2", "2024-08-01")))
    assert (ran.code, ran.err) == (0, "")
    assert "Look at these, 1 in all:" in ran.out
    assert "  Pupils!F2: SMA 1, XII turns 16 on 2024-08-01" in ran.out


def test_faults_in_the_data_are_told_on_their_cells(terminal: Terminal, office: Problem) -> None:
    book = book_of(office, ("Pupils!C2", "40 orang"), ("Teams!D2", 0))
    ran = terminal.run("check", book)
    assert is_clear(ran, book, "Pupils!C2: ", '"40 orang" is not a whole number', "in digits")
    assert is_clear(ran, book, "Teams!D2: ", "too small")
    assert len(ran.complaints) == 2


def test_faults_and_doubts_stand_apart(terminal: Terminal, office: Problem) -> None:
    book = book_of(office, ("Teams!D2", 0), ("Schools!C2", "dikmen"))
    ran = terminal.run("check", book)
    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert "Teams!D2" in ran.err
    assert ran.out.splitlines() == [
        "Look at these, 1 in all:",
        "  Schools!C2: 'dikmen' is no kind of school: look it up",
    ]


def test_a_copy_is_marked_where_one_is_asked_for(terminal: Terminal, office: Problem) -> None:
    book = book_of(office, ("Pupils!C2", "40 orang"))
    before = book.read_bytes()
    ran = terminal.run("check", book, "-o", "periksa.xlsx", "--lang", "id")
    assert (ran.code, ran.out) == (2, "Ditulis: periksa.xlsx\n")
    assert "bukan bilangan bulat" in ran.err
    copy = openpyxl.load_workbook("periksa.xlsx")
    assert copy.sheetnames[0] == "Pemeriksaan"
    assert copy["Pemeriksaan"]["A2"].value == "kesalahan"
    assert "bukan bilangan bulat" in copy["Pupils"]["C2"].comment.text
    assert book.read_bytes() == before


def test_the_data_as_json(terminal: Terminal, office: Problem) -> None:
    book = book_of(office, ("Pupils!E2", "2024-08-01"))
    ran = terminal.run("check", book, "-o", "periksa.xlsx", "--json")
    (doubt,) = json.loads(ran.out)["doubts"]
    assert (ran.code, doubt["code"], doubt["where"]) == (0, "card_from_missing", "Pupils!F2")
    ran = terminal.run("check", book_of(office, ("Teams!D2", 0)), "--json")
    (fault,) = json.loads(ran.out)["faults"]
    assert (ran.code, ran.err, fault["where"]) == (2, "", "Teams!D2")


def test_the_data_of_a_json_file(terminal: Terminal, problem_file: Path) -> None:
    ran = terminal.run("check", problem_file)
    assert (ran.code, "No faults." in ran.out) == (0, True)
    ran = terminal.run("check", problem_file, "-o", "x.xlsx")
    assert is_clear(ran, problem_file, "not a workbook (.xlsx)", "Leave out --output")


def test_what_is_not_to_be_written_is_told_first(terminal: Terminal, office: Problem) -> None:
    book = book_of(office, ("Teams!D2", 0))
    ran = terminal.run("check", book, "-o", book)
    assert is_clear(ran, book, "this file was read and is not overwritten")
    ran = terminal.run("check", book, "-o", "periksa.csv")
    assert is_clear(ran, "periksa.csv", "does not end in .xlsx")
    save_plan("plan.json", a_plan())
    ran = terminal.run("check", book, "plan.json", "-o", "periksa.xlsx")
    assert (ran.code, "leave out the plan" in ran.err) == (2, True)


# Plans


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
