"""A problem and a plan, read once into what the rules ask about."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ektp_sched.domain import Cohort, Plan, Problem, School, Team, Visit, minute_of, weekday_of
from ektp_sched.domain.words import names
from ektp_sched.rulebook.calendar import Opening, Span, openings
from ektp_sched.rulebook.travel import TravelTimes
from ektp_sched.texts.language import _


class Index:
    """A problem with its parts by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.schools = {school.id: school for school in problem.schools}
        self.teams = {team.id: team for team in problem.teams}
        self.cohorts: dict[tuple[str, str], Cohort] = {
            (school.id, cohort.name): cohort
            for school in problem.schools
            for cohort in school.cohorts
        }
        self.holidays = frozenset(problem.holidays)
        self.travel = TravelTimes(problem)
        self.school_names = names(problem.schools)
        self.team_names = names(problem.teams)
        self._openings: dict[tuple[str, dt.date], list[Opening]] = {}

    def in_horizon(self, day: dt.date) -> bool:
        """Whether the date is one that the problem plans."""
        return self.problem.start <= day <= self.problem.end

    def is_office_day(self, day: dt.date) -> bool:
        """Whether the office's counters work on the date."""
        return weekday_of(day) in self.problem.working_days and day not in self.holidays

    def openings(self, school: School, day: dt.date) -> list[Opening]:
        """The school's stated open intervals of a date, worked out once."""
        key = (school.id, day)
        if key not in self._openings:
            self._openings[key] = openings(school, day)
        return self._openings[key]

    def where(self, visit: Visit) -> str:
        """A visit as a planner calls it."""
        school, team = self.school_names[visit.school], self.team_names[visit.team]
        return _("{school} on {date} by {team}", school=school, date=visit.date, team=team)


@dataclass(frozen=True, slots=True, eq=False)
class Stay:
    """A visit with its school, team and times in minutes after midnight.

    `number` is the visit's index in the plan.
    """

    number: int
    visit: Visit
    school: School
    team: Team
    span: Span
    recorded: int

    @property
    def done(self) -> bool:
        """Whether the visit is history."""
        return self.visit.status == "done"


@dataclass(frozen=True, slots=True, eq=False)
class TeamDay:
    """A team's stays of one date in order of time, done ones left out.

    `legs` are the minutes of the drives: base to first stay, stay to stay, last stay to base.
    """

    team: Team
    date: dt.date
    stays: tuple[Stay, ...]
    legs: tuple[int, ...]


class Breach(NamedTuple):
    """How a rule is broken, before the checker puts the rule's id to it."""

    date: dt.date
    where: str
    by: int
    unit: str
    what: str
    visits: tuple[int, ...]


class Facts:
    """A plan's stays by school and by team-day.

    `contingent` says which plan is meant: the firm one, whose blanks are the confirmed
    deliveries, or the one with the contingent visits, which counts every delivery.
    """

    def __init__(self, index: Index, plan: Plan, *, contingent: bool) -> None:
        self.index = index
        self.problem = index.problem
        self.plan = plan
        self.contingent = contingent
        self.stays = tuple(
            _stay(index, number, visit)
            for number, visit in enumerate(plan.visits)
            if contingent or visit.status != "contingent"
        )
        self.live = tuple(stay for stay in self.stays if not stay.done)

    @cached_property
    def by_school(self) -> dict[str, list[Stay]]:
        """Each visited school's stays, done ones too, in order of date, start and team."""
        groups: dict[str, list[Stay]] = defaultdict(list)
        for stay in sorted(self.stays, key=lambda s: (s.visit.date, s.span[0], s.team.id)):
            groups[stay.school.id].append(stay)
        return groups

    @cached_property
    def team_days(self) -> tuple[TeamDay, ...]:
        """Every team-day with at least one stay that is not done."""
        groups: dict[tuple[str, dt.date], list[Stay]] = defaultdict(list)
        for stay in sorted(self.live, key=lambda s: s.span):
            groups[stay.team.id, stay.visit.date].append(stay)
        return tuple(
            TeamDay(self.index.teams[team], date, tuple(stays), self._legs(stays))
            for (team, date), stays in groups.items()
        )

    def _legs(self, stays: list[Stay]) -> tuple[int, ...]:
        base = stays[0].team.base
        places = [base, *(stay.school.id for stay in stays), base]
        return tuple(map(self.index.travel.minutes, places, places[1:]))

    def at_stay(self, stay: Stay, by: int, unit: str, what: str) -> Breach:
        """A breach of one visit."""
        where = self.index.where(stay.visit)
        return Breach(stay.visit.date, where, by, unit, what, (stay.number,))

    def at_school(self, stays: list[Stay], by: int, unit: str, what: str) -> Breach:
        """A breach of several visits of one school together."""
        where = self.index.school_names[stays[0].school.id]
        return Breach(stays[0].visit.date, where, by, unit, what, _numbers(stays))

    def on_day(self, day: TeamDay, by: int, unit: str, what: str) -> Breach:
        """A breach of a whole team-day."""
        where = _("{team} on {date}", team=self.index.team_names[day.team.id], date=day.date)
        return Breach(day.date, where, by, unit, what, _numbers(day.stays))


def _stay(index: Index, number: int, visit: Visit) -> Stay:
    return Stay(
        number,
        visit,
        index.schools[visit.school],
        index.teams[visit.team],
        (minute_of(visit.start), minute_of(visit.end)),
        visit.recorded,
    )


def _numbers(stays: list[Stay] | tuple[Stay, ...]) -> tuple[int, ...]:
    return tuple(sorted(stay.number for stay in stays))
