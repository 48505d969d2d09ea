"""Calendar entries as iCalendar (RFC 5545), written and read back.

There is no METHOD: RFC 5546 asks for an organizer's address with it, and none is known here. A
calendar program takes such a file as a copy of a calendar: it knows an entry by its UID and takes
the one with the higher SEQUENCE for the newer. School and team are in properties of our own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from ektp_sched.errors import Complaint, FileError, extra
from ektp_sched.files.text_files import read_text
from ektp_sched.texts.language import _

with extra("calendar"):
    from icalendar import Calendar, Event, Timezone

_PRODUCT = "-//ektp-sched//visits//EN"
EntryStatus = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]
_STATUSES: dict[str, EntryStatus] = {status: status for status in get_args(EntryStatus)}
# Properties of our own have no type and so no rule of escaping: ids stand in them as in a URL.
_SCHOOL, _TEAM = "X-EKTP-SCHOOL", "X-EKTP-TEAM"


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit in a calendar, or one that was there and is cancelled.

    `start` and `end` know their time zone. `sequence` counts how often the entry has changed since
    it was first given out, `changed` is when it last did.
    """

    uid: str
    sequence: int
    changed: datetime
    status: EntryStatus
    school: str
    team: str
    start: datetime
    end: datetime
    summary: str
    description: str
    location: str
    position: tuple[float, float]


def calendar_bytes(entries: Iterable[Entry], *, name: str, time_zone: str) -> bytes:
    """A calendar called `name` with its time zone; the same entries make the same bytes."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    calendar.add("X-WR-CALNAME", name)
    calendar.add_component(_zone(time_zone))
    for entry in sorted(entries, key=lambda entry: (entry.start, entry.uid)):
        calendar.add_component(_event(entry))
    data: bytes = calendar.to_ical()
    return data


def read_calendar(path: str | Path) -> list[Entry]:
    """The entries of a calendar that calendar_bytes() made.

    Raises
    ------
    FileError
        The file cannot be read or is no such calendar.
    """
    text = read_text(Path(path))
    try:
        return [_entry(event) for event in _parsed(text).walk("VEVENT")]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        what = _("this is no calendar that ektp-sched wrote, or it was changed and cannot be read")
        remedy = _(
            "Give the folder of the calendars that were sent last, move the file away, or add "
            "--replace to begin anew."
        )
        raise FileError([Complaint("", what, remedy)], source=str(path)) from error


@cache
def _zone(name: str) -> Timezone:
    """A time zone's rules, worked out once: that takes longer than all the rest."""
    return Timezone.from_tzinfo(ZoneInfo(name), name)


def _parsed(text: str) -> Calendar:
    calendar = Calendar.from_ical(text)
    if not isinstance(calendar, Calendar) or calendar.get("PRODID") != _PRODUCT:
        raise ValueError(calendar)
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed)
    event.add("STATUS", entry.status)
    event.add("TRANSP", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
    event.add("DTSTART", entry.start)
    event.add("DTEND", entry.end)
    event.add("SUMMARY", entry.summary)
    event.add("DESCRIPTION", entry.description)
    event.add("LOCATION", entry.location)
    event.add("GEO", entry.position)
    event.add(_SCHOOL, quote(entry.school, safe=""))
    event.add(_TEAM, quote(entry.team, safe=""))
    return event


def _entry(event: Any) -> Entry:
    return Entry(
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        changed=_moment(event["DTSTAMP"].dt),
        status=_STATUSES[event["STATUS"]],
        school=unquote(event[_SCHOOL]),
        team=unquote(event[_TEAM]),
        start=_moment(event["DTSTART"].dt),
        end=_moment(event["DTEND"].dt),
        summary=str(event["SUMMARY"]),
        description=str(event["DESCRIPTION"]),
        location=str(event["LOCATION"]),
        position=(event["GEO"].latitude, event["GEO"].longitude),
    )


def _moment(value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    raise ValueError(value)
