import datetime as dt
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ektp_sched.domain import Problem
from ektp_sched.errors import ExtraError, FileError, ProblemError
from ektp_sched.files import load_problem, save_problem_xlsx
from ektp_sched.files.excel import need_excel
from ektp_sched.texts.language import Language
from tests.builders import a_problem, a_school, a_team
from tests.io.base import full_problem
from tests.io.excel.books import Change, a_book, fill, page_of, put, rezipped

PUPILS = "xl/worksheets/sheet5.xml"


def _read(tmp_path: Path, *changes: Change) -> Problem:
    return load_problem(a_book(tmp_path / "book.xlsx", *changes))


def test_plain_cells_are_enough(tmp_path: Path) -> None:
    assert _read(tmp_path) == full_problem()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_problem_with_everything_comes_back_as_it_was(tmp_path: Path, language: Language) -> None:
    save_problem_xlsx(full_problem(), tmp_path / "full.xlsx", language)
    assert load_problem(tmp_path / "full.xlsx") == full_problem()


def test_text_that_excel_would_take_for_something_else_comes_back(tmp_path: Path) -> None:
    names = ("=1+1", "+62", "-7", "@sekolah", "#REF!", "2024-08-05", "007", "TRUE", "1e5")
    schools = tuple(a_school(f"S{n}", name=name) for n, name in enumerate(names))
    tags = frozenset({"ramp, steep"})
    problem = a_problem(
        schools=(*schools, a_school("a;b", needs=tags)), teams=(a_team(skills=tags),)
    )
    save_problem_xlsx(problem, tmp_path / "p.xlsx")
    assert load_problem(tmp_path / "p.xlsx") == problem


