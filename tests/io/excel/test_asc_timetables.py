"""Hours from aSc Timetables, as schools really export them."""

from pathlib import Path

import pytest

from ektp_sched.domain import Hours
from ektp_sched.errors import FileError
from ektp_sched.files.excel.asc_timetable import Timetable, read_timetable

CASES = Path(__file__).parents[2] / "cases" / "asc"

PERIODS = "".join(
    f'<period name="{n}" period="{n}" starttime="{start}" endtime="{end}"/>'
    for n, start, end in ((1, "7:30", "8:15"), (2, "8:15", "9:00"), (3, "9:30", "10:15"))
)
LESSONS = (
    '<lesson id="L1" classids="C1,C2" periodspercard="2"/><lesson id="L2" classids="C1"/>'
    '<lesson id="L3" classids=""/>'
)
CARDS = (
    '<card lessonid="L1" period="1" days="10000"/><card lessonid="L2" period="3" days="10000"/>'
    '<card lessonid="L1" period="1" days="01000"/><card lessonid="L2" period="3" days="01000"/>'
)
CLASSES = '<class id="C1" name="XII 1"/><class id="C2" name="XII 2"/>'


def a_timetable(
    tmp_path: Path,
    *,
    cards: str = CARDS,
    periods: str = PERIODS,
    lessons: str = LESSONS,
    classes: str = CLASSES,
    more: str = "",
    options: str = "",
) -> Path:
    path = tmp_path / "asc.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="windows-1252"?><timetable options="{options}">'
        f"<periods>{periods}</periods>{more}"
        f'<teachers><teacher id="T" name="Ren\xe9"/></teachers>'
        f"<classes>{classes}</classes>"
        f"<lessons>{lessons}</lessons><cards>{cards}</cards></timetable>",
        encoding="cp1252",
    )
    return path


def hours(days: str, start: str, end: str, percent: int) -> Hours:
    raw = {"days": days.split(), "start": start, "end": end, "lesson_percent": percent}
    return Hours.model_validate(raw)


def days_of(timetable: Timetable) -> str:
    """The days of all entries, in order."""
    return " ".join(day for entry in timetable.hours for day in entry.days)


