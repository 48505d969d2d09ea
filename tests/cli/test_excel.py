from pathlib import Path

import openpyxl
import pytest

from ektp_sched.domain import Problem
from ektp_sched.io import load_problem, save_plan
from tests.cli.fakes import A_PLAN
from tests.cli.running import Terminal, is_clear

LIST = "npsn,nama,bentuk_pendidikan,kecamatan,lintang,bujur\n10702407,SMAN 7,SMA,Utara,0,0\n"
TIMETABLE = (
    '<timetable><period period="1" starttime="7:30" endtime="8:15"/><class id="C"/>'
    '<lesson id="L" classids="C"/><card lessonid="L" period="1" days="1"/></timetable>'
)


@pytest.fixture
def book(problem_file: Path, terminal: Terminal) -> Path:
    assert terminal.run("workbook", problem_file, "-o", "book.xlsx", "--lang", "en").code == 0
    return Path("book.xlsx")


def test_a_template_is_written_with_this_years_holidays(terminal: Terminal) -> None:
    ran = terminal.run("template", "-o", "kota.xlsx")
    assert (ran.code, ran.out, ran.err) == (0, "Written: kota.xlsx\n", "")
    assert Path("kota.xlsx").is_file()


def test_a_problem_becomes_a_workbook_that_the_other_verbs_take(
    book: Path, office: Problem, terminal: Terminal
) -> None:
    assert load_problem(book) == office
    save_plan("plan.json", A_PLAN)
    ran = terminal.run("check", book, "plan.json")
    assert ran.code == 0
    assert "No rule is broken." in ran.out


def test_a_plan_becomes_a_workbook(book: Path, terminal: Terminal) -> None:
    save_plan("plan.json", A_PLAN)
    ran = terminal.run("excel", book, "plan.json", "-o", "rencana.xlsx", "--lang", "id")
    assert (ran.code, ran.out) == (0, "Ditulis: rencana.xlsx\n")
    left = openpyxl.load_workbook("rencana.xlsx")["Siswa tersisa"]
    assert [str(cell.value).split(":")[0] for cell in left["H"]][1:] == ["Kemungkinan"] * 2


def test_schools_are_imported_and_doubts_told(book: Path, terminal: Terminal) -> None:
    Path("list.csv").write_text(LIST, encoding="utf-8")
    ran = terminal.run("import-schools", "list.csv", "--into", book, "-o", "new.xlsx")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "1 school added.",
        "",
        "Look at these, 1 in all:",
        "  Schools, row 4, SMAN 7: 0, 0 lies outside Indonesia: look the position up",
        "Written: new.xlsx",
    ]
    again = terminal.run("import-schools", "list.csv", "--into", "new.xlsx", "-o", "x.xlsx")
    assert again.out.startswith("0 schools added. 1 was there already.")


def test_hours_are_imported(book: Path, terminal: Terminal) -> None:
    Path("asc.xml").write_text(TIMETABLE, encoding="utf-8")
    ran = terminal.run(
        "import-hours", "asc.xml", "--into", book, "--school", "S1", "-o", "new.xlsx"
    )
    assert ran.code == 0
    assert ran.out.startswith("1 row of hours added.")


def test_no_input_is_overwritten(book: Path, terminal: Terminal) -> None:
    before = book.read_bytes()
    ran = terminal.run("workbook", book, "-o", book)
    assert is_clear(ran, "book.xlsx", "was read and is not overwritten", "another name")
    assert book.read_bytes() == before


def test_a_workbook_must_be_called_one(terminal: Terminal) -> None:
    ran = terminal.run("template", "-o", "kota.csv")
    assert ran.code == 2
    assert "does not end in .xlsx" in ran.err
