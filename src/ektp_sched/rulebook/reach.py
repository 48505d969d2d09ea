"""Whether any team can visit a school at all, and what stands in the way where none can.

A shortest allowed visit is tried on every date with every team that has the skills. The hurdle at
which the best of these attempts fails is the reason told.
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from ektp_sched.domain import Break, Problem, School, Shift, Team, minute_of
from ektp_sched.language import N_, _
from ektp_sched.rulebook.calendar import Span, break_on, covering, horizon, merged, shift_on
from ektp_sched.rulebook.facts import Index
from ektp_sched.rulebook.report import Advice
from ektp_sched.rulebook.rule_pupils import pace
from ektp_sched.rulebook.rule_tours import missing_rest
from ektp_sched.rulebook.words import amount


class Hurdle(Enum):
    """What a visit fails at: a code and the reason in words, the earliest hurdle first."""

    HOURS = "no_open_hours", N_("it is never open on a date when a team works and pupils are due")
    LENGTH = (
        "hours_too_short",
        N_("no open interval is long enough for set-up, the fewest pupils allowed and pack-up"),
    )
    SHIFT = "outside_shifts", N_("no shift overlaps its open hours for as long as a visit takes")
    DISTANCE = "too_far", N_("with the drives there and back a visit fits in no shift")
    DRIVING = "max_travel", N_("driving there and back takes more than max_travel_minutes")
    REST = "no_break", N_("a visit and its drives leave no team the time for its break")

    def told(self) -> tuple[str, str]:
        """The code and the reason in the language spoken."""
        code, reason = self.value
        return code, _(reason)


_ORDER = list(Hurdle)


def unreachable(index: Index) -> Iterator[Advice]:
    """Warn of every school that has pupils to record and that no team can ever visit."""
    for n, prospect in enumerate(_prospects(index, index.problem.schools)):
        if found := prospect.obstacle():
            where = index.school_names[prospect.school.id]
            code, reason = found
            message = _("{school} can never be visited: {reason}", school=where, reason=reason)
            yield Advice(code=code, where=where, message=message, at=("schools", n))


def obstacle(problem: Problem, school: School) -> tuple[str, str] | None:
    """Code and reason why no team can visit one school of the problem, whatever else is planned.

    None where a team can, or where nobody is left to record after the visits that are done.
    """
    (prospect,) = _prospects(Index(problem), (school,))
    return prospect.obstacle()


def visitable_days(problem: Problem, school: School) -> list[tuple[dt.date, Team]]:
    """The team-days on which a shortest allowed visit to the school is possible by itself."""
    (prospect,) = _prospects(Index(problem), (school,))
    return prospect.visitable_days()


def _prospects(index: Index, schools: Iterable[School]) -> Iterator["_Prospect"]:
    done = [visit for visit in index.problem.commitments if visit.status == "done"]
    visits = Counter(visit.school for visit in done)
    recorded = Counter[tuple[str, str]]()
    for visit in done:
        recorded.update({(visit.school, name): n for name, n in visit.students.items()})
    for school in schools:
        yield _Prospect(index, school, visits[school.id], recorded)


def _nobody_able(school: School) -> str:
    if not school.needs:
        return _("there are no teams")
    return _("no team offers all it needs ({needs})", needs=", ".join(sorted(school.needs)))


class _Attempt(NamedTuple):
    """A team on a date, with what holds there for it and the school."""

    date: dt.date
    team: Team
    shift: Shift
    rest: Break | None
    windows: tuple[Span, ...]
    pupils: int

    def key(self) -> Hashable:
        """The same for attempts that must end alike."""
        return (
            self.team.id,
            self.shift.days,
            self.rest and self.rest.days,
            self.windows,
            self.pupils,
        )


class _Prospect:
    """One school's chances, after the visits that are done."""

    def __init__(
        self, index: Index, school: School, visits: int, recorded: Counter[tuple[str, str]]
    ) -> None:
        self._index = index
        self.school = school
        self._visits = visits
        self._left = {
            cohort: cohort.students - recorded[school.id, cohort.name] for cohort in school.cohorts
        }
        self._teams = [team for team in index.problem.teams if school.needs <= team.skills]

    def obstacle(self) -> tuple[str, str] | None:
        """Code and reason why no visit is possible; None where one is, or nobody is left."""
        school, end = self.school, self._index.problem.end
        if not any(cohort.students for cohort in school.cohorts):
            return "nobody_due", _("no pupils are stated")
        if all(c.record_from and c.record_from > end for c in school.cohorts if c.students):
            return "nobody_due", _("none of its pupils is 16 by {end}", end=end)
        if not self._pupils(end):
            return None
        if self._visits >= school.max_visits:
            what = _(
                "max_visits is {most} and {visits} done",
                most=school.max_visits,
                visits=amount(self._visits, "visits"),
            )
            return "no_visits_left", what
        if not self._teams:
            return "no_skills", _nobody_able(school)
        hurdle = self._furthest()
        return hurdle.told() if hurdle else None

    def visitable_days(self) -> list[tuple[dt.date, Team]]:
        """The dates and teams of the attempts that meet no hurdle."""
        return [(one.date, one.team) for one in self._attempts() if self._hurdle(one) is None]

    def _pupils(self, day: dt.date) -> int:
        return sum(
            max(0, left)
            for cohort, left in self._left.items()
            if cohort.record_from is None or cohort.record_from <= day
        )

    def _furthest(self) -> Hurdle | None:
        """The last hurdle that any attempt fails at; None where one passes them all."""
        tried: dict[Hashable, Hurdle | None] = {}
        for attempt in self._attempts():
            key = attempt.key()
            if key not in tried:
                tried[key] = self._hurdle(attempt)
            if tried[key] is None:
                return None
        met = [hurdle for hurdle in tried.values() if hurdle]
        return max(met, key=_ORDER.index, default=Hurdle.HOURS)

    def _attempts(self) -> Iterator[_Attempt]:
        """Teams at work on dates on which the school is open and has pupils to record."""
        for day in horizon(self._index.problem):
            windows = tuple(merged(self._index.openings(self.school, day)))
            due = self._pupils(day)
            fewest = max(1, min(self.school.min_students, due))
            for team in self._teams if windows and due else ():
                if shift := working_shift(self._index, team, day):
                    yield _Attempt(day, team, shift, break_on(team, day), windows, fewest)

    def _hurdle(self, attempt: _Attempt) -> Hurdle | None:
        """What a visit that records the fewest pupils allowed fails at."""
        _date, team, shift, rest, windows, pupils = attempt
        step = self._index.problem.time_step
        length = shortest_stay(self.school, team, pupils, step=step)
        leaves, back = minute_of(shift.start), minute_of(shift.end)
        out = self._index.travel.minutes(team.base, self.school.id)
        home = self._index.travel.minutes(self.school.id, team.base)
        if not starts_within(windows, (0, 24 * 60), length, step):
            return Hurdle.LENGTH
        if not starts_within(windows, (leaves, back), length, step):
            return Hurdle.SHIFT
        starts = starts_within(windows, (leaves + out, back - home), length, step)
        if not starts:
            return Hurdle.DISTANCE
        if team.max_travel_minutes is not None and out + home > team.max_travel_minutes:
            return Hurdle.DRIVING
        if rest and all(missing_rest(rest, shift, [(s, s + length)], (out, home)) for s in starts):
            return Hurdle.REST
        return None


def shortest_stay(school: School, team: Team, pupils: int, *, step: int) -> int:
    """Minutes of the shortest stay on the time grid in which the team records so many pupils."""
    recording = -(-pupils * pace(school, team) // (60 * team.kits))
    return -(-(school.setup_minutes + recording + school.teardown_minutes) // step) * step


def working_shift(index: Index, team: Team, day: dt.date) -> Shift | None:
    """The team's shift on a date, None where it is off or the date is a holiday."""
    if day in index.holidays or covering(team.off, day):
        return None
    return shift_on(team, day)


def starts_within(windows: Sequence[Span], bounds: Span, length: int, step: int) -> list[int]:
    """Starts on the grid of stays that lie inside one window and inside the bounds."""
    starts: list[int] = []
    for window in windows:
        earliest, latest = max(window[0], bounds[0]), min(window[1], bounds[1]) - length
        starts.extend(range(-(-earliest // step) * step, latest + 1, step))
    return starts
