"""A problem of the suite core as peers take it: whole grid steps, schools by number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from ektp_sched.domain import (
    MatrixTravel,
    Plan,
    Problem,
    School,
    Team,
    Visit,
    Weekday,
    minute_of,
    weekday_of,
)
from ektp_sched.domain.scalars import clock_of

Route = tuple[int, list[tuple[int, int]]]  # number of a team-day; schools and starts in steps


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A team on a date: its base by number, and its shift [start, end] in steps."""

    team: str
    date: date
    base: int
    start: int
    end: int

    @property
    def weekday(self) -> Weekday:
        """The weekday, which alone decides what is open."""
        return weekday_of(self.date)


@dataclass(frozen=True, slots=True)
class Statement:
    """The problem in numbers.

    Parameters
    ----------
    stays
        Steps that each school's one visit takes, with all its pupils.
    starts
        For each school and weekday the first and last step at which the visit can start.
    travel
        Steps between places: bases first, then schools.
    """

    problem: Problem
    pupils: list[int]
    stays: list[int]
    starts: list[dict[Weekday, tuple[int, int]]]
    team_days: list[TeamDay]
    travel: npt.NDArray[np.int64]

    @property
    def bases(self) -> int:
        """How many bases there are: the place of the first school."""
        return len(self.problem.bases)

    def pupils_of(self, routes: Iterable[Route]) -> int:
        """Pupils that some routes record."""
        return sum(self.pupils[school] for _, stops in routes for school, _ in stops)

    def plan(self, routes: Iterable[Route]) -> Plan:
        """The plan of some routes."""
        return Plan(
            visits=tuple(
                self._visit(self.team_days[number], school, start)
                for number, stops in routes
                for school, start in stops
            )
        )

    def _visit(self, day: TeamDay, number: int, start: int) -> Visit:
        school, step = self.problem.schools[number], self.problem.time_step
        return Visit(
            school=school.id,
            team=day.team,
            date=day.date,
            start=clock_of(start * step),
            end=clock_of((start + self.stays[number]) * step),
            students={cohort.name: cohort.students for cohort in school.cohorts},
        )


def state(problem: Problem) -> Statement:
    """Put a problem in numbers.

    Raises
    ------
    ValueError
        Peers cannot state the problem.
    """
    if not isinstance(problem.travel, MatrixTravel) or problem.travel.places != tuple(
        problem.place_ids
    ):
        raise ValueError("peers take travel times as a matrix in the order of the places")
    pupils = [sum(cohort.students for cohort in s.cohorts) for s in problem.schools]
    if any(s.min_students < due for s, due in zip(problem.schools, pupils, strict=True)):
        raise ValueError("peers visit a school once, for all its pupils")
    step = problem.time_step
    stays = [_stay(school, problem.teams[0], step) for school in problem.schools]
    return Statement(
        problem=problem,
        pupils=pupils,
        stays=stays,
        starts=[_starts(s, n, step) for s, n in zip(problem.schools, stays, strict=True)],
        team_days=_team_days(problem),
        travel=-(-np.array(problem.travel.minutes, dtype=np.int64) // step),
    )


def _stay(school: School, team: Team, step: int) -> int:
    """Steps for set-up, all pupils and pack-up; teams are alike."""
    seconds = sum(cohort.students for cohort in school.cohorts) * team.seconds_per_student
    minutes = school.setup_minutes + school.teardown_minutes - (-seconds // (60 * team.kits))
    return -(-minutes // step)


def _starts(school: School, stay: int, step: int) -> dict[Weekday, tuple[int, int]]:
    ranges = {
        day: (-(-minute_of(hours.start) // step), minute_of(hours.end) // step - stay)
        for hours in school.hours
        for day in hours.days
    }
    return {day: pair for day, pair in ranges.items() if pair[0] <= pair[1]}


def _team_days(problem: Problem) -> list[TeamDay]:
    homes = [base.id for base in problem.bases]
    dates = [
        problem.start + timedelta(days=n) for n in range((problem.end - problem.start).days + 1)
    ]
    return [
        TeamDay(
            team=team.id,
            date=day,
            base=homes.index(team.base),
            start=-(-minute_of(shift.start) // problem.time_step),
            end=minute_of(shift.end) // problem.time_step,
        )
        for day in dates
        for team in problem.teams
        for shift in team.shifts
        if weekday_of(day) in shift.days
    ]
