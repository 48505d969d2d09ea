"""The arrays that every solver works on, and visits in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.domain.scalars import clock_of

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class FixedVisit:
    """A confirmed or done commitment in indices; `day` may lie before the horizon if done.

    `team_day` is the index of the team-day it takes, -1 where there is none (done only).
    """

    school: int
    team: int
    team_day: int
    day: int
    start: int
    end: int
    take: tuple[int, ...]  # pupils by cohort of the school, in the school's order

    @property
    def recorded(self) -> int:
        """Pupils recorded, all cohorts together."""
        return sum(self.take)


@dataclass(frozen=True, slots=True)
class Network:
    """An office's problem as integer arrays (see the module's head for index spaces)."""

    step: int
    first_day: date
    days: int
    school_ids: tuple[str, ...]
    team_ids: tuple[str, ...]
    cohort_names: tuple[str, ...]
    cards: Literal["reserve", "later", "none"]

    travel: IntArray  # [P, P] minutes
    way_out: IntArray  # [B, S] fewest minutes from base to school, stays on the way included
    way_back: IntArray  # [B, S] and from school to base; see options.with_options
    base_place: IntArray  # [K] place of each team's base
    first_school_place: int  # place of school 0
    kits: IntArray  # [K]
    seconds: IntArray  # [K, S] seconds a pupil takes at one kit
    skilled: BoolArray  # [K, S] the team has what the school needs (R6)

    overhead: IntArray  # [S] set-up and pack-up, minutes
    max_visits: IntArray  # [S] of all visits, done ones included
    min_gap: IntArray  # [S] days
    min_students: IntArray  # [S]
    max_teams: IntArray  # [S] visits on one date

    cohort_ptr: IntArray  # [S + 1] into cohorts
    cohort_students: IntArray  # [C] all pupils
    cohort_left: IntArray  # [C] pupils that done visits have not recorded, at least 0
    record_day: IntArray  # [C] first day on which they may be recorded, D if never
    card_day: IntArray  # [C] first day on which their card may be drawn, D if after the horizon
    priority: IntArray  # [C]

    td_team: IntArray  # [J]
    td_day: IntArray  # [J]
    shift_start: IntArray  # [J]
    shift_end: IntArray  # [J]
    break_minutes: IntArray  # [J] 0 where the team has no break that day
    break_earliest: IntArray  # [J]
    break_latest: IntArray  # [J]
    td_max_visits: IntArray  # [J] NO_LIMIT where there is none
    td_max_travel: IntArray  # [J] NO_LIMIT where there is none

    window_ptr: IntArray  # [S * D + 1] row s * D + d: merged open intervals, cut to the grid
    window_start: IntArray  # [W]
    window_end: IntArray  # [W]
    piece_ptr: IntArray  # [S * D + 1] the same intervals before merging, for lessons (T4)
    piece_start: IntArray
    piece_end: IntArray
    piece_percent: IntArray

    option_ptr: IntArray  # [J + 1] into options
    option_school: IntArray  # [O]

    free_cards: IntArray  # [D] left by each day by all but visits to come; below 0: they lack
    allowance: IntArray  # [D] most cards that visits to come may draw up to each day (R11)
    floor_of: BoolArray  # [F, S] the school belongs to the floor's group
    floor_target: IntArray  # [F] pupils of the group to record, done ones included
    resource_use: IntArray  # [R, S] what a visit of a school uses up; a Problem has R = 0
    resource_limit: IntArray  # [R] most that visits to come may use up together
    minutes_away: int

    confirmed: tuple[FixedVisit, ...]
    done: tuple[FixedVisit, ...]

    @property
    def schools(self) -> int:
        """Number of schools S."""
        return len(self.school_ids)

    @property
    def team_days(self) -> int:
        """Number of team-days J."""
        return len(self.td_team)

    @property
    def team_day_at(self) -> dict[tuple[int, int], int]:
        """Index of the team-day of each team and day."""
        pairs = zip(self.td_team.tolist(), self.td_day.tolist(), strict=True)
        return {pair: j for j, pair in enumerate(pairs)}

    def day_of(self, index: int) -> date:
        """The date of a day index."""
        return self.first_day + timedelta(days=index)

    def cohorts_of(self, school: int) -> range:
        """Indices of a school's cohorts."""
        return range(int(self.cohort_ptr[school]), int(self.cohort_ptr[school + 1]))

    def windows(self, school: int, day: int) -> list[tuple[int, int]]:
        """Merged open intervals of a school on a day, cut to the grid."""
        row = school * self.days + day
        cut = slice(int(self.window_ptr[row]), int(self.window_ptr[row + 1]))
        return list(
            zip(self.window_start[cut].tolist(), self.window_end[cut].tolist(), strict=True)
        )

    def pieces(self, school: int, day: int) -> list[tuple[int, int, int]]:
        """Open intervals (start, end, lesson percent) of a school on a day, earlier ones first."""
        row = school * self.days + day
        cut = slice(int(self.piece_ptr[row]), int(self.piece_ptr[row + 1]))
        columns = (self.piece_start[cut], self.piece_end[cut], self.piece_percent[cut])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def options(self, team_day: int) -> list[int]:
        """Schools that a team-day can visit."""
        cut = slice(int(self.option_ptr[team_day]), int(self.option_ptr[team_day + 1]))
        found: list[int] = self.option_school[cut].tolist()
        return found

    def place(self, school: int) -> int:
        """The place index of a school."""
        return self.first_school_place + school

    def home(self, team_day: int) -> int:
        """The place index of the base of a team-day."""
        return int(self.base_place[self.td_team[team_day]])

    def capacity(self, team: int, school: int, stay: int) -> int:
        """Most pupils a team can record in a stay of that many minutes (R9)."""
        working = max(0, stay - int(self.overhead[school])) * 60 * int(self.kits[team])
        return working // int(self.seconds[team, school])

    def shortest_stay(self, team: int, school: int, pupils: int) -> int:
        """Shortest stay on the grid in which a team can record that many pupils (R9, R14)."""
        working = -(-pupils * int(self.seconds[team, school]) // (60 * int(self.kits[team])))
        return -(-(int(self.overhead[school]) + working) // self.step) * self.step

    def lesson_percent(self, school: int, day: int, start: int, end: int) -> int:
        """Share of lessons of the open interval that holds most of a stay (T4)."""
        best_overlap, best_percent = 0, 0
        for piece_start, piece_end, percent in self.pieces(school, day):
            overlap = min(end, piece_end) - max(start, piece_start)
            if overlap > best_overlap:
                best_overlap, best_percent = overlap, percent
        return best_percent

    def draw_day(self, cohort: int, day: int) -> int:
        """Day on which a pupil recorded on `day` draws a blank; D if not in the horizon (R11)."""
        return max(day, int(self.card_day[cohort])) if self.cards == "reserve" else self.days

    def allows(
        self, *, team: int, school: int, day: int, start: int, end: int, pupils: int
    ) -> bool:
        """Whether a visit, alone on its team-day, keeps R1, R2, R3, R6, R9 and R14."""
        at = np.flatnonzero((self.td_team == team) & (self.td_day == day))
        if not len(at) or school not in self.options(int(at[0])):
            return False
        j, place, home = int(at[0]), self.place(school), self.base_place[team]
        return bool(
            start % self.step == end % self.step == 0
            and any(a <= start and end <= b for a, b in self.windows(school, day))
            and self.shift_start[j] + self.travel[home, place] <= start
            and end + self.travel[place, home] <= self.shift_end[j]
            and 1 <= pupils <= self.capacity(team, school, end - start)
        )


def index_visits(
    problem: Problem, visits: Iterable[Visit], team_day_at: Mapping[tuple[int, int], int]
) -> tuple[FixedVisit, ...]:
    """Turn visits into indices; `team_day_at` gives the team-day of a team and day."""
    schools = {school.id: (s, school) for s, school in enumerate(problem.schools)}
    teams = {team.id: k for k, team in enumerate(problem.teams)}

    def indexed(visit: Visit) -> FixedVisit:
        s, school = schools[visit.school]
        k, d = teams[visit.team], (visit.date - problem.start).days
        return FixedVisit(
            school=s,
            team=k,
            team_day=team_day_at.get((k, d), -1),
            day=d,
            start=minute_of(visit.start),
            end=minute_of(visit.end),
            take=tuple(visit.students.get(cohort.name, 0) for cohort in school.cohorts),
        )

    return tuple(indexed(visit) for visit in visits)


def plan_of(problem: Problem, network: Network, visits: Iterable[FixedVisit]) -> Plan:
    """The plan of these visits and of history, by date, team and start.

    Commitments come back as they were stated; all other visits are proposed.
    """
    kept = [visit for visit in problem.commitments if visit.status in {"confirmed", "done"}]
    confirmed = set(network.confirmed)
    proposed = [visit_of(problem, network, visit) for visit in visits if visit not in confirmed]
    rank = {team: k for k, team in enumerate(network.team_ids)}
    order = sorted(kept + proposed, key=lambda visit: (visit.date, rank[visit.team], visit.start))
    return Plan(visits=tuple(order))


def visit_of(problem: Problem, network: Network, visit: FixedVisit) -> Visit:
    """A visit in the planner's words, proposed."""
    cohorts = problem.schools[visit.school].cohorts
    return Visit(
        school=network.school_ids[visit.school],
        team=network.team_ids[visit.team],
        date=network.day_of(visit.day),
        start=clock_of(visit.start),
        end=clock_of(visit.end),
        students={cohort.name: n for cohort, n in zip(cohorts, visit.take, strict=True) if n},
    )
