"""Calendars of the office, its teams and the schools, kept up to date from plan to plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ektp_sched.domain import Plan, Problem, School, Team
from ektp_sched.io.calendars import Entry, calendar_bytes
from ektp_sched.io.file_names import file_stems
from ektp_sched.language import Language
from ektp_sched.report.calendar_entries import entries_of
from ektp_sched.report.calendar_updates import updated
from ektp_sched.report.sentences import sentence

OFFICE_CALENDAR = "office.ics"


def calendars(
    problem: Problem,
    plan: Plan,
    *,
    language: Language,
    changed: datetime,
    former: Iterable[Entry] = (),
) -> dict[str, bytes]:
    """Calendar files (iCalendar) of the office, each team and each school, by path.

    A visit is the same entry in all three. The office's file, OFFICE_CALENDAR, is the record of
    all that was given out: what it holds (see io.calendars.read_calendar()) is to be `former` when
    the plan has changed. The same plan once more gives the same files, whatever `changed` is.

    Parameters
    ----------
    changed
        The moment, with its time zone, that new and changed entries are marked with.
    former
        The entries that were given out last; none for the first time.
    """
    entries = updated(
        former,
        entries_of(problem, plan, language=language, changed=changed),
        first_day=problem.start,
        changed=changed,
        language=language,
    )
    teams = _grouped([(entry.team, entry) for entry in entries])
    schools = _grouped([(entry.school, entry) for entry in entries])
    groups = {
        OFFICE_CALENDAR: (sentence("calendar of the office", language), entries),
        **_files("teams", teams, [*problem.real_teams.values()], language),
        **_files("schools", schools, problem.schools, language),
    }
    return {
        path: calendar_bytes(some, name=name, time_zone=problem.time_zone)
        for path, (name, some) in groups.items()
    }


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        groups[key].append(entry)
    return groups


def _files(
    folder: str,
    groups: Mapping[str, list[Entry]],
    known: Sequence[School | Team],
    language: Language,
) -> dict[str, tuple[str, list[Entry]]]:
    """The calendar's name and entries by path; what is no longer in the problem goes by its id."""
    names = {id_: id_ for id_ in groups} | {one.id: one.name for one in known}
    stems = file_stems(names)
    return {
        f"{folder}/{stems[id_]}.ics": (sentence("calendar of one", language, name=names[id_]), some)
        for id_, some in groups.items()
    }
