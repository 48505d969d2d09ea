"""A problem's file looked through by itself: faults and doubts, each on its cell."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment

from ektp_sched.errors import FileError
from ektp_sched.files import inspect_problem, load_problem, save_problem
from ektp_sched.rulebook import review
from tests.builders import a_cohort, a_problem, a_school
from tests.io.base import full_problem
from tests.io.excel.books import Change, a_book, called, fill, page_of, put, without

PERSONS = ("Budi Umpama", "Siti Umpamawati", "Rahmat Andaikata")
FAULT, DOUBT = "00FF9F9F", "00FFE699"


def marked(tmp_path: Path, *changes: Change) -> openpyxl.Workbook:
    """The copy of a workbook with those changes, in English."""
    inspect_problem(a_book(tmp_path / "book.xlsx", *changes)).mark(tmp_path / "m.xlsx", "en")
    return openpyxl.load_workbook(tmp_path / "m.xlsx")


def cell_of(book: openpyxl.Workbook, title: str, place: str) -> Cell:
    cell = page_of(book, title)[place]
    assert isinstance(cell, Cell)
    return cell


def note_of(cell: Cell) -> str:
    return cell.comment.text if cell.comment else ""


def list_of(book: openpyxl.Workbook) -> list[tuple[object, ...]]:
    """The rows of the sheet that lists what was found."""
    return list(page_of(book, "Check").iter_rows(min_row=2, values_only=True))


def test_a_workbook_without_fault_or_doubt(tmp_path: Path) -> None:
    known = put("Pupils!F3", "2025-08-06")
    found = inspect_problem(a_book(tmp_path / "book.xlsx", known))
    assert found.problem is not None
    assert (found.faults, found.doubts) == ((), ())
    book = marked(tmp_path, known)
    assert list_of(book) == [(None, None, "Nothing is at fault or doubtful.")]


def test_faults_are_told_on_their_cells_and_there_is_no_problem(tmp_path: Path) -> None:
    found = inspect_problem(a_book(tmp_path / "book.xlsx", put("Pupils!C2", "many")))
    assert found.problem is None
    assert [(one.where, one.what) for one in found.faults] == [
        ("Pupils!C2", "this is text, not a number or a date")
    ]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (put("Schools!E2", -3.2), "location_far", "Schools!E2"),
        (put("Pupils!F3", None), "card_from_missing", "Pupils!F3"),
        (put("Deliveries!A2", "2024-08-01"), "delivery_before_start", "Deliveries!A2"),
        (fill("Holidays", ("2024-08-09",)), "override_ignored", "Counters by date!A2"),
        (put("Office!B8", 0), "counters_break_reserve", "Office!B8"),
        (put("Breaks!D2", "05:00"), "break_outside_shift", "Breaks!A2"),
        (put("Commitments!C2", "2024-09-30"), "confirmed_outside", "Commitments!A2"),
        (fill("Teams off", ("A", "2024-08-01", "2024-08-30")), "team_idle", "Teams!A2"),
    ],
)
def test_each_doubt_is_told_on_the_cell_that_it_is_about(
    tmp_path: Path, change: Change, code: str, where: str
) -> None:
    near = [(f"S{n}", f"SMA {n}", "SMA", "Ratu Agung", -3.8, 102.26) for n in (3, 4, 5)]
    estimated = (put("Office!B12", "estimate"), without("Travel table"))
    changes = (*estimated, fill("Schools", *near), change)
    found = inspect_problem(a_book(tmp_path / "b.xlsx", *changes))
    assert found.faults == ()
    assert (code, where) in [(one.code, one.where) for one in found.doubts]


@pytest.mark.parametrize(
    ("changes", "code", "where", "what"),
    [
        (
            (put("Schools!E2", -3), put("Schools!F2", 102)),
            "position_doubtful",
            "E2",
            "cut to whole",
        ),
        ((put("Schools!E2", 8.5),), "position_doubtful", "E2", "is a minus sign missing?"),
        ((put("Schools!E2", 0), put("Schools!F2", 0)), "position_doubtful", "E2", "outside Indo"),
        ((put("Schools!C2", "dikmen"),), "kind_unknown", "C2", "'dikmen' is no kind of school"),
        ((put("Schools!C2", "SMAN"),), "kind_spelt", "C2", "another kind than SMA: write SMA"),
        (
            (put("Schools!D3", "KEC. RATU AGUNG"),),
            *("district_spelt", "D3", "another district than 'Ratu Agung'"),
        ),
    ],
)
def test_cells_that_may_be_mistyped_are_doubted(
    tmp_path: Path, changes: tuple[Change, ...], code: str, where: str, what: str
) -> None:
    found = inspect_problem(a_book(tmp_path / "b.xlsx", *changes))
    doubt = next(one for one in found.doubts if one.code == code)
    assert doubt.where == f"Schools!{where}"
    assert what in doubt.message


@pytest.mark.parametrize("number", [1020304, 1020304.0, "1020304", "102030405"])
def test_digits_of_an_npsn_that_may_be_lost_are_doubted(
    tmp_path: Path, number: int | float | str
) -> None:
    school = (number, "SMA 3", "SMA", "Ratu Agung", -3.8, 102.26)
    estimated = (put("Office!B12", "estimate"), without("Travel table"))
    found = inspect_problem(a_book(tmp_path / "b.xlsx", *estimated, fill("Schools", school)))
    (doubt,) = [one for one in found.doubts if one.code == "id_length"]
    assert doubt.where == "Schools!A4"
    assert f"{number:.0f}" if isinstance(number, float) else str(number) in doubt.message


def test_hidden_rows_count_and_are_doubted(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        for line in (3, 4, 40):
            page_of(book, "Pupils").row_dimensions[line].hidden = True

    found = inspect_problem(a_book(tmp_path / "b.xlsx", hide))
    assert found.problem == full_problem()
    (doubt,) = [one for one in found.doubts if one.code == "rows_hidden"]
    assert (doubt.where, doubt.message.split()[:4]) == ("Pupils!A3", ["2", "rows", "of", "this"])


def test_doubts_about_cells_are_told_beside_faults(tmp_path: Path) -> None:
    changes = (put("Pupils!C2", "many"), put("Schools!C2", "dikmen"))
    found = inspect_problem(a_book(tmp_path / "b.xlsx", *changes))
    assert [one.where for one in found.faults] == ["Pupils!C2"]
    assert [one.where for one in found.doubts] == ["Schools!C2"]
    colours = [cell_of(marked(tmp_path, *changes), title, "C2") for title in ("Pupils", "Schools")]
    assert [cell.fill.fgColor.rgb for cell in colours] == [FAULT, DOUBT]


def test_the_doubts_of_json_are_told_on_the_way_to_them(tmp_path: Path) -> None:
    cohort = a_cohort("XII", record_from=dt.date(2024, 1, 1))
    problem = a_problem(schools=(a_school(cohorts=(cohort,)),))
    save_problem(tmp_path / "problem.json", problem)
    (doubt,) = inspect_problem(tmp_path / "problem.json").doubts
    assert doubt.where == "schools[0] (SMA 1).cohorts[0] (XII).card_from"
    assert (doubt.code, doubt.message) == ("card_from_missing", review(problem)[0].message)


def test_a_plan_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"visits": []}', encoding="utf-8")
    (fault,) = inspect_problem(tmp_path / "plan.json").faults
    assert fault.what == "this is a plan, where a problem is expected"


# The marked copy


def test_a_fault_and_a_doubt_have_their_colour_and_comment_and_a_line_in_the_list(
    tmp_path: Path,
) -> None:
    faulty = marked(tmp_path, put("Pupils!C2", "many"))
    cell = cell_of(faulty, "Pupils", "C2")
    assert (cell.fill.fgColor.rgb, cell.value) == (FAULT, "many")
    assert note_of(cell).startswith("this is text, not a number or a date. Write a whole number")
    assert list_of(faulty)[0][:2] == ("fault", "Pupils!C2")
    doubtful = marked(tmp_path, put("Deliveries!A2", "2024-08-01"), put("Pupils!F3", "2025-08-06"))
    cell = cell_of(doubtful, "Deliveries", "A2")
    assert cell.fill.fgColor.rgb == DOUBT
    assert "before the plan starts" in note_of(cell)
    assert list_of(doubtful)[0][:2] == ("doubt", "Deliveries!A2")


def test_the_list_leads_to_the_cells(tmp_path: Path) -> None:
    book = marked(tmp_path, put("School hours!E2", 700))
    link = cell_of(book, "Check", "B2").hyperlink
    assert link is not None
    assert link.location == "'School hours'!E2"
    assert book.active is not None
    assert book.active.title == "Check"


def test_what_a_comment_said_before_stays_below_and_is_there_again_without_the_mark(
    tmp_path: Path,
) -> None:
    def noted(book: openpyxl.Workbook) -> None:
        page_of(book, "Pupils")["C2"].comment = Comment("telephoned", "a planner")

    book = marked(tmp_path, put("Pupils!C2", "many"), noted)
    cell = cell_of(book, "Pupils", "C2")
    assert note_of(cell).startswith("this is text, not a number or a date")
    assert note_of(cell).endswith("telephoned")
    cell.value = 100
    book.save(tmp_path / "mended.xlsx")
    inspect_problem(tmp_path / "mended.xlsx").mark(tmp_path / "again.xlsx", "en")
    again = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert note_of(cell_of(again, "Pupils", "C2")) == "telephoned"


def test_what_is_missing_has_no_cell_and_is_listed_only(tmp_path: Path) -> None:
    book = marked(tmp_path, called("Teams", "Crews"))
    assert list_of(book)[0][:2] == ("fault", "Tim")


def test_the_workbook_itself_is_never_touched(tmp_path: Path) -> None:
    mine = a_book(tmp_path / "mine.xlsx", put("Pupils!C2", "many"))
    before = mine.read_bytes()
    found = inspect_problem(mine)
    with pytest.raises(FileError, match="was read and is not overwritten"):
        found.mark(mine)
    with pytest.raises(FileError, match="was read and is not overwritten"):
        found.mark(mine, replace=True)
    assert mine.read_bytes() == before


def test_marks_are_gone_from_the_copy_of_a_copy_once_it_is_mended(tmp_path: Path) -> None:
    book = marked(tmp_path, put("Pupils!C2", "many"))
    cell_of(book, "Pupils", "C2").value = 100
    book.save(tmp_path / "mended.xlsx")
    assert load_problem(tmp_path / "mended.xlsx") == full_problem()  # its list is passed over
    inspect_problem(tmp_path / "mended.xlsx").mark(tmp_path / "again.xlsx", "en")
    again = openpyxl.load_workbook(tmp_path / "again.xlsx")
    cell = cell_of(again, "Pupils", "C2")
    assert (cell.comment, cell.fill.fill_type) == (None, None)
    assert [page for page in again.sheetnames if page.startswith("Check")] == ["Check"]


def text_of(path: Path) -> str:
    """All that is in a workbook's parts."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


