"""The state of a school is one, wherever it is told."""

from pathlib import Path

import openpyxl
import pytest

from ektp_sched.cli.plan import summary_of
from ektp_sched.desk.explain.explain import explain
from ektp_sched.domain import Plan, Problem, service_state
from ektp_sched.report import plot_map, write_page
from ektp_sched.report.outcome import Outcome
from ektp_sched.report.plan_workbook import save_plan_xlsx
from tests.builders import a_plan, a_problem, a_school, a_visit
from tests.cli.fakes import a_result

NOBODY = "nobody to record"
PLAN: Plan = a_plan(a_visit("S1", students=40), a_visit("S2", start="12:00", end="14:00"))


@pytest.fixture
def problem() -> Problem:
    """All, some and none of the pupils of a school, and a school without any."""
    pupils = {"S1": 40, "S2": 100, "S3": 7, "S4": 0}
    return a_problem(schools=tuple(a_school(s, cohorts=n) for s, n in pupils.items()))


def test_states() -> None:
    states = [service_state(*one) for one in ((40, 40), (40, 50), (100, 40), (7, 0), (0, 0))]
    assert states == ["served", "served", "partly", "not", "nobody"]


def test_every_school_is_in_one_state(problem: Problem) -> None:
    outcome = Outcome(problem, PLAN)
    assert {one.school.id: one.state for one in outcome.schools} == {
        "S1": "served",
        "S2": "partly",
        "S3": "not",
        "S4": "nobody",
    }
    assert [outcome.count(state) for state in outcome.states] == [1, 1, 1, 1]


def test_nobody_to_record_is_said_on_the_page(problem: Problem, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_page(problem, PLAN, page, language="en")
    text = page.read_text(encoding="utf-8")
    assert f'<span class="state nobody">{NOBODY}</span>' in text
    assert "of 3; 1 served fully, 1 partly, 1 not yet" in text


def test_in_the_workbook_and_the_picture(problem: Problem, tmp_path: Path) -> None:
    save_plan_xlsx(problem, PLAN, tmp_path / "plan.xlsx", language="en")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["By school"]
    told = {row[1]: row[7] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert (told["S3"], told["S4"]) == ("not yet served", NOBODY)
    legend = plot_map(problem, PLAN, language="en").get_legend()
    assert legend is not None
    assert f"{NOBODY} (1)" in [text.get_text() for text in legend.get_texts()]


def test_in_the_summary_it_is_no_school_without_a_visit(problem: Problem) -> None:
    told = [line for line in summary_of(problem, a_result(PLAN)) if isinstance(line, str)]
    assert "Schools without a visit: 1" in told


def test_and_when_asked_why(problem: Problem) -> None:
    why = explain(problem, PLAN, "S4", time_limit=1)
    assert str(why) == "SMA 4: there is nobody to record, no pupils are stated."
    assert str(explain(problem, PLAN, "S1", time_limit=1)) == "SMA 1: all 40 pupils are recorded."