def one_card(day: str, **attributes: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<card lessonid="L2" period="1" {day}{more}/>'


def test_a_timetable_becomes_open_hours_with_their_share_of_lessons(tmp_path: Path) -> None:
    assert read_timetable(a_timetable(tmp_path)) == Timetable(
        (
            hours("mon tue", "07:30", "09:00", 100),
            # The pause from 9:00 is open too: half of the classes for 45 of 75 minutes.
            hours("mon tue", "09:00", "10:15", 30),
        ),
        (),
    )


# One card a period, or one a lesson


def test_cards_of_single_periods_are_not_stretched_to_the_lesson_again() -> None:
    found = read_timetable(CASES / "double_lesson.xml")
    assert found == Timetable((hours("mon", "07:00", "08:30", 100),), ())


def test_a_card_of_a_whole_lesson_is_stretched_to_it(tmp_path: Path) -> None:
    lessons = '<lesson id="L1" classids="C1,C2" periodspercard="3" periodsperweek="3,0"/>'
    path = a_timetable(tmp_path, lessons=lessons, cards='<card lessonid="L1" period="1" days="1"/>')
    # 135 minutes of lessons between 7:30 and 10:15.
    assert read_timetable(path).hours == (hours("mon", "07:30", "10:15", 82),)


def test_the_number_of_cards_tells_where_a_pause_parts_a_lesson(tmp_path: Path) -> None:
    periods = PERIODS.replace("9:30", "10:00").replace("10:15", "10:45")
    cards = "".join(f'<card lessonid="L1" period="{n}" days="1"/>' for n in (2, 3))
    lessons = '<lesson id="L1" classids="C1,C2" periodspercard="2" periodsperweek="2.0"/>'
    found = read_timetable(a_timetable(tmp_path, periods=periods, lessons=lessons, cards=cards))
    assert [(entry.start.hour, entry.end.hour) for entry in found.hours] == [(8, 9), (10, 10)]


def test_a_lesson_of_several_periods_that_is_placed_in_part_goes_with_the_others(
    tmp_path: Path,
) -> None:
    lessons = (
        '<lesson id="L1" classids="C1" periodspercard="2" periodsperweek="2"/>'
        '<lesson id="L2" classids="C2" periodspercard="2" periodsperweek="5"/>'
    )
    cards = (
        '<card lessonid="L1" period="1" days="1"/><card lessonid="L1" period="2" days="1"/>'
        '<card lessonid="L2" period="1" days="01"/>'
    )
    found = read_timetable(a_timetable(tmp_path, lessons=lessons, cards=cards))
    assert found.hours[1] == hours("tue", "07:30", "08:15", 50)


def test_files_that_tell_both_ways_are_doubted(tmp_path: Path) -> None:
    lessons = "".join(
        f'<lesson id="L{n}" classids="C{n}" periodspercard="2" periodsperweek="2"/>' for n in (1, 2)
    )
    cards = (
        '<card lessonid="L1" period="1" days="1"/><card lessonid="L1" period="2" days="1"/>'
        '<card lessonid="L2" period="1" days="01"/>'
    )
    found = read_timetable(a_timetable(tmp_path, lessons=lessons, cards=cards))
    assert "1 have one card for all of them and 1 a card for each" in found.doubts[0]


def test_a_lesson_that_goes_on_after_the_last_period_is_cut_and_told(tmp_path: Path) -> None:
    found = read_timetable(a_timetable(tmp_path, cards='<card lessonid="L1" period="3" days="1"/>'))
    assert found.hours == (hours("mon", "09:30", "10:15", 100),)
    assert found.doubts == ("1 lesson goes on after the last period; it was cut there",)


# Weeks and terms


def test_a_lesson_of_every_other_week_counts_half() -> None:
    found = read_timetable(CASES / "weeks_ab.xml")
    # One week of a cycle whose second nobody uses.
    assert found == Timetable((hours("mon", "07:00", "08:00", 50),), ())


@pytest.mark.parametrize(
    ("cards", "percent"),
    [
        (one_card('days="1"', weeks="10") + one_card('days="1"', weeks="01"), 50),
        (one_card('days="1"', weeks="10") + one_card('days="1"', weeks="10"), 25),
        (one_card('days="1"', weeks="11"), 50),
        (one_card('days="1"', terms="0100"), 12),
        (one_card('days="1"', weeks="10", terms="10"), 12),
        (one_card('days="1"', weeks="10", terms="1"), 25),
        (one_card('days="1"', weeks="00"), 50),  # any week
    ],
)
def test_the_weeks_and_terms_of_cards_are_united(tmp_path: Path, cards: str, percent: int) -> None:
    found = read_timetable(a_timetable(tmp_path, cards=cards))
    assert found.hours == (hours("mon", "07:30", "08:15", percent),)


def test_a_card_without_weeks_has_those_of_its_lesson(tmp_path: Path) -> None:
    more = '<weeksdef id="W" weeks="01"/><termsdef id="Y" terms="1"/>'
    lessons = '<lesson id="L2" classids="C1,C2" weeksdefid="W" termsdefid="Y"/>'
    path = a_timetable(tmp_path, more=more, lessons=lessons, cards=one_card('days="1"'))
    assert read_timetable(path).hours == (hours("mon", "07:30", "08:15", 50),)
    lessons = lessons.replace('weeksdefid="W"', 'weeks="10"')  # the form of 2008
    path = a_timetable(tmp_path, lessons=lessons, cards=one_card('days="1"'))
    assert read_timetable(path).hours == (hours("mon", "07:30", "08:15", 50),)


# Bells


def test_bells_that_differ_by_grade_may_overlap() -> None:
    found = read_timetable(CASES / "overlapping_bells.xml")
    assert found == Timetable((hours("mon", "09:00", "09:50", 100),), ())


def test_where_bells_overlap_each_minute_counts_the_classes_in_lesson(tmp_path: Path) -> None:
    periods = (
        '<period period="1" starttime="7:00" endtime="8:00"/>'
        '<period period="2" starttime="7:30" endtime="8:30"/>'
    )
    lessons = '<lesson id="L1" classids="C1"/><lesson id="L2" classids="C2"/>'
    cards = '<card lessonid="L1" period="1" days="1"/><card lessonid="L2" period="2" days="1"/>'
    found = read_timetable(a_timetable(tmp_path, periods=periods, lessons=lessons, cards=cards))
    assert found.hours == (
        hours("mon", "07:00", "07:30", 50),
        hours("mon", "07:30", "08:00", 100),
        hours("mon", "08:00", "08:30", 50),
    )


def test_bells_of_one_weekday_are_those_of_that_day(tmp_path: Path) -> None:
    more = '<dayperiod day="4" period="1" starttime="7:00" endtime="7:30"/>'
    cards = one_card('day="0"') + one_card('day="4"')
    assert read_timetable(a_timetable(tmp_path, more=more, cards=cards)).hours == (
        hours("mon", "07:30", "08:15", 50),
        hours("fri", "07:00", "07:30", 50),
    )


@pytest.mark.parametrize(("first", "doubted"), [(8 * 60, True), (7 * 60, False)])
def test_bells_that_nobody_has_set_are_doubted(tmp_path: Path, first: int, doubted: bool) -> None:
    times = [first + 45 * n for n in range(4)]
    periods = "".join(
        f'<period period="{n}" starttime="{start // 60}:{start % 60:02d}" '
        f'endtime="{(start + 45) // 60}:{(start + 45) % 60:02d}"/>'
        for n, start in enumerate(times, start=1)
    )
    found = read_timetable(a_timetable(tmp_path, periods=periods))
    assert any("08:00, 08:45" in doubt for doubt in found.doubts) == doubted


# Days


@pytest.mark.parametrize(
    ("row", "day"), [("00001", "fri"), ("000001", "sat"), ("0000001", "sun"), ("01", "tue")]
)
def test_rows_of_days_begin_with_monday(tmp_path: Path, row: str, day: str) -> None:
    found = read_timetable(a_timetable(tmp_path, cards=one_card(f'days="{row}"')))
    assert (days_of(found), found.doubts) == (day, ())


def test_a_row_may_hold_several_days_and_there_may_be_several_rows(tmp_path: Path) -> None:
    found = read_timetable(a_timetable(tmp_path, cards=one_card('days="10100,00001"')))
    assert days_of(found) == "mon wed fri"


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("Senin", "Selasa"), "mon"),
        (("Monday (12 Jan)", "Tuesday (13 Jan)"), "mon"),
        (("Ahad", "Senin"), "sun"),
        (("Sabtu", "Senin"), "sat"),
    ],
)
def test_names_of_days_tell_with_which_the_week_begins(
    tmp_path: Path, names: tuple[str, str], days: str
) -> None:
    rows = ("10000", "01000")
    more = "".join(
        f'<daysdef name="{name}" days="{row}"/>' for name, row in zip(names, rows, strict=True)
    )
    more += '<daysdef name="Any day" days="10000,01000"/>'
    found = read_timetable(a_timetable(tmp_path, more=more, cards=one_card('days="10000"')))
    assert (days_of(found), found.doubts) == (days, ())