@pytest.mark.parametrize(
    "fields", [{"id": "contoh: 1"}, {"needs": frozenset({"a;b"})}, {"name": "SMA 123456789012345"}]
)
def test_what_would_be_read_as_something_else_is_not_written(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    with pytest.raises(FileError, match="would be read as something else"):
        save_problem_xlsx(a_problem(schools=(a_school(**fields),)), tmp_path / "p.xlsx")
    assert not (tmp_path / "p.xlsx").exists()


def test_headings_and_titles_are_read_whatever_their_case_and_blanks(tmp_path: Path) -> None:
    def untidy(book: Workbook) -> None:
        for page in book.worksheets:
            for cell in page[1]:
                cell.value = f"  {cell.value} ".upper()
            page.title = f" {page.title.upper()}"

    assert _read(tmp_path, untidy) == full_problem()


def test_headings_may_stand_below_a_title(tmp_path: Path) -> None:
    def titled(book: Workbook) -> None:
        page_of(book, "Schools").insert_rows(1, 3)
        page_of(book, "Schools")["A1"] = "DAFTAR SEKOLAH"

    assert _read(tmp_path, titled) == full_problem()


def test_examples_blank_rows_notes_and_own_sheets_are_passed_over(tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        page_of(book, "Pupils")["A30"] = "   "
        page_of(book, "Pupils")["H1"] = "Catatan kami"
        page_of(book, "Pupils")["H2"] = "ditelepon"
        book.create_sheet("Hitungan")["A1"] = "NIK"

    rows = (("contoh: S1", "XII", "banyak"), ("Example: S9",))
    assert _read(tmp_path, more, fill("Pupils", *rows)) == full_problem()


def test_hidden_sheets_are_read_too(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        page_of(book, "Floors").sheet_state = "hidden"

    assert _read(tmp_path, hide) == full_problem()


def test_a_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        page_of(book, "Pupils").merge_cells("A3:A4")
        page_of(book, "School hours").merge_cells("A3:A4")
        page_of(book, "Schools").merge_cells("C2:C3")

    assert _read(tmp_path, merge) == full_problem()


def test_the_value_that_excel_saved_with_a_formula_is_used(tmp_path: Path) -> None:
    path = a_book(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path) as archive:
        text = archive.read(PUPILS).decode()
    assert "<v>100</v>" in text
    rezipped(path, {PUPILS: text.replace("<v>100</v>", "<f>50*2</f><v>100</v>").encode()})
    assert load_problem(path) == full_problem()


def test_one_row_can_speak_for_several_schools_or_all(tmp_path: Path) -> None:
    row = ("Sabtu", dt.time(7), dt.time(9), 0)
    problem = _read(tmp_path, fill("School hours", ("semua", *row), ("S1; S2", *row)))
    for school in problem.schools:
        assert [hours.days for hours in school.hours][-2:] == [("sat",), ("sat",)]


# Names in the place of ids


def test_schools_teams_and_bases_may_be_named_by_their_names(tmp_path: Path) -> None:
    def named(book: Workbook) -> None:
        for title, column, name in (
            ("Pupils", "A", "SMA {}"),
            ("School hours", "A", "sma  {}"),
            ("Closed dates", "A", "SMA{}"),
            ("Commitments", "A", "SMA {}"),
        ):
            for cell in page_of(book, title)[column][1:]:
                cell.value = name.format(str(cell.value).removeprefix("S"))
        page_of(book, "Teams")["C2"] = "Dinas Dukcapil"
        page_of(book, "Bases")["B2"] = "dinas dukcapil"
        page_of(book, "Shifts")["A2"] = "TEAM A"
        page_of(book, "Commitments")["B2"] = "team a"
        for cell in (*page_of(book, "Travel table")["A"], *page_of(book, "Travel table")[1]):
            names = {"B": "Dinas Dukcapil", "S1": "SMA 1", "S2": "SMA 2"}
            cell.value = names.get(str(cell.value), cell.value)

    problem = _read(tmp_path, named)
    assert problem.model_copy(update={"bases": full_problem().bases}) == full_problem()


def test_several_may_be_named_in_one_cell(tmp_path: Path) -> None:
    row = ("Sabtu", dt.time(7), dt.time(9), 0)
    problem = _read(tmp_path, fill("School hours", ("sma 1; S2", *row)))
    assert [school.hours[-1].days for school in problem.schools] == [("sat",), ("sat",)]


def test_a_name_with_a_separator_in_it_is_one_name(tmp_path: Path) -> None:
    names = (put("Schools!B2", "SMA 2, Kampus Timur"), put("Pupils!A2", "SMA 2, Kampus Timur"))
    assert _read(tmp_path, *names).schools[0].cohorts == full_problem().schools[0].cohorts


def test_headings_may_say_that_names_are_meant(tmp_path: Path) -> None:
    changes = (put("Pupils!A1", "Nama sekolah"), put("Teams!C1", "Nama kantor asal"))
    assert _read(tmp_path, *changes, put("Shifts!A1", "Nama tim")) == full_problem()


def test_a_part_of_a_name_is_not_enough(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="'SMA' is not in the sheet 'Schools'"):
        _read(tmp_path, put("Pupils!A2", "SMA"))


def test_a_name_that_several_have_is_asked_back(tmp_path: Path) -> None:
    same = (put("Schools!B3", "sma 1"), put("Pupils!A2", "SMA 1"))
    with pytest.raises(ProblemError) as caught:
        _read(tmp_path, *same)
    (one,) = caught.value.complaints
    assert (one.where, one.what) == ("Pupils!A2", "'SMA 1' is the name of several")
    assert one.remedy == "Write one of: S1, S2."


def test_a_name_that_a_base_and_a_school_have_is_asked_back(tmp_path: Path) -> None:
    same = (put("Bases!B2", "SMA 1"), fill("Travel overrides", ("SMA 1", "S2", 5)))
    with pytest.raises(ProblemError, match="Travel overrides!A2: 'SMA 1' is the name of several"):
        _read(tmp_path, *same)


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    near = (put("Schools!B3", "SMK Negeri Dua"), put("Pupils!A2", "SMK Negri Duo"))
    with pytest.raises(ProblemError, match=r"Did you mean SMK Negeri Dua \(S2\)\?"):
        _read(tmp_path, *near)


# Birthdays and other cells


def test_a_month_of_birth_gives_the_dates_of_both_birthdays(tmp_path: Path) -> None:
    months = (("S1", "Maret", 5, "Maret 2008"), ("S1", "Desember", 6, "2008-12"))
    school = _read(tmp_path, fill("Pupils", *months)).schools[0]
    march, december = school.cohorts[1:]
    assert (march.record_from, march.card_from) == (dt.date(2024, 4, 1), dt.date(2025, 3, 1))
    assert december.record_from == dt.date(2025, 1, 1)


def test_a_holiday_that_is_not_observed_is_none(tmp_path: Path) -> None:
    rows = (("07/08/2024", "Libur", "libur nasional", "ya"), ("08/08/2024", "Cuti", None, "tidak"))
    assert _read(tmp_path, fill("Holidays", *rows)).holidays == (dt.date(2024, 8, 7),)


def test_numbers_shown_as_percentages_are_read_as_shown(tmp_path: Path) -> None:
    problem = _read(tmp_path, put("School hours!E2", 0.75, "0%"))
    assert problem.schools[0].hours[0].lesson_percent == 75


def test_a_workbook_is_known_by_its_content_where_the_name_says_nothing(tmp_path: Path) -> None:
    path = a_book(tmp_path / "book.xlsx").rename(tmp_path / "book")
    assert load_problem(path) == full_problem()


def test_ten_thousand_rows_are_read(tmp_path: Path) -> None:
    rows = [("S1", f"kelas {number}", 1) for number in range(10_000)]
    assert len(_read(tmp_path, fill("Pupils", *rows)).schools[0].cohorts) == 10_001


def test_more_cells_than_can_be_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ektp_sched.files.excel.grid.MAX_CELLS", 40)
    with pytest.raises(ProblemError, match="Office: the sheet is too large"):
        _read(tmp_path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot read: no such file"):
        load_problem(tmp_path / "none.xlsx")


def test_of_very_many_faults_the_first_are_kept(tmp_path: Path) -> None:
    rows = ((f"S{n}", "XII", "x") for n in range(2_100))
    with pytest.raises(ProblemError) as caught:
        _read(tmp_path, fill("Pupils", *rows))
    assert len(caught.value.complaints) == 2_000


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ExtraError, match=r"pip install 'ektp-sched\[excel\]'"):
        need_excel()


def test_nothing_of_the_extra_is_imported_before_it_is_needed() -> None:
    heavy = "{'openpyxl', 'holidays', 'defusedxml'}"
    code = (
        f"import ektp_sched.files, ektp_sched.cli.main, sys; assert not {heavy} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
