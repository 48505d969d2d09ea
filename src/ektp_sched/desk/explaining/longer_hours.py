"""The fewest minutes that a school would have to be open longer on one date."""

from collections.abc import Iterator

from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.rooms import TeamDay, team_days
from ektp_sched.desk.explaining.values import Remedy
from ektp_sched.desk.explaining.verify import verified
from ektp_sched.desk.reliefs import LongerHours
from ektp_sched.domain.scalars import clock_of
from ektp_sched.language import _
from ektp_sched.rulebook.calendar import Span, covering
from ektp_sched.rulebook.reach import shortest_stay
from ektp_sched.rulebook.words import clock, day_in_words, span

TRIES = 4

Extension = tuple[int, LongerHours, str]


def longer_hours(case: Case) -> Remedy | None:
    """The shortest opening on one date that lets one visit record all who are left.

    Where none does, the shortest for the smallest visit allowed.
    """
    left = sum(case.left.values())
    fewest = max(1, min(case.school.min_students, left))
    for pupils in dict.fromkeys((left, fewest)):
        found = sorted(_extensions(case, pupils), key=lambda one: (one[0], one[1].date, one[2]))
        for number, (_minutes, relief, words) in enumerate(found[:TRIES]):
            if remedy := verified(case, relief, words, smallest=number == 0):
                return remedy
    return None


def _extensions(case: Case, pupils: int) -> Iterator[Extension]:
    """For each stay of so many pupils that the teams have time for: the hours that it lacks."""
    step = case.problem.time_step
    for day in team_days(case.index, case.school, case.kept("plan")):
        if not _may_open(case, day):
            continue
        length = shortest_stay(case.school, day.team, pupils, step=step)
        windows = day.windows()
        for stay in day.stays(length):
            lacking = _outside(stay, windows)
            if lacking:
                minutes = sum(end - start for start, end in lacking)
                hull = lacking[0][0], lacking[-1][1]
                yield minutes, _relief(case, day, hull), _words(case, day, hull, windows)


def _may_open(case: Case, day: TeamDay) -> bool:
    """Dates in season on which the school is not closed and the team is not there already."""
    school = case.school
    in_season = not (school.not_before and day.date < school.not_before)
    in_season = in_season and not (school.not_after and day.date > school.not_after)
    visited = any(visit.school == school.id for visit in day.kept)
    return in_season and not visited and covering(school.closed, day.date) is None


def _outside(stay: Span, windows: list[Span]) -> list[Span]:
    """The parts of a stay that no window covers."""
    parts, start = [], stay[0]
    for opens, closes in windows:
        if start < min(opens, stay[1]):
            parts.append((start, min(opens, stay[1])))
        start = max(start, closes)
    if start < stay[1]:
        parts.append((start, stay[1]))
    return parts


def _relief(case: Case, day: TeamDay, times: Span) -> LongerHours:
    start, end = map(clock_of, times)
    return LongerHours(school=case.school.id, date=day.date, start=start, end=end)


def _words(case: Case, day: TeamDay, times: Span, windows: list[Span]) -> str:
    at = {"school": case.name, "day": day_in_words(day.date), "times": span(times)}
    for opens, closes in windows:
        if times[0] < opens and closes < times[1]:
            hours = span((opens, closes))
            return _("{school} open {times} on {day}, instead of {hours}", **at, hours=hours)
        if closes == times[0]:
            ends = {"until": clock(times[1]), "usual": clock(closes)}
            return _("{school} open until {until} on {day}, instead of {usual}", **at, **ends)
        if opens == times[1]:
            starts = {"since": clock(times[0]), "usual": clock(opens)}
            return _("{school} open from {since} on {day}, instead of {usual}", **at, **starts)
    if windows:
        return _("{school} open {times} on {day}, besides its hours", **at)
    return _("{school} open {times} on {day}, a day off", **at)
