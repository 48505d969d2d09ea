"""Whether any team can visit a school at all, and what stands in the way where none can.

A shortest allowed visit is tried on every date with every team that has the skills. The hurdle at
which the best of these attempts fails is the reason told.
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from ektp_sched.domain import Break, Closed, Cohort, Problem, School, Shift, Team, minute_of
from ektp_sched.domain.words import amount, day_in_words, ranges_in_words
from ektp_sched.rulebook.calendar import (
    Span,
    break_on,
    covering,
    horizon,
    merged,
    openings,
    shift_on,
)
from ektp_sched.rulebook.facts import Index
from ektp_sched.rulebook.report import Advice
from ektp_sched.rulebook.rules import missing_rest, pace
from ektp_sched.texts.language import N_, _, all_of


class Hurdle(Enum):
    """What a visit fails at: a code and the reason in words, the earliest hurdle first.

    Where it is told, no team on any date comes further than that hurdle.
    """

    HOURS = "no_open_hours", N_("it is open on no date when a team works and pupils are due")
    LENGTH = (
        "hours_too_short",
        N_(
            "on dates when a team works no open interval is long enough for set-up, the fewest "
            "pupils allowed and pack-up"
        ),
    )
    SHIFT = "outside_shifts", N_("no shift overlaps its open hours for as long as a visit takes")
    DISTANCE = "too_far", N_("with the drives there and back a visit fits in no shift")
    DRIVING = (
        "max_travel",
        N_("every team that has the time for it would drive longer than its max_travel_minutes"),
    )
    REST = "no_break", N_("every team that has the time for it would be left without its break")

    def told(self) -> tuple[str, str]:
        """The code and the reason in the language spoken."""
        code, reason = self.value
        return code, _(reason)


_ORDER = list(Hurdle)
_OF_DRIVES = frozenset({Hurdle.DISTANCE, Hurdle.DRIVING, Hurdle.REST})


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
        yield _Prospect(
            index,
            school,
            visits_done=visits[school.id],
            left=tuple((c, c.students - recorded[school.id, c.name]) for c in school.cohorts),
            teams=tuple(team for team in index.problem.teams if school.needs <= team.skills),
            holidays=index.holidays,
        )


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


@dataclass(frozen=True, slots=True)
class _Prospect:
    """One school's chances, after the visits that are done."""

    index: Index
    school: School
    visits_done: int
    left: tuple[tuple[Cohort, int], ...]
    teams: tuple[Team, ...]
    holidays: frozenset[dt.date]

    def obstacle(self) -> tuple[str, str] | None:
        """Code and reason why no visit is possible; None where one is, or nobody is left."""
        school, end = self.school, self.index.problem.end
        if not any(cohort.students for cohort in school.cohorts):
            return "nobody_due", _("there is nobody to record: no pupils are stated")
        if all(c.record_from and c.record_from > end for c in school.cohorts if c.students):
            return "nobody_due", _("none of its pupils is 16 by {end}", end=end)
        if not self._pupils(end):
            return None
        if self.visits_done >= school.max_visits:
            what = _(
                "max_visits is {most} and {visits} done",
                most=school.max_visits,
                visits=amount(self.visits_done, "visits"),
            )
            return "no_visits_left", what
        if not self.teams:
            return "no_skills", _nobody_able(school)
        hurdle = self._furthest()
        return hurdle and (self._why_no_date() if hurdle is Hurdle.HOURS else hurdle.told())

    def visitable_days(self) -> list[tuple[dt.date, Team]]:
        """The dates and teams of the attempts that meet no hurdle."""
        return [(one.date, one.team) for one in self.attempts() if self._hurdle(one) is None]

    def _pupils(self, day: dt.date) -> int:
        return sum(
            max(0, left)
            for cohort, left in self.left
            if cohort.record_from is None or cohort.record_from <= day
        )

    def _why_no_date(self) -> tuple[str, str]:
        """What alone keeps all dates from being tried, or that several things together do."""
        for code, other, words in self._without_one():
            if next(other.attempts(), None):
                return code, words
        return Hurdle.HOURS.told()

    def _without_one(self) -> Iterator[tuple[str, "_Prospect", str]]:
        """The same chances without one thing that takes whole dates away, and its words."""
        school, problem = self.school, self.index.problem
        if closed := within(school.closed, problem):
            open_then = replace(self, school=school.model_copy(update={"closed": ()}))
            yield "closed", open_then, _("it is closed {dates}", dates=ranges_in_words(closed))
        if season := season_in_words(school):
            always = {"not_before": None, "not_after": None}
            yield "out_of_season", replace(self, school=school.model_copy(update=always)), season
        if away := days_off_in_words(self.index, self.teams):
            at_work = without_days_off(problem, self.teams)
            told = _("no team is at work when it is open and pupils are due: {away}", away=away)
            yield "teams_off", replace(self, teams=at_work), told
        if self.holidays:
            told = _("it would be open, with pupils due and a team at work, on holidays only")
            yield "holidays", replace(self, holidays=frozenset()), told

    def _furthest(self) -> Hurdle | None:
        """The last hurdle that any attempt fails at; None where one passes them all, or might."""
        tried: dict[Hashable, Hurdle | None] = {}
        detour: dict[str, bool] = {}
        for attempt in self.attempts():
            key, base = attempt.key(), attempt.team.base
            if key not in tried:
                tried[key] = self._hurdle(attempt)
                if tried[key] in _OF_DRIVES and base not in detour:
                    detour[base] = self._by_detour(base)
            if tried[key] is None or (tried[key] in _OF_DRIVES and detour[base]):
                return None
        met = [hurdle for hurdle in tried.values() if hurdle]
        return max(met, key=_ORDER.index, default=Hurdle.HOURS)

    def attempts(self) -> Iterator[_Attempt]:
        """Teams at work on dates on which the school is open and has pupils to record."""
        for day in horizon(self.index.problem):
            windows = tuple(merged(openings(self.school, day)))
            due = self._pupils(day)
            fewest = max(1, min(self.school.min_students, due))
            for team in self.teams if windows and due else ():
                if shift := _shift_at_work(self.holidays, team, day):
                    yield _Attempt(day, team, shift, break_on(team, day), windows, fewest)

    def _by_detour(self, base: str) -> bool:
        """Whether a team is there, or back, sooner by way of other schools than directly."""
        here, schools = self.school.id, self.index.schools
        ways = ((base, here), (here, base))
        return any(self.index.travel.sooner_by(schools, *way) for way in ways)

    def _hurdle(self, attempt: _Attempt) -> Hurdle | None:
        """What a visit that records the fewest pupils allowed fails at."""
        _date, team, shift, rest, windows, pupils = attempt
        step = self.index.problem.time_step
        length = shortest_stay(self.school, team, pupils, step=step)
        leaves, back = minute_of(shift.start), minute_of(shift.end)
        out = self.index.travel.minutes(team.base, self.school.id)
        home = self.index.travel.minutes(self.school.id, team.base)
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
    return _shift_at_work(index.holidays, team, day)