def test_a_week_of_two_mondays_is_refused_in_a_sentence(tmp_path: Path) -> None:
    more = '<daysdef name="Senin A" days="10"/><daysdef name="Senin B" days="01"/>'
    with pytest.raises(FileError, match="day Senin B: several days of the file are this weekday"):
        read_timetable(a_timetable(tmp_path, more=more, cards=one_card('days="10"')))


def test_days_of_other_names_are_counted_from_monday_and_doubted(tmp_path: Path) -> None:
    more = '<daysdef name="Segunda" days="10000"/>'
    found = read_timetable(a_timetable(tmp_path, more=more, cards=one_card('days="10000"')))
    assert days_of(found) == "mon"
    assert found.doubts == ("the days are called Segunda: the first was taken as Monday",)


@pytest.mark.parametrize(
    ("numbers", "options", "days", "doubted"),
    [
        ("04", "", "mon fri", False),
        ("4", "", "fri", True),
        ("15", "idprefix:X,daynumbering1", "mon fri", False),
        ("17", "", "mon sun", False),
        ("12345", "", "mon tue wed thu fri", True),
    ],
)
def test_older_exports_number_the_days_from_0_or_1(
    tmp_path: Path, numbers: str, options: str, days: str, doubted: bool
) -> None:
    cards = "".join(one_card(f'day="{number}"') for number in numbers)
    found = read_timetable(a_timetable(tmp_path, cards=cards, options=options))
    assert days_of(found) == days
    assert bool(found.doubts) == doubted


