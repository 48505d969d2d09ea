from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import IcsCalendarStream

from ektp_sched.errors import FileError
from ektp_sched.files.icalendar import Entry, calendar_bytes, read_calendar

NASTY = 'SMA <script>alert("1")</script>, "=1+1"; \\n 高中 مدرسة ' + "é" * 100


def an_entry(zone: str = "Asia/Jakarta", **fields: object) -> Entry:
    usual = {
        "uid": "1",
        "sequence": 2,
        "changed": datetime(2024, 7, 1, 12, tzinfo=UTC),
        "status": "CONFIRMED",
        "school": NASTY,
        "team": "A",
        "start": datetime(2024, 8, 5, 8, tzinfo=ZoneInfo(zone)),
        "end": datetime(2024, 8, 5, 10, 30, tzinfo=ZoneInfo(zone)),
        "summary": NASTY,
        "description": f"{NASTY}\nand more",
        "location": NASTY,
        "position": (-0.0263, 109.3425),
    }
    return Entry(**{**usual, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "UTC"])
def test_entries_read_back_as_they_were(zone: str, tmp_path: Path) -> None:
    entries = [an_entry(zone), an_entry(zone, uid="2", status="CANCELLED")]
    path = tmp_path / "office.ics"
    path.write_bytes(calendar_bytes(entries, name=NASTY, time_zone=zone))
    assert read_calendar(path) == entries


def test_the_order_of_entries_changes_nothing() -> None:
    entries = [an_entry(uid=str(number)) for number in range(3)]
    made = calendar_bytes(entries, name="x", time_zone="Asia/Jakarta")
    assert made == calendar_bytes(reversed(entries), name="x", time_zone="Asia/Jakarta")


def test_lines_are_as_rfc_5545_has_them() -> None:
    data = calendar_bytes([an_entry()], name=NASTY, time_zone="Asia/Makassar")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.decode("utf-8").count("BEGIN:VTIMEZONE") == 1
    assert b"METHOD" not in data


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Jakarta", 1), ("Asia/Makassar", 0)])
def test_a_client_reads_what_was_meant(zone: str, hour: int) -> None:
    text = calendar_bytes([an_entry(zone)], name="Tim 1", time_zone=zone).decode()
    calendar = IcsCalendarStream.calendar_from_ics(text)
    (event,) = calendar.events
    assert calendar.timezones[0].tz_id == zone
    assert event.dtstart == datetime(2024, 8, 5, hour, tzinfo=UTC)
    assert event.summary == event.location == NASTY
    assert event.description == f"{NASTY}\nand more"
    assert (event.uid, event.sequence, str(event.status)) == ("1", 2, "EventStatus.CONFIRMED")
    assert event.geo is not None
    assert (event.geo.lat, event.geo.lng) == (-0.0263, 109.3425)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no calendar",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_is_no_calendar_of_ours_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "office.ics"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match="no calendar that ektp-sched wrote"):
        read_calendar(path)


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("SEQUENCE:2", "SEQUENCE:two"),
        ("STATUS:CONFIRMED", "STATUS:DONE"),
        ("DTSTART;TZID=Asia/Jakarta:20240805T080000", "DTSTART;VALUE=DATE:20240805"),
        ("DTSTART;TZID=Asia/Jakarta:20240805T080000", "DTSTART:20240805T080000"),
        ("GEO:-0.0263;109.3425", "GEO:here"),
        ("X-EKTP-TEAM:A\r\n", ""),
    ],
)
def test_a_damaged_entry_is_refused(line: str, instead: str, tmp_path: Path) -> None:
    text = calendar_bytes([an_entry()], name="x", time_zone="Asia/Jakarta").decode()
    assert line in text
    path = tmp_path / "office.ics"
    path.write_bytes(text.replace(line, instead).encode())
    with pytest.raises(FileError, match="no calendar that ektp-sched wrote"):
        read_calendar(path)
