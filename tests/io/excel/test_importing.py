from pathlib import Path

import openpyxl
import pytest

from ektp_sched.domain import Hours
from ektp_sched.errors import FileError, InputError, ProblemError
from ektp_sched.io import load_problem, write_template
from ektp_sched.io.excel import import_hours, import_schools
from ektp_sched.io.excel.asc_timetable import read_hours
from ektp_sched.io.excel.school_list import read_school_list
from tests.io.base import full_problem
from tests.io.excel.books import a_book, put, without

HEAD = "npsn;nama;bentuk_pendidikan;kecamatan;lintang;bujur;peserta_didik\n"
GOOD = "10702407;SMAN 7;SMA;Kec. Gading Cempaka;-3,8378;102,2993;310\n"


def a_list(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "sekolah.csv"
    path.write_text(HEAD + GOOD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_list_of_schools_is_read(tmp_path: Path) -> None:
    (school,) = read_school_list(a_list(tmp_path))
    assert (school.id, school.name, school.kind) == ("10702407", "SMAN 7", "SMA")
    assert (school.district, school.students) == ("Gading Cempaka", 310)
    assert school.location is not None
    assert (school.location.lat, school.location.lon) == (-3.8378, 102.2993)
    assert school.doubts == ()


@pytest.mark.parametrize(
    ("position", "is_kept", "doubt"),
    [
        ("0;0", False, "outside Indonesia"),
        (";", False, "no position is given"),
        ("102,3;-3,8", True, "were swapped"),
        ("48,1;11,5", False, "outside Indonesia"),
        ("8,5;115,2", False, "minus sign missing"),
        ("selatan;102", False, "cannot be read"),
    ],
)
def test_a_position_that_cannot_be_right_is_flagged(
    tmp_path: Path, position: str, is_kept: bool, doubt: str
) -> None:
    school = read_school_list(a_list(tmp_path, f"1;SMA;SMA;Utara;{position};9"))[1]
    assert (school.location is not None) == is_kept
    assert len(school.doubts) == 1
    assert doubt in school.doubts[0]


def test_a_school_far_from_its_district_is_flagged(tmp_path: Path) -> None:
    near = [f"1070240{n};SMA {n};SMA;Gading Cempaka;-3,84;102,30;9" for n in range(3)]
    far = "10702500;SMA Jauh;SMA;Gading Cempaka;-3,2;102,30;9"
    *others, last = read_school_list(a_list(tmp_path, *near, far))
    assert all(school.doubts == () for school in others)
    assert "71 km from the middle" in last.doubts[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a;b\n1;2\n", "no sheet of it has a column NPSN"),
        ("npsn;nama\n1;SMA\n", "the columns bentuk pendidikan, kecamatan are missing"),
        (HEAD.replace("bujur", "tanggal lahir"), "about single persons"),
        (HEAD + ";SMA;SMA;Utara;0;0;1\n", "npsn is missing"),
        (HEAD + GOOD + GOOD, "NPSN 10702407 stands in"),
        (HEAD + GOOD.replace("310", "banyak"), "is not a whole number"),
        ("", "no sheet of it"),
    ],
)
def test_a_list_at_fault_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        read_school_list(path)


def test_schools_go_into_a_new_workbook(tmp_path: Path) -> None:
    source = a_list(tmp_path, "10702408;=SMA 8;SMA;Selatan;0;0;20")
    found = import_schools(source, tmp_path / "new.xlsx")
    assert (found.added, found.known, len(found.doubts)) == (2, 0, 1)
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    assert [cell.value for cell in book["Sekolah"]["A"]][2:4] == ["10702407", "10702408"]
    assert book["Sekolah"]["B4"].value == "=SMA 8"
    assert book["Sekolah"]["B4"].data_type == "s"
    assert book["Sekolah"]["E4"].value is None
    assert "outside Indonesia" in book["Sekolah"]["E4"].comment.text
    assert [cell.value for cell in book["Siswa"][3]][:3] == ["10702407", "semua", 310]


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


def test_a_list_may_be_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["DATA SEKOLAH"])
    page.append(["No", "Nama Sekolah", "NPSN", "BP", "Kecamatan"])
    page.append([1, "SMAN 7", 10702407, "SMA", "Gading Cempaka"])
    book.save(tmp_path / "list.xlsx")
    (school,) = read_school_list(tmp_path / "list.xlsx")
    assert (school.id, school.name) == ("10702407", "SMAN 7")


def test_a_planning_workbook_as_a_list_gives_its_schools_without_the_worked_example(
    tmp_path: Path,
) -> None:
    blank, begun = tmp_path / "blank.xlsx", tmp_path / "begun.xlsx"
    write_template(blank, "id")
    assert read_school_list(blank) == []
    import_schools(a_list(tmp_path), begun, workbook=blank)
    assert [school.id for school in read_school_list(begun)] == ["10702407"]
    found = import_schools(begun, tmp_path / "new.xlsx", workbook=blank)
    assert (found.added, found.known) == (1, 0)


