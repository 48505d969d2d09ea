import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ektp_sched.domain import Problem
from ektp_sched.files import load_problem, save_plan
from tests.cli.fakes import A_PLAN
from tests.cli.running import Terminal, is_clear

CASES = Path(__file__).parents[1] / "cases"
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
    assert [str(cell.value).split(":")[0] for cell in left["H"]][1:] == ["Terbukti"] * 2


def test_schools_are_imported_and_doubts_told(book: Path, terminal: Terminal) -> None:
    Path("list.csv").write_text(LIST, encoding="utf-8")
    ran = terminal.run("import-schools", "list.csv", "--into", book, "-o", "new.xlsx")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "1 school added.",
        "",
        "Look at these, 1 in all:",
        "  Schools!E4, SMAN 7: 0, 0 lies outside Indonesia: look the position up",
        "Written: new.xlsx",
    ]
    again = terminal.run("import-schools", "list.csv", "--into", "new.xlsx", "-o", "x.xlsx")
    assert again.out.startswith("0 schools added. 1 was there already.")


def test_primary_schools_are_left_out_and_counted_unless_they_are_asked_for(
    terminal: Terminal,
) -> None:
    rows = "10702408,SDN 1,SD,Utara,-3.8,102.3\n10702409,MTsN 1,MTs,Utara,-3.8,102.3\n"
    Path("list.csv").write_text(LIST + rows, encoding="utf-8")
    run = ("import-schools", "list.csv", "-o", "new.xlsx")
    ran = terminal.run(*run)
    assert ran.out.splitlines()[:2] == [
        "1 school added.",
        "Left out by kind (--kinds says which are taken): MTs 1, SD 1.",
    ]
    assert terminal.run(*run, "--kinds", "SMA, sd").out.startswith("2 schools added.")
    assert terminal.run(*run, "--kinds", "semua").out.startswith("3 schools added.")
    ran = terminal.run(*run, "--kinds", ",")
    assert (ran.code, "no kind is named" in ran.err) == (2, True)


def test_of_very_many_doubts_the_first_are_told(terminal: Terminal) -> None:
    rows = "".join(f"10800{n:03d},SMA {n},SMA,Utara,0,0\n" for n in range(100))
    Path("list.csv").write_text(LIST + rows, encoding="utf-8")
    ran = terminal.run("import-schools", "list.csv", "-o", "new.xlsx")
    assert "Look at these, 101 in all:" in ran.out
    assert "and 61 more; all are marked in the workbook" in ran.out
    assert len(ran.out.splitlines()) < 60


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sit at a terminal and type those lines."""

    def give(lines: str) -> None:
        class Typed(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Typed(lines))
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    return give


HIDDEN = ("import-schools", CASES / "lists" / "filtered.xlsx", "-o", "new.xlsx")


def test_hidden_rows_are_a_question_at_a_terminal(
    terminal: Terminal, answers: Callable[[str], None]
) -> None:
    for line, added in (("y\n", 3), ("what?\nTidak\n", 2)):
        answers(line)
        ran = terminal.run(*HIDDEN)
        assert "1 row is hidden, by a filter or by hand. Take hidden rows too? [y/n]" in ran.err
        assert ran.out.startswith(f"{added} schools added.")


def test_hidden_rows_are_an_option_elsewhere(
    terminal: Terminal, answers: Callable[[str], None]
) -> None:
    ran = terminal.run(*HIDDEN)
    assert is_clear(ran, CASES / "lists" / "filtered.xlsx", "1 row is hidden", "--hidden take or")
    answers("")  # the end of what is typed
    assert terminal.run(*HIDDEN).code == 2
    assert not Path("new.xlsx").exists()
    assert terminal.run(*HIDDEN, "--hidden", "leave").out.startswith("2 schools added.")
    assert "--hidden take atau --hidden leave" in terminal.run(*HIDDEN, "--lang", "id").err


def test_hours_are_imported_and_those_of_before_replaced_or_kept_as_asked(
    book: Path, terminal: Terminal, answers: Callable[[str], None]
) -> None:
    Path("asc.xml").write_text(TIMETABLE, encoding="utf-8")
    run = ("import-hours", "asc.xml", "--into", book, "--school", "SMA 1", "-o", "new.xlsx")
    ran = terminal.run(*run)
    assert is_clear(ran, book, "S1 has 1 row of hours already", "--existing replace or --existing")
    replaced = terminal.run(*run, "--existing", "replace")
    assert replaced.out.splitlines() == [
        "1 row of hours added.",
        "Note: 1 row of hours that the school had was replaced.",
        "Written: new.xlsx",
    ]
    kept = terminal.run(*run, "--existing", "keep")
    assert "had hours before; delete the rows that no longer hold" in kept.out
    answers("ya\n")
    asked = terminal.run(*run)
    assert "Replace them? [y/n]" in asked.err
    assert asked.out == replaced.out


def test_a_timetable_of_fet_is_called_one(book: Path, terminal: Terminal) -> None:
    Path("a.fet").write_text("<fet version='6'/>", encoding="utf-8")
    ran = terminal.run("import-hours", "a.fet", "--into", book, "--school", "S1", "-o", "new.xlsx")
    assert is_clear(ran, "a.fet", "a file of FET, not an export of aSc", "aSc Timetables 2012 XML")


def test_no_input_is_overwritten(book: Path, terminal: Terminal) -> None:
    before = book.read_bytes()
    ran = terminal.run("workbook", book, "-o", book)
    assert is_clear(ran, "book.xlsx", "was read and is not overwritten", "another name")
    assert book.read_bytes() == before


def test_a_workbook_must_be_called_one(terminal: Terminal) -> None:
    ran = terminal.run("template", "-o", "kota.csv")
    assert ran.code == 2
    assert "does not end in .xlsx" in ran.err