def test_numbered_days_may_have_names(tmp_path: Path) -> None:
    more = '<day day="1" name="Senin"/><day day="2" name="Selasa"/>'
    found = read_timetable(a_timetable(tmp_path, more=more, cards=one_card('day="2"')))
    assert (days_of(found), found.doubts) == ("tue", ())


def test_a_card_may_name_its_day(tmp_path: Path) -> None:
    found = read_timetable(a_timetable(tmp_path, cards=one_card('day="Jumat"')))
    assert days_of(found) == "fri"


# What does not fit


def test_classes_that_the_file_does_not_know_are_left_out_and_told() -> None:
    found = read_timetable(CASES / "import_hours_unknown_class.xml")
    assert found.hours == (hours("mon", "07:00", "07:45", 100),)
    assert found.doubts == (
        "1 lesson names classes that the file does not know; it was counted without them",
    )


@pytest.mark.parametrize(
    ("card", "doubt"),
    [
        ('<card lessonid="L9" period="1" days="1"/>', "of a lesson that the file does not know"),
        ('<card lessonid="L2" period="9" days="1"/>', "in a period without times"),
        ('<card lessonid="L3" period="1" days="1"/>', "of a lesson without a class"),
        ('<card lessonid="L2" period="1"/>', "no day or no period"),
        ('<card lessonid="L2" days="1"/>', "no day or no period"),
    ],
)
def test_cards_that_lead_nowhere_are_told(tmp_path: Path, card: str, doubt: str) -> None:
    found = read_timetable(a_timetable(tmp_path, cards=CARDS + card))
    assert found.hours == read_timetable(a_timetable(tmp_path)).hours
    assert doubt in found.doubts[0]


def test_an_export_of_few_classes_only_is_doubted(tmp_path: Path) -> None:
    classes = "".join(f'<class id="C{n}"/>' for n in range(9))
    found = read_timetable(a_timetable(tmp_path, classes=classes))
    assert "only 2 of 9 classes have a lesson" in found.doubts[0]


def test_a_period_without_times_matters_only_where_a_lesson_is_in_it(tmp_path: Path) -> None:
    periods = f'{PERIODS}<period period="4"/>'
    assert read_timetable(a_timetable(tmp_path, periods=periods)).doubts == ()
    cards = CARDS + '<card lessonid="L2" period="4" days="1"/>'
    found = read_timetable(a_timetable(tmp_path, periods=periods, cards=cards))
    assert found.doubts == ("1 card stands in a period without times; it was left out",)


def test_a_lesson_of_groups_is_one_of_their_classes(tmp_path: Path) -> None:
    more = '<group id="G1" classid="C1"/><group id="G2" classid="C1"/>'
    lessons = '<lesson id="L2" classids="" groupids="G1,G2"/>'
    path = a_timetable(tmp_path, more=more, lessons=lessons, cards=one_card('days="1"'))
    assert read_timetable(path) == Timetable((hours("mon", "07:30", "08:15", 50),), ())


def test_cards_may_name_their_classes_themselves(tmp_path: Path) -> None:
    cards = '<card classids="C1" period="1" days="1"/>'
    found = read_timetable(a_timetable(tmp_path, cards=cards, lessons=""))
    assert found == Timetable((hours("mon", "07:30", "08:15", 50),), ())