PERIODS = "".join(
    f'<period name="{n}" period="{n}" starttime="{start}" endtime="{end}"/>'
    for n, start, end in ((1, "7:30", "8:15"), (2, "8:15", "9:00"), (3, "9:30", "10:15"))
)
LESSONS = '<lesson id="L1" classids="C1,C2" periodspercard="2"/><lesson id="L2" classids="C1"/>'
CARDS = (
    '<card lessonid="L1" period="1" days="10000"/><card lessonid="L2" period="3" days="10000"/>'
    '<card lessonid="L1" period="1" days="01000"/><card lessonid="L2" period="3" days="01000"/>'
    '<card lessonid="L9" period="1" days="00100"/>'
)


def a_timetable(tmp_path: Path, *, cards: str = CARDS, periods: str = PERIODS) -> Path:
    path = tmp_path / "asc.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="windows-1252"?><timetable ascttversion="2012.7.1">'
        f"<periods>{periods}</periods>"
        f'<teachers><teacher id="T" name="Ren\xe9"/></teachers>'
        f'<classes><class id="C1" name="XII 1"/><class id="C2" name="XII 2"/></classes>'
        f"<lessons>{LESSONS}</lessons><cards>{cards}</cards></timetable>",
        encoding="cp1252",
    )
    return path


def _hours(days: tuple[str, ...], start: str, end: str, percent: int) -> Hours:
    raw = {"days": days, "start": start, "end": end, "lesson_percent": percent}
    return Hours.model_validate(raw)


def test_a_timetable_becomes_open_hours_with_their_share_of_lessons(tmp_path: Path) -> None:
    assert read_hours(a_timetable(tmp_path)) == (
        _hours(("mon", "tue"), "07:30", "09:00", 100),
        # The pause from 9:00 is open too: half of the classes for 45 of 75 minutes.
        _hours(("mon", "tue"), "09:00", "10:15", 30),
    )


def test_older_exports_number_the_days(tmp_path: Path) -> None:
    hours = read_hours(a_timetable(tmp_path, cards='<card lessonid="L2" period="1" day="4"/>'))
    assert hours == (_hours(("fri",), "07:30", "08:15", 50),)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{}", "no XML of a timetable"),
        ("<timetable/>", "tells of no <period>"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no XML of a timetable"),
    ],
)
def test_what_is_no_timetable_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "asc.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=what):
        read_hours(path)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"cards": '<card lessonid="L1" period="9" days="1"/>'}, "no lesson of it has a day"),
        ({"periods": '<period period="1" starttime="?" endtime="8:00"/>'}, "has no number or no"),
        ({"periods": '<period period="1" starttime="9:00" endtime="8:00"/>'}, "ends before it"),
    ],
)
def test_a_timetable_at_fault_is_refused(tmp_path: Path, fields: dict[str, str], what: str) -> None:
    with pytest.raises(FileError, match=what):
        read_hours(a_timetable(tmp_path, **fields))


def test_a_missing_timetable_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot read: no such file"):
        read_hours(tmp_path / "none.xml")


def test_hours_go_into_a_workbook(tmp_path: Path) -> None:
    book, new = a_book(tmp_path / "book.xlsx"), tmp_path / "new.xlsx"
    found = import_hours(a_timetable(tmp_path), new, school="S1", workbook=book)
    assert found.added == 2
    assert "had hours before" in found.doubts[0]
    first, second = load_problem(new).schools
    assert first.hours[1:] == read_hours(tmp_path / "asc.xml")
    assert second == full_problem().schools[1]


def test_hours_of_a_school_that_the_workbook_lacks_are_refused(tmp_path: Path) -> None:
    book = a_book(tmp_path / "book.xlsx")
    with pytest.raises(FileError, match="school 'S9' is not in the sheet"):
        import_hours(a_timetable(tmp_path), tmp_path / "x", school="S9", workbook=book)


def test_hours_of_the_worked_example_are_refused(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    write_template(book, "id")
    mark = openpyxl.load_workbook(book)["Sekolah"]["A2"].value
    with pytest.raises(FileError, match="is not in the sheet"):
        import_hours(a_timetable(tmp_path), tmp_path / "x", school=mark, workbook=book)


def test_a_damaged_workbook_is_not_added_to(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(FileError, match="damaged"):
        import_schools(a_list(tmp_path), tmp_path / "x.xlsx", workbook=broken)


def test_every_faulty_row_of_a_list_is_told(tmp_path: Path) -> None:
    lines = ("1;SMA;SMA;;-3;102;9", "2;SMA;SMA;Utara;-3;102;x")
    with pytest.raises(ProblemError) as caught:
        read_school_list(a_list(tmp_path, *lines))
    places = [complaint.where for complaint in caught.value.complaints]
    assert places == ["sekolah.csv, row 3", "sekolah.csv, row 4"]
