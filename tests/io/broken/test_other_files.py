"""A good file in the place of another: told in one line by its kind, whatever the verb."""

import json
from pathlib import Path

import pytest

from ektp_sched.files import save_plan, save_problem, save_problem_xlsx
from tests.builders import TUESDAY, a_plan, a_problem, a_school, a_visit
from tests.cli.running import Terminal

CHANGES = [{"kind": "team_off", "team": "A", "start": TUESDAY, "end": TUESDAY}]
RESULT = {"status": "optimal", "tiers": [], "stopped_by": "gap"}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    problem = a_problem()
    save_problem("problem.json", problem)
    save_problem_xlsx(problem, "book.xlsx")
    save_plan("plan.json", a_plan(a_visit()))
    for name, value in (("changes", CHANGES), ("result", RESULT)):
        Path(f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "file", "complaint"),
    [
        ("check plan.json problem.json", "plan.json", "a plan, where a problem is expected"),
        ("check book.xlsx problem.json", "problem.json", "a problem, where a plan is expected"),
        ("check problem.json book.xlsx", "book.xlsx", "a workbook, where a plan is expected"),
        ("check problem.json result.json", "result.json", "a result, where a plan is expected"),
        ("check changes.json plan.json", "changes.json", "a list of changes, where a problem"),
        (
            "replan problem.json plan.json book.xlsx -o out",
            "book.xlsx",
            "a workbook, where a list of changes is expected",
        ),
        (
            "replan problem.json changes.json plan.json -o out",
            "changes.json",
            "a list of changes, where a plan is expected",
        ),
        (
            "replan problem.json plan.json plan.json -o out",
            "plan.json",
            "a plan, where a list of changes is expected",
        ),
        (
            "accept problem.json plan.json changes.json 1 -o out",
            "changes.json",
            "a list of changes, where a file of offers is expected",
        ),
    ],
)
def test_one_clear_line(terminal: Terminal, command: str, file: str, complaint: str) -> None:
    ran = terminal.run(*command.split())
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.complaints
    assert line.startswith(f"error: {file}: this is {complaint}")
    assert ". Give " in line
    assert not Path("out").exists()


def test_a_plan_of_another_problem_is_told_first_and_in_few_lines(terminal: Terminal) -> None:
    visits = [a_visit(f"S{n}", start=f"{n:02}:00", end=f"{n + 1:02}:00") for n in range(1, 20)]
    save_plan("plan.json", a_plan(*visits))
    ran = terminal.run("check", "problem.json", "plan.json")
    assert ran.code == 2
    first, *others = ran.complaints
    assert first == (
        "error: plan.json: this plan belongs to another problem: 18 of 19 schools are unknown, "
        "for example S10. Give the problem that it was made for."
    )
    assert len(others) == 3
    assert "visits[1].school: school 'S2' is not in the problem" in others[0]


def test_a_school_too_many_is_no_other_problem(terminal: Terminal) -> None:
    save_problem("problem.json", a_problem(schools=(a_school("S1"), a_school("S2"))))
    save_plan("plan.json", a_plan(a_visit("S1"), a_visit("S2", date=TUESDAY), a_visit("S3")))
    (line,) = terminal.run("check", "problem.json", "plan.json").complaints
    assert "visits[2].school: school 'S3' is not in the problem" in line


def test_a_word_that_is_no_choice_is_told_plainly(terminal: Terminal) -> None:
    ran = terminal.run("schema", "offers")
    assert (ran.code, ran.out) == (2, "")
    assert "'offers' is not one of 'problem', 'plan', 'changes'" in ran.err
    assert "Value error" not in ran.err


@pytest.mark.parametrize(("number", "shown"), [("x", '"x"'), (1.5, "1.5")])
def test_numbers_in_a_broken_file_of_offers(terminal: Terminal, number: object, shown: str) -> None:
    broken = {"school": "S1", "score": {"students": number}, "offers": []}
    Path("offers.json").write_text(json.dumps(broken), encoding="utf-8")
    ran = terminal.run("accept", "problem.json", "plan.json", "offers.json", "1", "-o", "out")
    assert ran.code == 2
    assert f"score.students: {shown} is not a whole number. Write a whole number" in ran.err
