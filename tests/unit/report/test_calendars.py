from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream

from ektp_sched.domain import Location, Problem, Visit
from ektp_sched.files.icalendar import Entry, read_calendar
from ektp_sched.report.calendars import OFFICE_CALENDAR, calendars
from ektp_sched.texts.language import Language
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

FIRST = datetime(2024, 7, 1, 3, tzinfo=UTC)
LATER = FIRST + timedelta(days=7)
SCHOOLS = (a_school("S1"), a_school("S2", cohorts=50))
PROBLEM = a_problem(schools=SCHOOLS, teams=(a_team("A"), a_team("B")))


class Office:
    """What an office has given out, read back from its calendar before each new plan."""

    def __init__(self, tmp_path: Path) -> None:
        self._file = tmp_path / OFFICE_CALENDAR
        self.files: dict[str, bytes] = {}

    def give_out(
        self,
        *visits: Visit,
        changed: datetime = FIRST,
        problem: Problem = PROBLEM,
        language: Language = "id",
    ) -> list[Entry]:
        """Make the calendars of a plan; all entries of the office's."""
        former = read_calendar(self._file) if self.files else []
        self.files = calendars(
            problem, a_plan(*visits), language=language, changed=changed, former=former
        )
        self._file.write_bytes(self.files[OFFICE_CALENDAR])
        return read_calendar(self._file)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_visit_is_the_same_in_the_three_calendars(office: Office) -> None:
    office.give_out(a_visit(), a_visit("S2", "B", TUESDAY, students=10))
    assert list(office.files) == [
        "office.ics",
        "teams/Team-A_A.ics",
        "teams/Team-B_B.ics",
        "schools/SMA-1_S1.ics",
        "schools/SMA-2_S2.ics",
    ]
    for name in ("teams/Team-A_A.ics", "schools/SMA-1_S1.ics"):
        event = office.files[name].split(b"BEGIN:VEVENT")[1].split(b"END:VEVENT")[0]
        assert event in office.files["office.ics"]
        assert office.files[name].count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize(
    ("language", "summary", "description"),
    [
        (
            "id",
            "Perekaman KTP-el: SMA 1 (Team A) – diusulkan",
            "Siswa: 40 (XII: 40)\nPersiapan alat 08.00–08.30, perekaman 08.30–09.45, berkemas "
            "sampai 10.00\nTim: Team A (2 alat perekaman)\nStatus: diusulkan",
        ),
        (
            "en",
            "e-KTP recording: SMA 1 (Team A) – proposed",
            "Pupils: 40 (XII: 40)\nSet-up 08:00–08:30, recording 08:30–09:45, packing until "
            "10:00\nTeam: Team A (recording kits: 2)\nStatus: proposed",
        ),
    ],
)
def test_what_an_entry_says(
    language: Language, summary: str, description: str, office: Office
) -> None:
    (entry,) = office.give_out(a_visit(), language=language)
    assert (entry.summary, entry.description) == (summary, description)
    assert entry.location.startswith("SMA 1, ")
    assert entry.start.isoformat() == "2024-08-05T08:00:00+07:00"


@pytest.mark.parametrize(
    ("status", "shown", "marked"),
    [
        ("proposed", "TENTATIVE", True),
        ("contingent", "TENTATIVE", True),
        ("confirmed", "CONFIRMED", False),
        ("done", "CONFIRMED", False),
    ],
)
def test_only_what_is_agreed_is_confirmed(
    status: str, shown: str, marked: bool, office: Office
) -> None:
    (entry,) = office.give_out(a_visit(status=status))
    assert entry.status == shown
    assert (" – " in entry.summary) == marked


def test_the_same_plan_gives_the_same_files(office: Office) -> None:
    visits = (a_visit(), a_visit("S2", "B", TUESDAY))
    office.give_out(*visits)
    first = office.files
    office.give_out(*reversed(visits), changed=LATER)
    assert office.files == first


@pytest.mark.parametrize(
    "now",
    [
        a_visit(date=WEDNESDAY),
        a_visit(start="09:00"),
        a_visit(end="11:00"),
        a_visit(students=30),
        a_visit(status="confirmed"),
    ],
)
def test_a_changed_visit_keeps_its_uid_and_is_newer(now: Visit, office: Office) -> None:
    stays = a_visit("S2", "B", TUESDAY)
    (old, other) = office.give_out(a_visit(), stays)
    new, same = sorted(office.give_out(now, stays, changed=LATER), key=lambda entry: entry.school)
    assert same == other
    assert (new.uid, new.sequence, new.changed) == (old.uid, 1, LATER)


def test_a_visit_that_stays_is_not_taken_for_one_that_moved(office: Office) -> None:
    first, second = office.give_out(a_visit(), a_visit(date=WEDNESDAY))
    moved, stayed = office.give_out(a_visit(date=TUESDAY), a_visit(date=WEDNESDAY), changed=LATER)
    assert stayed == second
    assert (moved.uid, moved.sequence) == (first.uid, 1)


