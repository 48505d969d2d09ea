"""Calendars of the office, its teams and the schools, kept up to date from plan to plan."""

import json
import uuid
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ektp_sched.domain import Plan, Problem, School, Team, Visit
from ektp_sched.domain.words import names
from ektp_sched.files.file_names import file_stems
from ektp_sched.files.icalendar import Entry, EntryStatus, calendar_bytes
from ektp_sched.report.visit_words import classes_of, clock_words, sentence, stay_times, team_names
from ektp_sched.texts.language import Language
from ektp_sched.texts.vocabulary import word

AGREED = frozenset({"confirmed", "done"})


def entries_of(
    problem: Problem, plan: Plan, *, language: Language, changed: datetime
) -> list[Entry]:
    """An entry for each visit, new and without a UID yet; of whoever stands in, the real team's."""
    schools = {school.id: school for school in problem.schools}
    teams, real = {team.id: team for team in problem.teams}, problem.real_teams
    called = (names(problem.schools), team_names(problem, language))
    zone = ZoneInfo(problem.time_zone)
    return [
        _entry(
            visit,
            schools[visit.school].model_copy(update={"name": called[0][visit.school]}),
            teams[visit.team].model_copy(
                update={"id": real[visit.team].id, "name": called[1][visit.team]}
            ),
            language=language,
            zone=zone,
            changed=changed,
        )
        for visit in plan.visits
    ]


def _entry(
    visit: Visit,
    school: School,
    team: Team,
    *,
    language: Language,
    zone: ZoneInfo,
    changed: datetime,
) -> Entry:
    agreed = visit.status in AGREED
    status: EntryStatus = "CONFIRMED" if agreed else "TENTATIVE"
    summary = sentence("entry", language, school=school.name, team=team.name)
    lines = _description(visit, school, team, language)
    return Entry(
        uid="",
        sequence=0,
        changed=changed,
        status=status,
        school=school.id,
        team=team.id,
        start=datetime.combine(visit.date, visit.start, zone),
        end=datetime.combine(visit.date, visit.end, zone),
        summary=summary if agreed else f"{summary} – {word(visit.status, language).lower()}",
        description="\n".join(lines),
        location=sentence("place", language, school=school.name, district=school.district),
        # Some 10 m; numbers of more digits may print with an exponent, which RFC 5545 has not.
        position=(round(school.location.lat, 4), round(school.location.lon, 4)),
    )


def _description(visit: Visit, school: School, team: Team, language: Language) -> Sequence[str]:
    times = stay_times(visit, school)
    classes = "; ".join(f"{name}: {count}" for name, count in classes_of(visit, school))
    clocks = {
        part: clock_words(getattr(times, part), language)
        for part in ("arrive", "record_from", "record_until", "leave")
    }
    return [
        sentence("entry pupils", language, pupils=visit.recorded, classes=classes),
        sentence("entry times", language, **clocks),
        sentence("entry team", language, team=team.name, kits=team.kits),
        sentence("entry status", language, status=word(visit.status, language).lower()),
    ]


_SPACE = uuid.UUID("8a1ddc8a-3b21-5f0e-9c1e-6c5d2f7f4b10")
_Pairs = list[tuple[Entry, Entry]]


def updated(
    former: Iterable[Entry],
    current: Iterable[Entry],
    *,
    first_day: date,
    changed: datetime,
    language: Language,
) -> list[Entry]:
    """The entries to give out: as they were where nothing changed, else with a higher sequence.

    What is matched to no visit of the plan is cancelled. What was cancelled before stays in, so
    that a calendar that missed one file learns of it from the next. Entries dated before
    `first_day` are history that the plan need not know: they stay as they are.
    """
    given = sorted(former, key=_order)
    ended = [entry for entry in given if entry.status == "CANCELLED"]
    running = [entry for entry in given if entry.status != "CANCELLED"]
    pairs, lost, new = _matched(running, sorted(current, key=_order), first_day)
    kept = [_renewed(old, now, changed) for old, now in pairs]
    gone = [
        entry if _day(entry) < first_day else _cancelled(entry, changed, language) for entry in lost
    ]
    taken = {entry.uid for entry in given}
    return [*ended, *kept, *gone, *_named(new, taken)]


def _matched(
    old: list[Entry], new: list[Entry], first_day: date
) -> tuple[_Pairs, list[Entry], list[Entry]]:
    """Pairs of an entry and what it becomes; entries without a visit; visits without an entry."""
    pairs, old, new = _paired(old, new, lambda entry: (*_ways(entry), entry.start))
    more, old, new = _paired(old, new, lambda entry: (*_ways(entry), _day(entry)))
    history = [entry for entry in old if _day(entry) < first_day]
    coming = [entry for entry in old if _day(entry) >= first_day]
    moved, coming, new = _paired(coming, new, _ways)
    return pairs + more + moved, history + coming, new


def _paired(
    old: list[Entry], new: list[Entry], key: Callable[[Entry], Hashable]
) -> tuple[_Pairs, list[Entry], list[Entry]]:
    """What has the same key goes together, in the order given."""
    waiting: dict[Hashable, deque[Entry]] = defaultdict(deque)
    for entry in old:
        waiting[key(entry)].append(entry)
    pairs, alone = [], []
    for entry in new:
        if queue := waiting[key(entry)]:
            pairs.append((queue.popleft(), entry))
        else:
            alone.append(entry)
    return pairs, [entry for queue in waiting.values() for entry in queue], alone


def _renewed(old: Entry, now: Entry, changed: datetime) -> Entry:
    same = replace(now, uid=old.uid, sequence=old.sequence, changed=old.changed)
    return old if same == old else replace(same, sequence=old.sequence + 1, changed=changed)


def _cancelled(entry: Entry, changed: datetime, language: Language) -> Entry:
    """The entry cancelled, and saying so to those whose calendar program shows it all the same."""
    return replace(
        entry,
        status="CANCELLED",
        sequence=entry.sequence + 1,
        changed=changed,
        summary=sentence("entry cancelled", language, entry=entry.summary),
        description=sentence("entry gone", language),
    )


def _named(new: list[Entry], taken: set[str]) -> list[Entry]:
    """New entries with UIDs made of school, team and time; no UID is ever used again."""
    named = []
    for entry in new:
        number = 1
        while (uid := _uid(entry, number)) in taken:
            number += 1
        taken.add(uid)
        named.append(replace(entry, uid=uid))
    return named


def _uid(entry: Entry, number: int) -> str:
    return str(uuid.uuid5(_SPACE, json.dumps([*_ways(entry), str(entry.start), number])))


def _ways(entry: Entry) -> tuple[str, str]:
    return entry.school, entry.team


def _day(entry: Entry) -> date:
    return entry.start.date()


def _order(entry: Entry) -> tuple[datetime, datetime, str, str, str]:
    return (entry.start, entry.end, entry.school, entry.team, entry.uid or entry.description)


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
