"""What is said about visits wherever they are shown: times, classes, team, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ektp_sched.domain import Problem, School, Visit, minute_of
from ektp_sched.domain.scalars import clock_of
from ektp_sched.domain.words import names
from ektp_sched.texts.language import Language, speaking
from ektp_sched.texts.vocabulary import word


@dataclass(frozen=True, slots=True)
class StayTimes:
    """A stay by its parts: set-up, then recording, then packing.

    Where set-up and packing are longer than the stay (which no plan that holds has), recording
    has no time.
    """

    arrive: time
    record_from: time
    record_until: time
    leave: time


def stay_times(visit: Visit, school: School) -> StayTimes:
    """The parts of a visit's stay."""
    start, end = minute_of(visit.start), minute_of(visit.end)
    ready = min(start + school.setup_minutes, end)
    packing = max(end - school.teardown_minutes, ready)
    return StayTimes(visit.start, clock_of(ready), clock_of(packing), visit.end)


def clock_words(clock: time, language: Language) -> str:
    """A clock time as it is written: 08.30 in Indonesian, 08:30 in English."""
    return f"{clock:%H.%M}" if language == "id" else f"{clock:%H:%M}"


def zone_words(time_zone: str, day: date) -> str:
    """The time zone's short name on a date: WIB, WITA, WIT, or what else it is called there."""
    name = datetime.combine(day, time(12), ZoneInfo(time_zone)).tzname()
    return name or time_zone


def team_names(problem: Problem, language: Language) -> dict[str, str]:
    """Names of teams by id; whoever stands in for one goes by its name, with the kits."""
    with speaking(language):
        return names(problem.teams)


def classes_of(visit: Visit, school: School) -> list[tuple[str, int]]:
    """The pupils that a visit records by class, in the school's own order."""
    cohorts = (cohort.name for cohort in school.cohorts)
    return [(name, visit.students[name]) for name in cohorts if name in visit.students]


_SENTENCES: dict[str, tuple[str, str]] = {
    # name: (Indonesian, English)
    # Calendars
    "calendar of the office": ("Kunjungan perekaman KTP-el", "e-KTP recording visits"),
    "calendar of one": ("Perekaman KTP-el: {name}", "e-KTP recording: {name}"),
    "entry": ("Perekaman KTP-el: {school} ({team})", "e-KTP recording: {school} ({team})"),
    "entry cancelled": ("DIBATALKAN: {entry}", "CANCELLED: {entry}"),
    "entry gone": ("Kunjungan ini dibatalkan.", "This visit is cancelled."),
    "entry pupils": ("Siswa: {pupils} ({classes})", "Pupils: {pupils} ({classes})"),
    "entry times": (
        "Persiapan alat {arrive}–{record_from}, perekaman {record_from}–{record_until}, "
        "berkemas sampai {leave}",
        "Set-up {arrive}–{record_from}, recording {record_from}–{record_until}, "
        "packing until {leave}",
    ),
    "entry team": ("Tim: {team} ({kits} alat perekaman)", "Team: {team} (recording kits: {kits})"),
    "entry status": ("Status: {status}", "Status: {status}"),
    # Letters
    "kits of a part": ("{kits} alat perekaman", "{kits} recording kit(s)"),
    "on one day": ("pada tanggal {first}", "on {first}"),
    "from day to day": (
        "pada tanggal {first} sampai dengan {last}",
        "from {first} to {last}",
    ),
    "file of notice": ("surat-pemberitahuan_{stem}.docx", "notice_{stem}.docx"),
    "file of assignment": ("surat-tugas_{stem}.docx", "assignment_{stem}.docx"),
    "template of notice": ("surat-pemberitahuan.docx", "notice.docx"),
    "template of assignment": ("surat-tugas.docx", "assignment.docx"),
    # Places
    "place": ("{school}, Kecamatan {district}", "{school}, district {district}"),
}


def sentence(name: str, language: Language, /, **parts: object) -> str:
    """A sentence with its parts filled in.

    Raises
    ------
    KeyError
        There is no such sentence, or a part of it is not given.
    """
    indonesian, english = _SENTENCES[name]
    return (indonesian if language == "id" else english).format(**parts)


if TYPE_CHECKING:
    from ektp_sched.desk.explain.values import Reason

ReasonsInWords = Mapping[str, Sequence[str]]


def reasons_in_words(
    found: Mapping[str, Sequence["Reason"]], language: Language
) -> dict[str, list[str]]:
    """The reasons of each school, by its id, each with whether it is proven or likely."""
    return {
        school: [f"{word(one.tag, language)}: {one.sentence}" for one in reasons]
        for school, reasons in found.items()
    }