def test_a_visit_at_another_time_of_its_date_is_not_taken_for_the_next_one(
    office: Office,
) -> None:
    sent = office.give_out(a_visit(), a_visit(date=TUESDAY))
    former = {entry.start.day: entry.uid for entry in sent}
    now = office.give_out(
        a_visit(date=TUESDAY, start="09:00", end="11:00"), a_visit(date=WEDNESDAY)
    )
    assert {entry.start.day: entry.uid for entry in now} == {6: former[6], 7: former[5]}


def test_a_dropped_visit_is_cancelled_and_stays_so(office: Office) -> None:
    (old,) = office.give_out(a_visit())
    (gone,) = office.give_out(changed=LATER)
    assert gone == replace(
        old,
        status="CANCELLED",
        sequence=1,
        changed=LATER,
        summary="DIBATALKAN: Perekaman KTP-el: SMA 1 (Team A) – diusulkan",
        description="Kunjungan ini dibatalkan.",
    )
    for name in ("teams/Team-A_A.ics", "schools/SMA-1_S1.ics"):
        assert b"STATUS:CANCELLED\r\nTRANSP:TRANSPARENT" in office.files[name]
    assert office.give_out(changed=LATER + timedelta(days=1)) == [gone]


def test_a_cancelled_visit_that_comes_back_is_a_new_entry(office: Office) -> None:
    (old,) = office.give_out(a_visit())
    office.give_out()
    again = office.give_out(a_visit())
    assert sorted(entry.status for entry in again) == ["CANCELLED", "TENTATIVE"]
    (back,) = (entry for entry in again if entry.status == "TENTATIVE")
    assert back.uid != old.uid
    assert back.sequence == 0


def test_a_visit_of_another_team_is_another_entry_in_every_calendar(office: Office) -> None:
    office.give_out(a_visit())
    office.give_out(a_visit(team="B"))
    assert b"STATUS:CANCELLED" in office.files["teams/Team-A_A.ics"]
    assert b"STATUS:CANCELLED" not in office.files["teams/Team-B_B.ics"]
    assert office.files["schools/SMA-1_S1.ics"].count(b"BEGIN:VEVENT") == 2


def test_what_lies_before_the_first_day_is_history(office: Office) -> None:
    past, coming = office.give_out(a_visit(), a_visit(date=WEDNESDAY))
    later = a_problem(schools=SCHOOLS, teams=PROBLEM.teams, start=TUESDAY)
    kept, moved = office.give_out(a_visit(date=FRIDAY), problem=later)
    assert kept == past
    assert (moved.uid, moved.sequence) == (coming.uid, 1)


def test_a_done_visit_before_the_first_day_keeps_its_entry(office: Office) -> None:
    (old,) = office.give_out(a_visit())
    later = a_problem(schools=SCHOOLS, teams=PROBLEM.teams, start=TUESDAY)
    (done,) = office.give_out(a_visit(students=38, status="done"), problem=later)
    assert (done.uid, done.sequence, done.status) == (old.uid, 1, "CONFIRMED")


def test_a_school_that_is_gone_has_its_visit_cancelled(office: Office) -> None:
    office.give_out(a_visit("S2", students=10))
    (gone,) = office.give_out(problem=a_problem(schools=SCHOOLS[:1]))
    assert gone.status == "CANCELLED"
    assert "schools/S2_S2.ics" in office.files


def test_a_plan_without_visits_has_a_calendar(office: Office) -> None:
    assert office.give_out() == []
    assert list(office.files) == [OFFICE_CALENDAR]
    assert IcsCalendarStream.calendar_from_ics(office.files[OFFICE_CALENDAR].decode()).events == []


def test_visits_that_no_allowed_plan_has_are_told_apart(office: Office) -> None:
    entries = office.give_out(a_visit(), a_visit(), a_visit(start="08:00", end="09:00"))
    assert len({entry.uid for entry in entries}) == 3


def test_schools_of_one_name_are_told_apart(office: Office) -> None:
    twins = (a_school("S1", name="SMA"), a_school("S2", name="SMA"))
    visits = (a_visit(), a_visit("S2", date=THURSDAY))
    one, other = office.give_out(*visits, problem=a_problem(schools=twins))
    assert one.summary.startswith("Perekaman KTP-el: SMA (S1)")
    assert other.summary.startswith("Perekaman KTP-el: SMA (S2)")


def test_a_school_at_the_equator_has_a_position_without_exponent(office: Office) -> None:
    school = a_school("S1", location=Location(lon=109.33333333, lat=-0.00003))
    (entry,) = office.give_out(a_visit(), problem=a_problem(schools=(school,)))
    assert entry.position == (0, 109.3333)
    assert b"\r\nGEO:-0.0;109.3333\r\n" in office.files[OFFICE_CALENDAR]


def test_a_time_zone_of_the_east(office: Office) -> None:
    problem = a_problem(schools=SCHOOLS, teams=PROBLEM.teams, time_zone="Asia/Jayapura")
    (entry,) = office.give_out(a_visit(), problem=problem)
    assert entry.start.isoformat() == f"{MONDAY}T08:00:00+09:00"
    assert b"TZID:Asia/Jayapura" in office.files[OFFICE_CALENDAR]


def test_packing_and_set_up_that_are_longer_than_the_stay(office: Office) -> None:
    (entry,) = office.give_out(a_visit(end="08:20"))
    assert "perekaman 08.20–08.20" in entry.description
