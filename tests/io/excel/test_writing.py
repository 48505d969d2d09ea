from pathlib import Path

import openpyxl
import pytest

from ektp_sched.errors import ProblemError
from ektp_sched.files import load_problem, write_template
from ektp_sched.files.excel.sheets import MATRIX, SHEETS
from ektp_sched.files.excel.writing import holiday_rows
from ektp_sched.texts.language import Language

LANGUAGES: tuple[Language, ...] = ("id", "en")


@pytest.fixture(params=LANGUAGES)
def template(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    write_template(tmp_path / "t.xlsx", request.param, years=(2026,))
    return tmp_path / "t.xlsx"


def test_the_blank_template_lacks_only_what_the_office_must_say(template: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        load_problem(template)
    places = [complaint.where.partition("!")[2] for complaint in caught.value.complaints]
    assert places == ["B2", "B3", "B4", "B8"]


def test_every_heading_has_a_note_and_every_sheet_prints_on_a4(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert len(book.sheetnames) == len(SHEETS) + 1
    for sheet in SHEETS[1:]:
        page = next(page for page in book.worksheets if sheet.is_called(page.title))
        assert str(page.page_setup.paperSize) == "9"
        assert page.print_title_rows == "$1:$1"
        assert page.freeze_panes
        assert all(cell.comment for cell in page[1] if sheet is not MATRIX)


def test_every_example_can_be_read_by_its_own_column(template: Path) -> None:
    """Without its mark, the example row is one that its sheet takes."""
    book = openpyxl.load_workbook(template)
    for sheet in SHEETS[1:]:
        page = next(page for page in book.worksheets if sheet.is_called(page.title))
        for column, cell in zip(sheet.columns, page[2] if sheet.columns else (), strict=True):
            value = cell.value
            if isinstance(value, str) and cell.column == 1:
                value = value.partition(": ")[2]
            if value is not None:
                assert column.kind.read(value) is not None


def test_lists_are_short_enough_for_excel(template: Path) -> None:
    for page in openpyxl.load_workbook(template).worksheets:
        for rule in page.data_validations.dataValidation:
            assert len(rule.formula1) <= 255


def test_public_holidays_and_collective_leave_are_both_listed() -> None:
    rows = holiday_rows((2024,), "id")
    assert {row["sort"] for row in rows} == {"public", "collective"}
    assert all(row["observed"] for row in rows)
    assert [row["date"] for row in rows] == sorted({row["date"] for row in rows})
    assert any(row["name"].startswith("Cuti Bersama") for row in rows)
