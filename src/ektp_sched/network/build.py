"""Build the arrays of a problem."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, chain

import numpy as np

from ektp_sched.domain import Policy, Problem, School, VisitStatus, weekday_of
from ektp_sched.network import calendar
from ektp_sched.network.arrays import NO_LIMIT, FixedVisit, IntArray, Network
from ektp_sched.network.options import with_options
from ektp_sched.network.stock import allowance, free_cards
from ektp_sched.network.travel import travel_minutes
from ektp_sched.network.visits import index_visits

TeamDay = tuple[int, int, int, int, int, int, int, int, int]


def build_network(problem: Problem, *, unconfirmed: bool = False) -> Network:
    """Turn a problem into integer arrays.

    Parameters
    ----------
    unconfirmed
        Count deliveries that are not confirmed as if they were.
    """
    days = calendar.days_of(problem)
    pieces = [row for school in problem.schools for row in calendar.open_pieces(school, days)]
    windows = [calendar.merged_on_grid(row, problem.time_step) for row in pieces]
    team_days = _team_days(problem, days)
    columns = _columns(team_days, 9)
    team_day_at = {(row[0], row[1]): j for j, row in enumerate(team_days)}
    confirmed = _commitments(problem, team_day_at, "confirmed")
    done = _commitments(problem, team_day_at, "done")
    travel = travel_minutes(problem)
    cohorts = _Cohorts(problem, days, done)
    free = free_cards(problem, days, cohorts.drawn_by_done, unconfirmed=unconfirmed)
    window_rows, piece_rows = (
        _columns(list(chain.from_iterable(windows)), 2),
        _columns(list(chain.from_iterable(pieces)), 3),
    )
    network = Network(
        step=problem.time_step,
        first_day=problem.start,
        days=len(days),
        school_ids=tuple(school.id for school in problem.schools),
        team_ids=tuple(team.id for team in problem.teams),
        cohort_names=tuple(cohort.name for school in problem.schools for cohort in school.cohorts),
        cards=problem.stock.cards,
        travel=travel,
        way_out=travel[: len(problem.bases), len(problem.bases) :],
        way_back=travel[len(problem.bases) :, : len(problem.bases)].T,
        base_place=_base_places(problem),
        first_school_place=len(problem.bases),
        kits=_array(team.kits for team in problem.teams),
        seconds=_seconds(problem),
        skilled=_skilled(problem),
        overhead=_array(s.setup_minutes + s.teardown_minutes for s in problem.schools),
        max_visits=_array(school.max_visits for school in problem.schools),
        min_gap=_array(school.min_gap_days for school in problem.schools),
        min_students=_array(school.min_students for school in problem.schools),
        max_teams=_array(school.max_teams_per_day for school in problem.schools),
        cohort_ptr=cohorts.ptr,
        cohort_students=cohorts.students,
        cohort_left=cohorts.left,
        record_day=cohorts.record_day,
        card_day=cohorts.card_day,
        priority=cohorts.priority,
        td_team=columns[0],
        td_day=columns[1],
        shift_start=columns[2],
        shift_end=columns[3],
        break_minutes=columns[4],
        break_earliest=columns[5],
        break_latest=columns[6],
        td_max_visits=columns[7],
        td_max_travel=columns[8],
        window_ptr=_pointers(windows),
        window_start=window_rows[0],
        window_end=window_rows[1],
        piece_ptr=_pointers(pieces),
        piece_start=piece_rows[0],
        piece_end=piece_rows[1],
        piece_percent=piece_rows[2],
        option_ptr=_array([0] * (len(team_days) + 1)),
        option_school=_array([]),
        free_cards=free,
        allowance=allowance(free),
        floor_of=_floor_groups(problem.policy, problem.schools),
        floor_target=_floor_targets(problem.policy, problem.schools),
        resource_use=np.zeros((0, len(problem.schools)), dtype=np.int64),
        resource_limit=_array([]),
        minutes_away=problem.policy.minutes_away_per_student,
        confirmed=confirmed,
        done=done,
    )
    return with_options(network)


def _array(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _columns(rows: Sequence[Sequence[int]], width: int) -> IntArray:
    return np.array(rows, dtype=np.int64).reshape(-1, width).T.copy()


def _pointers(ragged: Iterable[Sequence[object]]) -> IntArray:
    return _array(accumulate((len(row) for row in ragged), initial=0))


def _team_days(problem: Problem, days: list[date]) -> list[TeamDay]:
    holidays = set(problem.holidays)
    found: list[TeamDay] = []
    for d, day in enumerate(days):
        if day in holidays:
            continue
        weekday = weekday_of(day)
        for k, team in enumerate(problem.teams):
            if shift := calendar.shift_on(team, day, weekday):
                most_visits = team.max_visits_per_day or NO_LIMIT
                most_travel = team.max_travel_minutes
                limits = (most_visits, NO_LIMIT if most_travel is None else most_travel)
                found.append((k, d, *shift, *calendar.break_on(team, weekday), *limits))
    return found


def _base_places(problem: Problem) -> IntArray:
    index = {base.id: number for number, base in enumerate(problem.bases)}
    return _array(index[team.base] for team in problem.teams)


def _seconds(problem: Problem) -> IntArray:
    rows = [
        [school.seconds_per_student or team.seconds_per_student for school in problem.schools]
        for team in problem.teams
    ]
    return np.array(rows, dtype=np.int64).reshape(len(problem.teams), len(problem.schools))


def _skilled(problem: Problem) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    rows = [[school.needs <= team.skills for school in problem.schools] for team in problem.teams]
    return np.array(rows, dtype=np.bool_).reshape(len(problem.teams), len(problem.schools))


class _Cohorts:
    """Cohorts side by side, less what done visits recorded."""

    def __init__(self, problem: Problem, days: list[date], done: tuple[FixedVisit, ...]) -> None:
        cohorts = [cohort for school in problem.schools for cohort in school.cohorts]
        self.ptr = _pointers([school.cohorts for school in problem.schools])
        self.students = _array(cohort.students for cohort in cohorts)
        self.priority = _array(cohort.priority for cohort in cohorts)
        self.record_day = _array(_day_index(days, cohort.record_from) for cohort in cohorts)
        self.card_day = _array(_day_index(days, cohort.card_from) for cohort in cohorts)
        taken = np.zeros(len(cohorts), dtype=np.int64)
        self.drawn_by_done = np.zeros(len(days), dtype=np.int64)
        for visit in done:
            for c, count in enumerate(visit.take, start=int(self.ptr[visit.school])):
                taken[c] += count
                drawn_on = max(visit.day, int(self.card_day[c]))
                if visit.day >= 0 and drawn_on < len(days):
                    self.drawn_by_done[drawn_on] += count
        self.left = np.maximum(0, self.students - taken)


def _day_index(days: list[date], day: date | None) -> int:
    """Index of a date, held to 0 … D; 0 for none."""
    return 0 if day is None else min(max((day - days[0]).days, 0), len(days))


def _commitments(
    problem: Problem, team_day_at: dict[tuple[int, int], int], status: VisitStatus
) -> tuple[FixedVisit, ...]:
    visits = (visit for visit in problem.commitments if visit.status == status)
    return index_visits(problem, visits, team_day_at)


def _floor_groups(
    policy: Policy, schools: Sequence[School]
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    rows = [[getattr(s, floor.by) == floor.value for s in schools] for floor in policy.floors]
    return np.array(rows, dtype=np.bool_).reshape(len(policy.floors), len(schools))


def _floor_targets(policy: Policy, schools: Sequence[School]) -> IntArray:
    def target(by: str, value: str, percent: int) -> int:
        group = (school for school in schools if getattr(school, by) == value)
        pupils = sum(cohort.students for school in group for cohort in school.cohorts)
        return -(-percent * pupils // 100)

    return _array(target(floor.by, floor.value, floor.percent) for floor in policy.floors)
