"""A team with a kit out on some dates: what is read of a plan knows one team, not two."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from ektp_sched.desk.stand_ins import fewer_kits
from ektp_sched.domain import Plan, Problem
from ektp_sched.files import load_problem, save_problem_xlsx
from ektp_sched.files.geojson import routes_geojson
from ektp_sched.report.calendars import calendars
from ektp_sched.report.letters import assignments, notices
from ektp_sched.report.outcome import Outcome
from ektp_sched.report.page import Payload
from ektp_sched.report.plan_workbook import save_plan_xlsx
from ektp_sched.report.visits_csv import visits_csv
from ektp_sched.texts.language import Language
from tests.builders import MONDAY, TUESDAY, a_plan, a_problem, a_range, a_school, a_team, a_visit
from tests.unit.report.test_letters import words

WORDS: dict[Language, str] = {"id": "Tim Kota, 1 alat perekaman", "en": "Tim Kota, 1 kit"}


@pytest.fixture
def office() -> Problem:
    """Teams "Tim" and "Tim from Manna"; of the first a kit is out on Tuesday."""
    teams = (a_team("Tim", name="Tim Kota"), a_team("Tim from Manna", name="Tim Manna"))
    schools = (a_school("S1"), a_school("S2"), a_school("S3"))
    return fewer_kits(
        a_problem(schools=schools, teams=teams), "Tim", a_range(TUESDAY, TUESDAY), out=1
    )


@pytest.fixture
def plan(office: Problem) -> Plan:
    stand_in = office.teams[1].id
    return a_plan(
        a_visit("S1", "Tim", MONDAY),
        a_visit("S2", stand_in, TUESDAY, students=20),
        a_visit("S3", "Tim from Manna", TUESDAY),
    )


def test_one_letter_for_each_real_team_with_all_its_visits(office: Problem, plan: Plan) -> None:
    letters = assignments(office, plan, language="id")
    assert sorted(letters) == [
        "surat-tugas_Tim-Kota_Tim.docx",
        "surat-tugas_Tim-Manna_Tim-from-Manna.docx",
    ]
    text = words(letters["surat-tugas_Tim-Kota_Tim.docx"])
    assert "Tim Kota, dengan anggota:" in text
    assert "hanya dengan 1 alat perekaman" in text
    assert text.count("hanya dengan") == 1
    assert "SMA 1" in text
    assert "SMA 2" in text


def test_a_letter_asked_for_a_stand_in_is_its_teams(office: Problem, plan: Plan) -> None:
    asked = assignments(office, plan, language="id", teams=[office.teams[1].id])
    assert [*asked] == ["surat-tugas_Tim-Kota_Tim.docx"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_notice_names_the_real_team_and_its_kits(
    language: Language, office: Problem, plan: Plan
) -> None:
    (letter,) = notices(office, plan, language=language, schools=["S2"]).values()
    assert WORDS[language] in words(letter)


def test_one_calendar_for_each_real_team(office: Problem, plan: Plan) -> None:
    changed = datetime(2024, 8, 1, tzinfo=UTC)
    files = calendars(office, plan, language="id", changed=changed)
    teams = sorted(name for name in files if name.startswith("teams/"))
    assert teams == ["teams/Tim-Kota_Tim.ics", "teams/Tim-Manna_Tim-from-Manna.ics"]
    entries = Calendar.from_ical(files[teams[0]]).walk("VEVENT")
    assert [WORDS["id"] in str(one["SUMMARY"]) for one in entries] == [False, True]


def test_a_visit_that_a_stand_in_takes_over_stays_the_same_entry(office: Problem) -> None:
    before = a_problem(schools=office.schools, teams=(office.teams[0], office.teams[2]))
    when = datetime(2024, 8, 1, tzinfo=UTC)
    was = calendars(before, a_plan(a_visit("S2", "Tim", TUESDAY)), language="id", changed=when)
    now = calendars(
        office, a_plan(a_visit("S2", office.teams[1].id, TUESDAY)), language="id", changed=when
    )
    uids = [Calendar.from_ical(one["office.ics"]).walk("VEVENT")[0]["UID"] for one in (was, now)]
    assert uids[0] == uids[1]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sheets_put_its_visits_under_the_real_team(
    language: Language, office: Problem, plan: Plan, tmp_path: Path
) -> None:
    save_plan_xlsx(office, plan, tmp_path / "plan.xlsx", language)
    book = load_workbook(tmp_path / "plan.xlsx")
    sheet = book["Per tim" if language == "id" else "By team"]
    assert [cell.value for cell in sheet["A"]][1:] == ["Tim Kota", WORDS[language], "Tim Manna"]
    assert [one.id for one in sheet.row_breaks.brk] == [3]  # a page for each real team


def test_tables_and_maps_have_its_code(office: Problem, plan: Plan) -> None:
    rows = [row.split(";") for row in visits_csv(office, plan, language="id").splitlines()[1:]]
    assert [row[3].strip('"') for row in rows] == ["Tim", "Tim", "Tim from Manna"]
    assert rows[1][4] == f'"{WORDS["id"]}"'
    routes = [one["properties"] for one in json.loads(routes_geojson(office, plan))["features"]]
    assert [one["team"] for one in routes] == ["Tim", "Tim", "Tim from Manna"]


def test_the_page_lets_choose_real_teams_only(office: Problem, plan: Plan) -> None:
    payload = Payload(Outcome(office, plan), "en")
    assert payload.team_ids == ["Tim", "Tim from Manna"]
    assert [payload.keys(visit)["team"] for visit in plan.visits] == [0, 0, 1]


def test_the_workbook_of_the_problem_says_whom_it_stands_in_for(
    office: Problem, tmp_path: Path
) -> None:
    save_problem_xlsx(office, tmp_path / "kota.xlsx")
    assert load_problem(tmp_path / "kota.xlsx") == office
    sheet = load_workbook(tmp_path / "kota.xlsx")["Tim"]
    (column,) = (c for c in sheet.iter_cols() if str(c[0].value).startswith("Menggantikan"))
    assert [cell.value for cell in column[1:]] == [None, "Tim", None]