def test_a_number_that_is_none_is_told_with_its_lesson() -> None:
    with pytest.raises(
        FileError, match="lesson L1: periodspercard is 'inf', which is not a number"
    ):
        read_timetable(CASES / "import_hours_periodspercard.xml")


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"periods": '<period period="1" starttime="?" endtime="8:00"/>'}, "has no number or no"),
        ({"periods": '<period period="x" starttime="7:00" endtime="8:00"/>'}, "no number or no"),
        ({"periods": '<period period="1" starttime="9:00" endtime="8:00"/>'}, "ends before it"),
        ({"periods": PERIODS + PERIODS.replace("7:30", "7:00")}, "twice with other times"),
        ({"lessons": LESSONS.replace('"2"', '"1e99"')}, "periodspercard is '1e99'"),
        ({"lessons": LESSONS.replace('"2"', '"-1"')}, "periodspercard is '-1'"),
        ({"lessons": LESSONS.replace('"2"', '"1.5"')}, "periodspercard is '1.5'"),
        ({"lessons": '<lesson id="L2" classids="C1" periodsperweek="nan"/>'}, "periodsperweek is"),
        ({"cards": one_card('days="1x"')}, "days is '1x', which is not made of 0 and 1"),
        ({"cards": one_card('day="9"')}, "its day is not a day of the week"),
        ({"cards": one_card('days="00000001"')}, "its day is not a day of the week"),
        ({"cards": one_card('days="1"', weeks="x")}, "weeks is 'x', which does not fit"),
        (
            {"cards": one_card('days="1"', weeks="10") + one_card('days="1"', weeks="100")},
            "weeks is '10', which does not fit",
        ),
        ({"cards": one_card('days="1"', terms="1" * 61)}, "terms is '1111"),
        ({"cards": '<card lessonid="L2" period="inf" days="1"/>'}, "period is 'inf'"),
        ({"cards": '<card lessonid="L1" period="9" days="1"/>'}, "no lesson of it has a day"),
    ],
)
def test_a_timetable_at_fault_is_refused(tmp_path: Path, fields: dict[str, str], what: str) -> None:
    with pytest.raises(FileError, match=what):
        read_timetable(a_timetable(tmp_path, **fields))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    lessons = "".join(f'<lesson id="L{n}" classids="C1" periodspercard="x"/>' for n in range(5))
    with pytest.raises(FileError) as caught:
        read_timetable(a_timetable(tmp_path, lessons=lessons))
    assert [one.where for one in caught.value.complaints] == [f"lesson L{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.fet", b"<fet version='6'><Institution_Name>X</Institution_Name></fet>", "of FET"),
        ("a.xml", b"<Activities_Timetable></Activities_Timetable>", "a file of FET"),
        ("a.xml", b"<Students_Timetable></Students_Timetable>", "a file of FET"),
        ("jadwal.roz", b"\x01\x02", r"as aSc Timetables itself saves it \(.roz\)"),
        ("a.xml", b"PK\x03\x04", "a workbook or another packed file"),
        ("a.pdf", b"%PDF-1.7", "a PDF file"),
        ("a.xml", b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "a web page"),
        ("a.json", b'{"a": 1}', "a JSON file"),
        ("a.xml", b"<rss/>", "XML of another kind"),
        ("a.xml", b'<document xmlns="https://untis.at/x"/>', "Untis or another program"),
        ("a.csv", b"hari;jam\nSenin;1\n", "no XML of a timetable"),
        ("a.xml", b"", "no XML of a timetable"),
        ("a.xml", b"<timetable/>", "tells of no <period>"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no XML of a timetable"),
        ("a.xml", b'<?xml version="1.0" encoding="klingon"?><a/>', "no XML of a timetable"),
    ],
)
def test_another_file_is_told_as_what_it_is(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=what):
        read_timetable(path)


def test_an_export_of_basic_data_is_no_timetable(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no lesson in it has a place in the timetable"):
        read_timetable(a_timetable(tmp_path, cards=""))


def test_a_missing_timetable_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot read: no such file"):
        read_timetable(tmp_path / "none.xml")
