import json
from pathlib import Path

import pytest

from ektp_sched.domain import Plan, Problem
from ektp_sched.files import load_plan, load_problem
from ektp_sched.rulebook import check
from tests.builders import MONDAY, TUESDAY, a_plan, a_problem, a_school, a_visit
from tests.cli.running import Terminal, is_clear

PLAN = a_plan(a_visit("S1", students=40), a_visit("S2", start="11:00", end="12:00", students=7))


@pytest.fixture
def files(office: Problem) -> tuple[str, str]:
    return written(office, PLAN)


def written(problem: Problem, plan: Plan) -> tuple[str, str]:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return "problem.json", "plan.json"


def test_offers_are_read_out(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("offer", *files, "S1", "-k", 2)
    assert (ran.code, ran.err) == (0, "")
    lines = [line.strip() for line in ran.out.splitlines()]
    assert lines[0] == "SMA 1 (S1): 60 pupils."
    assert f"Proposed: Mon {MONDAY}, 08:00-10:00, Team A: 40 pupils" in lines
    assert any(line.startswith("1. ") for line in lines)
    assert any(line.startswith("2. ") for line in lines)
    assert not any(line.startswith("3. ") for line in lines)
    assert any(line.startswith("Estimated: ") for line in lines)
    assert any(line.startswith("Changes in the whole plan (estimated): ") for line in lines)


def test_who_moves_or_falls_is_named(terminal: Terminal) -> None:
    schools = (a_school("S1"), a_school("S2"))
    busy = a_visit("S2", start="07:10", end="11:40", students=100)
    files = written(a_problem(schools=schools, end=MONDAY), a_plan(busy))
    ran = terminal.run("offer", *files, "S1")
    assert f"- SMA 2 has Mon {MONDAY} at " in ran.out or f"- SMA 2 loses Mon {MONDAY}" in ran.out
    assert "more" in ran.out


def test_proven_offers(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("offer", *files, "S1", "--exact", "-k", 1, "--time-limit", 20)
    assert ran.code == 0
    assert "Estimated" not in ran.out


def test_a_part_of_the_name_will_do(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("offer", *files, "smk [d")
    assert ran.out.startswith("SMK [Dua] (S2): 7 pupils.")


def test_no_slot(terminal: Terminal) -> None:
    problem = a_problem(schools=(a_school("S1", cohorts=0),))
    ran = terminal.run("offer", *written(problem, Plan()), "S1")
    assert ran.code == 1
    assert "No slot can be offered" in ran.out


def test_offers_as_json(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("offer", *files, "S1", "--json", "-o", "offers.json")
    assert json.loads(ran.out) == json.loads(Path("offers.json").read_text(encoding="utf-8"))
    assert json.loads(ran.out)["offers"][0]["number"] == 1


def test_what_was_read_out_is_what_is_accepted(terminal: Terminal, files: tuple[str, str]) -> None:
    terminal.run("offer", *files, "S1", "-o", "offers.json")
    offered = json.loads(Path("offers.json").read_text(encoding="utf-8"))["offers"][1]
    ran = terminal.run("accept", *files, "offers.json", 2, "-o", "new")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Confirmed: SMA 1, ")
    problem = load_problem("new/problem.json")
    plan = load_plan("new/plan.json", problem)
    assert check(problem, plan).ok
    assert [v.model_dump(mode="json") for v in problem.commitments] == [offered["visit"]]


def test_refused_dates(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("refuse", *files, "S1", f"{MONDAY}..{TUESDAY}", "-o", "new")
    assert (ran.code, ran.err) == (0, "")
    assert "SMA 1 is closed for visits on 2 dates." in ran.out
    assert f"  SMA 1, Mon {MONDAY}, 08:00-10:00, Team A: 40 pupils (proposed)" in ran.out
    problem = load_problem("new/problem.json")
    assert len(load_plan("new/plan.json", problem).visits) == 1
    assert len(problem.schools[0].closed) == 1


def test_the_files_that_were_read_are_not_overwritten(
    terminal: Terminal, files: tuple[str, str], office: Problem
) -> None:
    ran = terminal.run("refuse", *files, "S1", MONDAY, "-o", ".")
    assert is_clear(ran, "problem.json", "was read and is not overwritten")
    assert load_problem("problem.json") == office


def test_a_school_that_is_not_there(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("offer", *files, "SMA 9")
    assert is_clear(
        ran, "school", "school 'SMA 9' is not in the problem", "Did you mean SMA 1 (S1)"
    )


def test_a_school_by_its_name_in_any_case(terminal: Terminal, files: tuple[str, str]) -> None:
    assert terminal.run("offer", *files, "sma1", "-k", 1).out.startswith("SMA 1 (S1): ")


def test_a_name_that_fits_several(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("offer", *files, "sm")
    assert is_clear(ran, "school", "2 schools fit 'sm'", "SMA 1 (S1), SMK [Dua] (S2)")


def test_dates_that_are_none(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("refuse", *files, "S1", "tomorrow", f"{TUESDAY}..{MONDAY}", "-o", "new")
    assert is_clear(ran, "date", "'tomorrow' is no date and no range")
    assert is_clear(ran, "date", f"'{TUESDAY}..{MONDAY}' is no date and no range")
    assert not Path("new").exists()


def test_a_number_that_was_not_offered(terminal: Terminal, files: tuple[str, str]) -> None:
    terminal.run("offer", *files, "S1", "-k", 1, "-o", "offers.json")
    ran = terminal.run("accept", *files, "offers.json", 7, "-o", "new")
    assert is_clear(ran, "offers.json", "there is no offer 7", "Give 1 to 1")


def test_offers_for_another_plan(terminal: Terminal, files: tuple[str, str]) -> None:
    terminal.run("offer", *files, "S1", "-o", "offers.json")
    Path("plan.json").write_text(Plan().model_dump_json(), encoding="utf-8")
    ran = terminal.run("accept", *files, "offers.json", 1, "-o", "new")
    assert ran.code == 0
    assert "The plan has changed since the offer was made; it still fits." in ran.out
    ran = terminal.run("accept", "new/problem.json", "new/plan.json", "offers.json", 1, "-o", "b")
    assert is_clear(ran, "offer", "this visit is confirmed already")
    assert not Path("b").exists()


def test_a_file_without_offers(terminal: Terminal, files: tuple[str, str]) -> None:
    ran = terminal.run("accept", *files, "plan.json", 1, "-o", "new")
    assert is_clear(ran, "plan.json", "offers")


@pytest.mark.parametrize("read", ["problem.json", "plan.json"])
def test_offers_never_go_over_a_file_that_was_read(
    terminal: Terminal, files: tuple[str, str], read: str
) -> None:
    before = Path(read).read_text(encoding="utf-8")
    ran = terminal.run("offer", *files, "S1", "-o", read)
    assert is_clear(ran, read, "was read and is not overwritten")
    assert Path(read).read_text(encoding="utf-8") == before
