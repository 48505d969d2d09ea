from pathlib import Path

import pytest

from ektp_sched.files import save_plan
from tests.builders import a_plan, a_visit
from tests.cli.fakes import A_PLAN
from tests.cli.running import Terminal, is_clear


@pytest.fixture
def plan_file() -> Path:
    save_plan("plan.json", A_PLAN)
    return Path("plan.json")


def test_a_picture_of_a_plan(terminal: Terminal, problem_file: Path, plan_file: Path) -> None:
    ran = terminal.run("picture", problem_file, plan_file, "-o", "plan.PNG", "--lang", "id")
    assert (ran.code, ran.out, ran.err) == (0, "Ditulis: plan.PNG\n", "")
    assert Path("plan.PNG").read_bytes().startswith(b"\x89PNG")


def test_a_part_of_it_in_a_language(
    terminal: Terminal, problem_file: Path, plan_file: Path
) -> None:
    options = ("--show", "map", "--day", "2024-08-05", "--lang", "id")
    ran = terminal.run("picture", problem_file, plan_file, "-o", "map.svg", *options)
    assert (ran.code, ran.err) == (0, "")
    text = Path("map.svg").read_text(encoding="utf-8")
    assert ", Sen 5 Agu -->" in text
    assert "Kalender" not in text


def test_another_kind_of_file(terminal: Terminal, problem_file: Path, plan_file: Path) -> None:
    ran = terminal.run("picture", problem_file, plan_file, "-o", "plan.gif")
    assert ran.code == 2
    assert "plan.gif ends in none of .png, .svg, .pdf" in ran.err


def test_a_plan_that_breaks_rules_is_drawn_with_a_warning(
    terminal: Terminal, problem_file: Path
) -> None:
    save_plan("plan.json", a_plan(a_visit(start="08:01", students=40)))
    ran = terminal.run("picture", problem_file, "plan.json", "-o", "plan.svg")
    assert ran.code == 0
    assert ran.err.startswith("warning: plan.json: the plan breaks rules")


def test_what_is_read_is_never_overwritten(
    terminal: Terminal, problem_file: Path, plan_file: Path
) -> None:
    plan_file = plan_file.rename("plan.svg")
    ran = terminal.run("picture", problem_file, plan_file, "-o", "plan.svg")
    assert is_clear(ran, "plan.svg", "was read and is not overwritten")


def test_a_day_that_is_not_planned(terminal: Terminal, problem_file: Path, plan_file: Path) -> None:
    run = ("picture", problem_file, plan_file, "-o", "plan.png", "--day", "2030-01-01")
    ran = terminal.run(*run)
    assert ran.code == 2
    assert "2030-01-01 is not among the dates that are planned" in ran.err
    assert not Path("plan.png").exists()