@pytest.mark.parametrize(
    "change",
    [
        fill("Pupils", *(("S1", f"kelas {n}", name) for n, name in enumerate(PERSONS))),
        fill("Pupils", *(("S1", name, 1) for name in PERSONS)),
        fill("Pupils", *(("S1", f"k {n}", 1, None, name) for n, name in enumerate(PERSONS))),
        fill("Pupils", ("S1", "kelas 1", PERSONS[0])),
        put("Pupils!B2", PERSONS[0] + " 1771 0123 4567 8901"),
    ],
)
def test_what_is_about_persons_is_refused_and_neither_told_nor_copied(
    tmp_path: Path, change: Change
) -> None:
    book = a_book(tmp_path / "book.xlsx", change)
    found = inspect_problem(book)
    assert any("Only counts are handled" in fault.remedy for fault in found.faults)
    found.mark(tmp_path / "m.xlsx", "en")
    assert any(name in text_of(book) for name in PERSONS)
    for text in (str(found), text_of(tmp_path / "m.xlsx")):
        assert not any(part in text for name in PERSONS for part in name.split())


def test_a_column_of_niks_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    def niks(book: openpyxl.Workbook) -> None:
        page = page_of(book, "Teams")
        column = page.max_column + 1
        page.cell(1, column).value = "Catatan"
        page.cell(2, column).value = 1771012345678901
        page.cell(3, column).value = "1771 0123 4567 8902"

    path = a_book(tmp_path / "book.xlsx", niks)
    (fault,) = inspect_problem(path).faults
    assert fault.what == "this column holds numbers as long as a NIK"
    inspect_problem(path).mark(tmp_path / "m.xlsx", "en")
    assert "17710123" not in text_of(tmp_path / "m.xlsx").replace(" ", "")


def test_json_cannot_be_marked(tmp_path: Path) -> None:
    save_problem(tmp_path / "problem.json", full_problem())
    with pytest.raises(FileError, match="no Excel workbook"):
        inspect_problem(tmp_path / "problem.json").mark(tmp_path / "m.xlsx")
