import subprocess
import sys
from pathlib import Path

import pytest

from ektp_sched.domain import Problem
from ektp_sched.files import save_plan, save_result
from tests.builders import TUESDAY, a_plan, a_visit
from tests.cli.fakes import A_PLAN, a_result
from tests.cli.running import Terminal, is_clear

PAGE = Path("plan.html")


@pytest.fixture
def plan_file() -> Path:
    save_plan("plan.json", A_PLAN)
    return Path("plan.json")


def test_a_page(terminal: Terminal, problem_file: Path, plan_file: Path) -> None:
    ran = terminal.run("report", problem_file, plan_file, "-o", PAGE, "--lang", "en")
    assert (ran.code, ran.out, ran.err) == (0, "Written: plan.html\n", "")
    text = PAGE.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "Nothing is proven" in text


def test_result_former_and_language(
    terminal: Terminal, problem_file: Path, plan_file: Path
) -> None:
    save_result("result.json", a_result())
    save_plan("former.json", a_plan(a_visit(date=TUESDAY, students=40)))
    options = ("--result", "result.json", "--former", "former.json", "--lang", "id")
    assert terminal.run("report", problem_file, plan_file, "-o", PAGE, *options).code == 0
    text = PAGE.read_text(encoding="utf-8")
    assert "merekam lebih dari 10 siswa lagi" in text
    assert "Beda dari rencana sebelumnya" in text


def test_why_schools_do_not_get_more(
    terminal: Terminal, problem_file: Path, plan_file: Path
) -> None:
    at_a_glance = "Proven: The plan leaves room ("
    assert terminal.run("report", problem_file, plan_file, "-o", PAGE, "--lang", "en").err == ""
    assert at_a_glance in PAGE.read_text(encoding="utf-8")
    options = ("--explain", "10", "--lang", "en")
    ran = terminal.run("report", problem_file, plan_file, "-o", PAGE, *options)
    assert (ran.code, ran.err) == (0, "looking for reasons, at most 10 seconds\n")
    text = PAGE.read_text(encoding="utf-8")
    assert "Proven: The plan leaves room: " in text
    assert at_a_glance not in text


def test_a_plan_that_breaks_rules_has_a_page_without_reasons(
    terminal: Terminal, problem_file: Path
) -> None:
    save_plan("plan.json", a_plan(a_visit(start="08:01", students=40)))
    ran = terminal.run("report", problem_file, "plan.json", "-o", PAGE, "--lang", "en")
    assert ran.code == 0
    assert "breaks rules, so no reasons are given" in ran.err
    assert "Why not more" not in PAGE.read_text(encoding="utf-8")


def test_the_result_of_another_plan(
    terminal: Terminal, problem_file: Path, plan_file: Path
) -> None:
    save_result("result.json", a_result())
    save_plan(plan_file, a_plan(a_visit(students=39)))
    ran = terminal.run("report", problem_file, plan_file, "-o", PAGE, "--result", "result.json")
    assert is_clear(ran, "result.json", "of another plan", "Give the result")
    assert not PAGE.exists()


def test_a_file_that_is_no_result(terminal: Terminal, problem_file: Path, plan_file: Path) -> None:
    Path("result.json").write_text('{"status": "good"}', encoding="utf-8")
    ran = terminal.run("report", problem_file, plan_file, "-o", PAGE, "--result", "result.json")
    assert is_clear(ran, "result.json", "status")
    Path("result.json").write_text("[1]", encoding="utf-8")
    ran = terminal.run("report", problem_file, plan_file, "-o", PAGE, "--result", "result.json")
    assert is_clear(ran, "result.json")


def test_what_is_read_is_never_overwritten(
    terminal: Terminal, problem_file: Path, plan_file: Path, office: Problem
) -> None:
    former = plan_file.read_bytes()
    ran = terminal.run("report", problem_file, plan_file, "-o", plan_file)
    assert is_clear(ran, "plan.json", "was read and is not overwritten", "another name")
    assert plan_file.read_bytes() == former


def test_without_the_extras(problem_file: Path, plan_file: Path) -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['babel', 'jinja2', 'matplotlib'])); "
        "from ektp_sched.cli import main; "
        f"assert main(['check', '{problem_file}', '{plan_file}']) == 0; "
        "import ektp_sched.cli.plan; "
        f"sys.exit(main(['report', '{problem_file}', '{plan_file}', '-o', '{PAGE}']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"pip install 'ektp-sched[report]'" in done.stderr


def test_a_result_of_another_problem_proves_nothing_here(
    terminal: Terminal, office: Problem, problem_file: Path, plan_file: Path
) -> None:
    stock = office.stock.model_copy(update={"opening": office.stock.opening + 100})
    before = office.model_copy(update={"stock": stock})
    result = a_result().model_copy(update={"problem_fingerprint": before.fingerprint})
    save_result("result.json", result)
    ran = terminal.run("report", problem_file, plan_file, "-o", PAGE, "--result", "result.json")
    assert ran.code == 2
    assert "the problem is not the one it was made for" in ran.err
    assert not PAGE.exists()
