"""Schools and hours put into workbooks."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from ektp_sched.errors import DecisionError, FileError, ProblemError, RequestError
from ektp_sched.files import load_problem, write_template
from ektp_sched.files.excel import import_hours, import_schools
from ektp_sched.files.excel.asc_timetable import read_timetable
from ektp_sched.files.excel.school_list import read_school_list
from tests.io.base import full_problem
from tests.io.excel.books import a_book, fill, page_of, put, without
from tests.io.excel.test_asc_timetables import a_timetable
from tests.io.excel.test_school_lists import CASES, HEAD, a_list, a_row

# Schools


def test_schools_go_into_a_new_workbook(tmp_path: Path) -> None:
    source = a_list(tmp_path, a_row(name="=SMA 8", lat="0", lon="0", due="20"))
    found = import_schools(source, tmp_path / "new.xlsx")
    assert (found.added, found.known, len(found.doubts)) == (2, 0, 1)
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    schools = page_of(book, "Sekolah")
    assert [cell.value for cell in schools["A"]][2:4] == ["10702407", "10702408"]
    assert (schools["B4"].value, schools["B4"].data_type) == ("=SMA 8", "s")
    assert schools["E4"].value is None
    assert [cell.value for cell in page_of(book, "Siswa")[3]][:3] == ["10702407", "semua", 310]


def test_a_doubt_is_marked_on_its_cell_which_is_told(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    found = import_schools(CASES / "npsn_float.csv", path)
    assert found.doubts[0].startswith("Sekolah!A4, SMA B: 1020304 has 7 characters")
    cell = page_of(openpyxl.load_workbook(path), "Sekolah")["A4"]
    assert cell.comment is not None
    assert "an NPSN has 8" in cell.comment.text
    assert cell.fill.fgColor.rgb == "00FFE699"


def test_whole_rolls_are_noted_beside_the_schools_and_not_planned_with(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    import_schools(CASES / "h_kec_upper.csv", path)
    book = openpyxl.load_workbook(path)
    heading, _example, *rolls = list(page_of(book, "Sekolah").columns)[-1]
    assert heading.value == "Catatan: siswa seluruhnya"
    assert [cell.value for cell in rolls] == [1234, 300, 300, 300, 300]
    assert page_of(book, "Siswa").max_row == 2  # the headings and the worked example


def test_rolls_that_count_those_due_are_planned_with_where_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    import_schools(CASES / "h_kec_upper.csv", path, due=True)
    pupils = page_of(openpyxl.load_workbook(path), "Siswa")
    assert [cell.value for cell in pupils["C"]][2:] == [1234, 300, 300, 300, 300]


def test_schools_join_those_of_a_workbook_which_stay_as_they_are(tmp_path: Path) -> None:
    estimated = (put("Office!B12", "estimate"), without("Travel table"))
    begun, new = a_book(tmp_path / "begun.xlsx", *estimated), tmp_path / "new.xlsx"
    before = begun.read_bytes()
    assert import_schools(a_list(tmp_path), new, workbook=begun).added == 1
    assert import_schools(a_list(tmp_path), tmp_path / "x.xlsx", workbook=new).known == 1
    assert begun.read_bytes() == before
    *old, school = load_problem(new).schools
    assert tuple(old) == full_problem().schools
    assert (school.id, school.cohorts[0].students) == ("10702407", 310)


def test_a_planning_workbook_as_a_list_gives_its_schools_without_the_worked_example(
    tmp_path: Path,
) -> None:
    blank, begun = tmp_path / "blank.xlsx", tmp_path / "begun.xlsx"
    write_template(blank, "id")
    assert read_school_list(blank).schools == ()
    import_schools(a_list(tmp_path), begun, workbook=blank)
    assert [school.id for school in read_school_list(begun).schools] == ["10702407"]
    found = import_schools(begun, tmp_path / "new.xlsx", workbook=blank)
    assert (found.added, found.known) == (1, 0)


def test_hidden_rows_are_asked_about_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    with pytest.raises(DecisionError):
        import_schools(CASES / "filtered.xlsx", path)
    assert not path.exists()
    assert import_schools(CASES / "filtered.xlsx", path, hidden="leave").added == 2


def test_a_damaged_workbook_is_not_added_to(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(FileError, match="damaged"):
        import_schools(a_list(tmp_path), tmp_path / "x.xlsx", workbook=broken)


# Hours


def test_hours_go_into_a_copy_of_a_workbook(tmp_path: Path) -> None:
    book, new = a_book(tmp_path / "book.xlsx", without("School hours")), tmp_path / "new.xlsx"
    before = book.read_bytes()
    found = import_hours(a_timetable(tmp_path), new, school="S1", workbook=book)
    assert (found.added, found.doubts, found.remarks) == (2, (), ())
    assert load_problem(new).schools[0].hours == read_timetable(tmp_path / "asc.xml").hours
    assert book.read_bytes() == before


@pytest.mark.parametrize("name", ["sma negeri dua", "SMAN Dua", "dua"])
def test_a_school_may_be_called_by_its_name_or_a_part_of_it(tmp_path: Path, name: str) -> None:
    book = a_book(tmp_path / "book.xlsx", put("Schools!B3", "SMA Negeri  Dua"))
    new = tmp_path / "new.xlsx"
    import_hours(a_timetable(tmp_path), new, school=name, workbook=book, existing="replace")
    assert load_problem(new).schools[1].hours == read_timetable(tmp_path / "asc.xml").hours


def test_hours_that_a_school_has_are_kept_or_replaced_only_when_asked(tmp_path: Path) -> None:
    book, new = a_book(tmp_path / "book.xlsx"), tmp_path / "new.xlsx"
    with pytest.raises(DecisionError, match="S2 has 2 rows of hours already") as caught:
        import_hours(a_timetable(tmp_path), new, school="S2", workbook=book)
    assert (caught.value.argument, caught.value.answers) == ("existing", ("replace", "keep"))
    assert not new.exists()


def test_replaced_hours_are_gone_and_those_of_others_stay(tmp_path: Path) -> None:
    book, new = a_book(tmp_path / "book.xlsx"), tmp_path / "new.xlsx"
    found = import_hours(a_timetable(tmp_path), new, school="S2", workbook=book, existing="replace")
    assert found.remarks == ("2 rows of hours that the school had were replaced",)
    first, second = load_problem(new).schools
    assert first == full_problem().schools[0]
    assert second.hours == read_timetable(tmp_path / "asc.xml").hours


def test_kept_hours_stay_beside_the_new_ones_and_are_doubted(tmp_path: Path) -> None:
    book, new = a_book(tmp_path / "book.xlsx"), tmp_path / "new.xlsx"
    found = import_hours(a_timetable(tmp_path), new, school="S2", workbook=book, existing="keep")
    assert "had hours before" in found.doubts[0]
    old, second = full_problem().schools[1], load_problem(new).schools[1]
    assert second.hours == old.hours + read_timetable(tmp_path / "asc.xml").hours


@pytest.mark.parametrize("named", ["semua", "S1; S2", "S2, S1"])
def test_a_row_that_others_share_keeps_to_the_others(tmp_path: Path, named: str) -> None:
    saturday = fill("School hours", (named, "Sabtu", dt.time(7), dt.time(9), 0))
    book, new = a_book(tmp_path / "book.xlsx", saturday), tmp_path / "new.xlsx"
    before = load_problem(book).schools[0]
    found = import_hours(a_timetable(tmp_path), new, school="S2", workbook=book, existing="replace")
    assert "now name those alone: School hours!A5" in found.remarks[1]
    first, second = load_problem(new).schools
    assert first == before
    assert second.hours == read_timetable(tmp_path / "asc.xml").hours


def test_merged_cells_keep_what_they_say_of_the_other_rows(tmp_path: Path) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        page = page_of(book, "School hours")
        page.append((None, "Sabtu", dt.time(7), dt.time(9), 0))
        page.append(("S1", "Minggu", dt.time(7), dt.time(9), 0))
        page.merge_cells("C5:C6")

    book, new = a_book(tmp_path / "book.xlsx", merge, put("School hours!A5", "S2")), tmp_path / "n"
    import_hours(a_timetable(tmp_path), new, school="S2", workbook=book, existing="replace")
    assert load_problem(new.rename(tmp_path / "n.xlsx")).schools[0] == load_problem(book).schools[0]


def test_hours_of_a_school_that_the_workbook_lacks_are_refused(tmp_path: Path) -> None:
    book = a_book(tmp_path / "book.xlsx")
    with pytest.raises(RequestError, match="'S9' is not in the problem"):
        import_hours(a_timetable(tmp_path), tmp_path / "x", school="S9", workbook=book)


def test_hours_of_the_worked_example_are_refused(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    write_template(book, "id")
    mark = page_of(openpyxl.load_workbook(book), "Sekolah")["A2"].value
    with pytest.raises(RequestError, match="There is none"):
        import_hours(a_timetable(tmp_path), tmp_path / "x", school=str(mark), workbook=book)


@pytest.mark.parametrize("title", ["Schools", "School hours"])
def test_a_workbook_whose_schools_or_hours_cannot_be_read_is_not_added_to(
    tmp_path: Path, title: str
) -> None:
    """Else hours that the school has already would be overlooked, and kept without a word."""
    book = a_book(tmp_path / "book.xlsx", put(f"{title}!A1", "?"))
    with pytest.raises(ProblemError, match="is missing"):
        import_hours(a_timetable(tmp_path), tmp_path / "x", school="S1", workbook=book)


# Both


def test_a_workbook_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    mine = a_book(tmp_path / "mine.xlsx")
    before = mine.read_bytes()
    with pytest.raises(FileError, match="replace=True"):
        import_schools(a_list(tmp_path, head=HEAD), mine)
    assert mine.read_bytes() == before
    found = import_schools(a_list(tmp_path, head=HEAD), mine, replace=True)
    assert found.copy is not None
    assert found.copy.read_bytes() == before
