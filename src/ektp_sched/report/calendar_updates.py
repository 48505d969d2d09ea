"""From the entries that were given out and those of a new plan to the entries to give out now.

An entry stays a visit's own as long as the same team goes to the same school: at the same time,
else on the same date, else the next in order of time. So a visit that falls to another team is a
cancelled entry and a new one, and every calendar that an entry is in says the same of it.
"""

import json
import uuid
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date, datetime

from ektp_sched.io.calendars import Entry
from ektp_sched.language import Language
from ektp_sched.report.sentences import sentence

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
