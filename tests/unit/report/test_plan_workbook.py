import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ektp_sched.domain import Plan, Problem
from ektp_sched.report.plan_workbook import save_plan_xlsx
from ektp_sched.report.visit_words import ReasonsInWords
from ektp_sched.texts.language import Language
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_cohort,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def problem() -> Problem:
    schools = (
        a_school("S1", name="=cmd|' /C calc'!A1"),
        a_school("S2", name="SMA 2", cohorts=(a_cohort("XI", 20), a_cohort("XII", 30))),
    )
    stock = {"opening": 90, "deliveries": (a_delivery(FRIDAY, 50, confirmed=False),)}
    teams = (a_team("A", name="Tim A"), a_team("B", name="@Tim B"))
    return a_problem(name="Kota & Kabupaten", schools=schools, teams=teams, stock=stock)


@pytest.fixture
def plan() -> Plan:
    return a_plan(
        a_visit("S1", "B", date=TUESDAY),
        a_visit("S1", "A", date=FRIDAY, students=30, status="contingent"),
        a_visit("S2", "A", date=MONDAY, students=30, status="confirmed"),
    )


def written(
    problem: Problem,
    plan: Plan,
    path: Path,
    language: Language,
    reasons: ReasonsInWords | None = None,
) -> Rows:
    save_plan_xlsx(problem, plan, path, language, reasons=reasons)
    book = openpyxl.load_workbook(path)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


@pytest.fixture
def rows(problem: Problem, plan: Plan, tmp_path: Path) -> Rows:
    return written(problem, plan, tmp_path / "plan.xlsx", "en")


def test_the_visits_stand_by_day(rows: Rows) -> None:
    first = rows["By day"][1]
    assert first[:5] == (dt.datetime(2024, 8, 5), "Monday", "Tim A", dt.time(8), dt.time(10))  # noqa: DTZ001
    assert first[5:] == ("SMA 2", "S2", "Ratu Agung", 30, "Confirmed")
    assert [row[1] for row in rows["By day"][1:]] == ["Monday", "Tuesday", "Friday"]


def test_the_visits_stand_by_team(rows: Rows) -> None:
    assert [row[0] for row in rows["By team"][1:]] == ["@Tim B", "Tim A", "Tim A"]


def test_each_school_says_what_it_gets_and_what_is_left(rows: Rows) -> None:
    one, two = rows["By school"][1:]
    assert one[4:7] == (100, 40, 60)
    assert one[7] == "06/08/2024 08:00-10:00; 09/08/2024 08:00-10:00 (contingent)"
    assert two[4:7] == (50, 30, 20)


def test_pupils_left_are_those_of_firm_visits(rows: Rows) -> None:
    left = {(row[2], row[3]): row[6] for row in rows["Pupils left"][1:]}
    assert left == {("S1", "XII"): 60, ("S2", "XI"): 20}


def test_why_pupils_are_left_stands_in_each_of_their_rows(
    problem: Problem, plan: Plan, tmp_path: Path
) -> None:
    reasons = {"S1": ["Proven: one.", "Likely: another."]}
    path = tmp_path / "plan.xlsx"
    first, *rest = written(problem, plan, path, "en", reasons)["Pupils left"]
    assert first[7] == "Why not more"
    assert {(row[2], row[7]) for row in rest} == {
        ("S1", "Proven: one.\nLikely: another."),
        ("S2", None),
    }
    page = openpyxl.load_workbook(path)["Pupils left"]
    heights = {page.cell(n, 3).value: page.row_dimensions[n].height for n in (2, 3)}
    assert heights == {"S1": 30, "S2": 15}


def test_the_low_point_of_the_stock_is_marked(rows: Rows) -> None:
    marked = [(row[0], row[6]) for row in rows["Blank cards"] if row[9] == "lowest"]
    assert marked == [(dt.datetime(2024, 8, 6), 20)]  # noqa: DTZ001
    assert len(rows["Blank cards"]) == 6


def test_it_is_written_in_indonesian_too(problem: Problem, plan: Plan, tmp_path: Path) -> None:
    rows = written(problem, plan, tmp_path / "plan.xlsx", "id")
    assert list(rows) == ["Per hari", "Per tim", "Per sekolah", "Siswa tersisa", "Stok blangko"]
    assert rows["Per hari"][1][1] == "Senin"
    assert rows["Per hari"][3][9] == "Bersyarat"


def test_names_that_look_like_formulas_stay_text(rows: Rows, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx")["By day"]
    cells = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" for cell in cells)
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "@"))]
    assert len(risky) == 3
    assert all(cell.quotePrefix for cell in risky)


def test_it_prints_on_a4_with_a_new_page_for_each_team(rows: Rows, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    for page in book.worksheets:
        setup = page.page_setup
        assert (setup.orientation, str(setup.paperSize), setup.fitToWidth) == ("landscape", "9", 1)
        assert page.print_title_rows == "$1:$1"
        assert page.oddHeader is not None
        assert page.oddHeader.left.text == "Kota && Kabupaten, 05/08/2024-09/08/2024"
    assert [mark.id for mark in book["By team"].row_breaks.brk] == [2]


def test_a_plan_without_visits_is_written(problem: Problem, tmp_path: Path) -> None:
    rows = written(problem, a_plan(), tmp_path / "plan.xlsx", "en")
    assert len(rows["By day"]) == 1
    assert rows["By school"][1][7] == "not yet served"