def _shift_at_work(holidays: frozenset[dt.date], team: Team, day: dt.date) -> Shift | None:
    return None if day in holidays or covering(team.off, day) else shift_on(team, day)


def starts_within(windows: Sequence[Span], bounds: Span, length: int, step: int) -> list[int]:
    """Starts on the grid of stays that lie inside one window and inside the bounds."""
    starts: list[int] = []
    for window in windows:
        earliest, latest = max(window[0], bounds[0]), min(window[1], bounds[1]) - length
        starts.extend(range(-(-earliest // step) * step, latest + 1, step))
    return starts


def within(ranges: Iterable[Closed], problem: Problem) -> list[Closed]:
    """The ranges that take dates of the horizon away, in order."""
    inside = (one for one in ranges if one.start <= problem.end and one.end >= problem.start)
    return sorted(inside, key=lambda one: (one.start, one.end))


def single(problem: Problem, team: Team) -> bool:
    """Whether a team neither stands in for another nor has one that does.

    The days off of the others are no days off: their crew works, as another part of it.
    """
    real = problem.real_teams
    return sum(one is real[team.id] for one in real.values()) == 1


def without_days_off(problem: Problem, teams: Iterable[Team]) -> tuple[Team, ...]:
    """The teams as if the single ones among them were never off."""
    return tuple(
        team.model_copy(update={"off": ()}) if single(problem, team) else team for team in teams
    )


def season_in_words(school: School) -> str:
    """From and until when a school may be visited; "" where always."""
    first, last = school.not_before, school.not_after
    if first and last:
        dates = {"first": day_in_words(first), "last": day_in_words(last)}
        return _("it may be visited from {first} to {last} only", **dates)
    if first:
        return _("it may not be visited before {first}", first=day_in_words(first))
    return _("it may not be visited after {last}", last=day_in_words(last)) if last else ""


def days_off_in_words(index: Index, teams: Iterable[Team]) -> str:
    """Which of some teams are off when, and why; "" where none is in the horizon."""
    alone = (team for team in teams if single(index.problem, team))
    off = [(team, within(team.off, index.problem)) for team in alone]
    return all_of(
        _("{team} is off {dates}", team=index.team_names[team.id], dates=ranges_in_words(ranges))
        for team, ranges in off
        if ranges
    )
