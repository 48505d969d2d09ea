"""What room a team-day has for one more stay, when its other stays remain as they are."""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ektp_sched.domain import School, Shift, Team, Visit, minute_of
from ektp_sched.rulebook.calendar import Span, break_on, horizon, merged
from ektp_sched.rulebook.facts import Index
from ektp_sched.rulebook.reach import starts_within, working_shift
from ektp_sched.rulebook.rules import capacity, missing_rest


class Gap(NamedTuple):
    """Time between two stays of a team-day (or a stay and the shift), drives taken off.

    `at` stays come before it.
    """

    at: int
    span: Span


class TeamDay:
    """One school's chances on a team's working day, beside the stays that are kept there."""

    def __init__(
        self, index: Index, school: School, team: Team, date: dt.date, kept: Sequence[Visit]
    ) -> None:
        self._index = index
        self._school = school
        self.team = team
        self.date = date
        self.kept = sorted(kept, key=lambda visit: visit.start)
        self._shift = working_shift(index, team, date)
        self._rest = break_on(team, date)

    def gaps(self) -> list[Gap]:
        """Where the school fits in by time, whether it is open or not; breaks are left aside.

        None where the team does not work, lacks a skill, or has its fill of visits or driving.
        """
        if self._shift is None or not self._school.needs <= self.team.skills:
            return []
        most = self.team.max_visits_per_day
        if most is not None and len(self.kept) >= most:
            return []
        found = (self._gap(at, self._shift) for at in range(len(self.kept) + 1))
        return [gap for gap in found if gap.span[0] < gap.span[1] and self._drives(gap.at)]

    def longest(self) -> Span | None:
        """The longest stay in open hours, the earliest of several; None where none fits in."""
        stays = (
            stay
            for gap in self.gaps()
            for window in self.windows()
            for stay in self._longest(gap, window)
        )
        return max(stays, key=lambda stay: (stay[1] - stay[0], -stay[0]), default=None)

    def most(self) -> int:
        """The most pupils that one stay in open hours has time for."""
        start, end = self.longest() or (0, 0)
        return capacity(self._school, self.team, end - start)

    def windows(self) -> list[Span]:
        """The school's open intervals on the date."""
        return merged(self._index.openings(self._school, self.date))

    def stays(self, length: int) -> Iterator[Span]:
        """Every stay of that length that fits in by time, open or not, with the break kept."""
        step = self._index.problem.time_step
        for gap in self.gaps():
            for start in starts_within([gap.span], (0, 24 * 60), length, step):
                if self._rested(gap.at, (start, start + length)):
                    yield start, start + length

    def _longest(self, gap: Gap, window: Span) -> Iterator[Span]:
        """The longest stays on the grid in a gap and a window: the break elsewhere, before, after.

        Starting later, or ending earlier, only ever gives the break more room.
        """
        step = self._index.problem.time_step
        first = -(-max(gap.span[0], window[0]) // step)
        last = min(gap.span[1], window[1]) // step
        marks = range(first, last + 1)
        if len(marks) < 2:
            return

        def rests(start: int, end: int) -> bool:
            return self._rested(gap.at, (start * step, end * step))

        late = bisect_left(marks, True, key=lambda n: rests(n, last))
        early = bisect_left(marks, True, key=lambda n: rests(first, first + last - n))
        yield (first + late) * step, last * step
        yield first * step, (last - early) * step

    def _gap(self, at: int, shift: Shift) -> Gap:
        before = minute_of(self.kept[at - 1].end) if at else minute_of(shift.start)
        after = minute_of(self.kept[at].start) if at < len(self.kept) else minute_of(shift.end)
        places = self._places(at)
        out, on = (self._index.travel.minutes(a, b) for a, b in pairwise(places))
        return Gap(at, (before + out, after - on))

    def _places(self, at: int) -> list[str]:
        """The place before the school, the school, and the place after it."""
        before = self.kept[at - 1].school if at else self.team.base
        after = self.kept[at].school if at < len(self.kept) else self.team.base
        return [before, self._school.id, after]

    def _legs(self, at: int) -> list[int]:
        schools = [visit.school for visit in self.kept]
        places = [self.team.base, *schools[:at], self._school.id, *schools[at:], self.team.base]
        return [self._index.travel.minutes(a, b) for a, b in pairwise(places)]

    def _drives(self, at: int) -> bool:
        most = self.team.max_travel_minutes
        return most is None or sum(self._legs(at)) <= most

    def _rested(self, at: int, stay: Span) -> bool:
        if self._rest is None or self._shift is None:
            return True
        spans = [(minute_of(visit.start), minute_of(visit.end)) for visit in self.kept]
        spans.insert(at, stay)
        return not missing_rest(self._rest, self._shift, spans, self._legs(at))


def team_days(index: Index, school: School, kept: Iterable[Visit]) -> list[TeamDay]:
    """Every team on every date of the horizon, with the kept visits that are not done."""
    tours: dict[tuple[str, dt.date], list[Visit]] = defaultdict(list)
    for visit in kept:
        if visit.status != "done":
            tours[visit.team, visit.date].append(visit)
    return [
        TeamDay(index, school, team, day, tours[team.id, day])
        for day in horizon(index.problem)
        for team in index.problem.teams
    ]


def ceiling(school: School, days: Iterable[TeamDay], own: Sequence[Visit]) -> int:
    """A number of pupils that no plan with these stays can pass, quickly found.

    The school's own kept visits, and the longest stays possible as often as it may be visited
    besides. Never more pupils than are left.
    """
    visited = {(visit.team, visit.date) for visit in own}
    rooms = sorted(
        (day.most() for day in days if (day.team.id, day.date) not in visited), reverse=True
    )
    had = sum(visit.recorded for visit in own)
    more = sum(rooms[: max(0, school.max_visits - len(own))])
    return had + min(more, sum(left_of(school, own).values()))


def left_of(school: School, visits: Sequence[Visit]) -> dict[str, int]:
    """Pupils of a school's cohorts that its visits leave over; cohorts without any left out."""
    left = {
        cohort.name: cohort.students - sum(one.students.get(cohort.name, 0) for one in visits)
        for cohort in school.cohorts
    }
    return {name: count for name, count in left.items() if count > 0}
