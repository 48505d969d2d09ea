"""Build the arrays of a problem: what is open when, who can go where, which blanks may be drawn."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate, chain

import numpy as np

from ektp_sched.domain import (
    Closed,
    EstimatedTravel,
    MatrixTravel,
    Policy,
    Problem,
    School,
    Team,
    VisitStatus,
    Weekday,
    minute_of,
    weekday_of,
)
from ektp_sched.engine.instance.arrays import NO_LIMIT, FixedVisit, IntArray, Network, index_visits


def with_options(network: Network) -> Network:
    """Fill in the options: schools that a team-day could record a pupil at.

    That is R1, R2, R3, R6, R9 and R14 for one visit; whether pupils are left is not asked. Where
    ways are no metric, a school may be reached in time by way of another one only: the team stays
    there, and `way_out` and `way_back` count that.
    """
    school, day = np.divmod(_window_rows(network), network.days)
    by_day = [np.flatnonzero(day == d) for d in range(network.days)]
    shortest = shortest_stays(network)
    network = _with_ways(network, shortest.min(axis=0, initial=NO_LIMIT))
    options = []
    for j, (team, d) in enumerate(zip(network.td_team, network.td_day, strict=True)):
        rows = by_day[d]
        room = _room(network, j, rows, school[rows])
        fits = (room >= shortest[team, school[rows]]) & network.skilled[team, school[rows]]
        options.append(np.unique(school[rows][fits]).tolist())
    return dataclasses.replace(
        network,
        option_ptr=np.fromiter(accumulate(map(len, options), initial=0), dtype=np.int64),
        option_school=np.fromiter(chain.from_iterable(options), dtype=np.int64),
    )


def shortest_stays(network: Network) -> IntArray:
    """Minutes on the grid that a team needs at a school for one pupil, [K, S]."""
    working = -(-network.seconds // (60 * network.kits[:, None]))
    return on_grid_up(network.overhead + working, network.step)


def on_grid_up(minutes: IntArray, step: int) -> IntArray:
    """Minutes raised to the next multiple of the step."""
    return -(-minutes // step) * step


def _with_ways(network: Network, stay: IntArray) -> Network:
    """Shorten the ways between bases and schools by stops that take `stay` [S] minutes."""
    first = network.first_school_place
    between = network.travel[first:, first:]
    return dataclasses.replace(
        network,
        way_out=_shortened(network.way_out, stay[:, None] + between),
        way_back=_shortened(network.way_back, stay[:, None] + between.T),
    )


def _shortened(ways: IntArray, hops: IntArray) -> IntArray:
    """The shortest ways [B, S] when each may be continued by `hops` [S, S] (Bellman and Ford)."""
    longer = [np.min(row[:, None] + hops, axis=0, initial=NO_LIMIT) for row in ways]
    shortest = np.minimum(ways, np.array(longer, dtype=np.int64).reshape(ways.shape))
    return ways if (shortest == ways).all() else _shortened(shortest, hops)


def _window_rows(network: Network) -> IntArray:
    return np.repeat(np.arange(len(network.window_ptr) - 1), np.diff(network.window_ptr))


def _room(network: Network, team_day: int, rows: IntArray, school: IntArray) -> IntArray:
    """Longest stay on the grid that a team-day has time for in each window."""
    home = network.home(team_day)
    arrive = network.shift_start[team_day] + network.way_out[home, school]
    leave = network.shift_end[team_day] - network.way_back[home, school]
    begin = np.maximum(network.window_start[rows], on_grid_up(arrive, network.step))
    end = np.minimum(network.window_end[rows], leave // network.step * network.step)
    return np.asarray(end - begin)


def free_cards(
    problem: Problem, days: list[date], drawn_by_done: IntArray, *, unconfirmed: bool = False
) -> IntArray:
    """Cards that counters, done visits and the reserve leave by each day, [D]; below 0: they lack.

    Parameters
    ----------
    drawn_by_done
        Cards that done visits draw on each day, [D].
    unconfirmed
        Count deliveries that are not confirmed as if they were.
    """
    stock = problem.stock
    flow = -drawn_by_done.astype(np.int64)
    holidays = set(problem.holidays)
    for index, day in enumerate(days):
        if day not in holidays and weekday_of(day) in problem.working_days:
            flow[index] -= stock.walk_in_overrides.get(day, stock.walk_in_per_day)
    for delivery in stock.deliveries:
        if delivery.confirmed or unconfirmed:
            _add(flow, days, delivery.date, delivery.cards)
    return stock.opening - stock.reserve + np.cumsum(flow)


def allowance(free: IntArray) -> IntArray:
    """Most cards that visits still to come may draw up to each day (R11), [D].

    Counters and history come first: where they alone break the reserve, nothing is left. A limit
    on a later day binds the earlier ones too, so each entry is the least from that day on.
    """
    return np.minimum.accumulate(np.maximum(0, free)[::-1])[::-1]


def _add(flow: IntArray, days: Iterable[date], day: date, cards: int) -> None:
    index = (day - next(iter(days))).days
    if 0 <= index < len(flow):
        flow[index] += cards


EARTH_RADIUS_KM = 6371.0088


def travel_minutes(problem: Problem) -> IntArray:
    """Minutes from place to place [P, P]: bases first, then schools; 0 from a place to itself."""
    travel = problem.travel
    if isinstance(travel, MatrixTravel):
        row = {place: index for index, place in enumerate(travel.places)}
        order = [row[place] for place in problem.place_ids]
        table = np.array(travel.minutes, dtype=np.int64).reshape(len(row), len(row))
        minutes = table[np.ix_(order, order)]
    else:
        minutes = _estimated(problem, travel)
    index = {place: number for number, place in enumerate(problem.place_ids)}
    for way in travel.overrides:
        minutes[index[way.from_place], index[way.to_place]] = way.minutes
    np.fill_diagonal(minutes, 0)
    return minutes


def _estimated(problem: Problem, travel: EstimatedTravel) -> IntArray:
    points = [base.location for base in problem.bases]
    points += [school.location for school in problem.schools]
    lon = np.radians([point.lon for point in points])
    lat = np.radians([point.lat for point in points])
    half_chord = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half_chord, 1)))
    exact = travel.fixed_minutes + 60 * travel.detour * km / travel.speed_kmh
    # A millionth of a minute is forgiven so that rounding errors never add a whole minute.
    minutes: IntArray = np.ceil(np.round(exact, 6)).astype(np.int64)
    same_point = (lon[:, None] == lon) & (lat[:, None] == lat)
    minutes[same_point] = 0
    return minutes


TeamDay = tuple[int, int, int, int, int, int, int, int, int]


def build_network(problem: Problem, *, unconfirmed: bool = False) -> Network:
    """Turn a problem into integer arrays.

    Parameters
    ----------
    unconfirmed
        Count deliveries that are not confirmed as if they were.
    """
    days = days_of(problem)
    pieces = [row for school in problem.schools for row in open_pieces(school, days)]
    windows = [merged_on_grid(row, problem.time_step) for row in pieces]
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
            if shift := shift_on(team, day, weekday):
                most_visits = team.max_visits_per_day or NO_LIMIT
                most_travel = team.max_travel_minutes
                limits = (most_visits, NO_LIMIT if most_travel is None else most_travel)
                found.append((k, d, *shift, *break_on(team, weekday), *limits))
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


Piece = tuple[int, int, int]  # start, end, lesson percent


def days_of(problem: Problem) -> list[date]:
    """Every date of the horizon."""
    length = (problem.end - problem.start).days + 1
    return [problem.start + timedelta(days=d) for d in range(length)]


def covered(day: date, ranges: Iterable[Closed]) -> bool:
    """Whether a date lies in one of the ranges."""
    return any(one.start <= day <= one.end for one in ranges)


def open_pieces(school: School, days: list[date]) -> list[list[Piece]]:
    """Open intervals of a school before merging, by day, ordered by start, end and percent."""
    weekly: dict[Weekday, list[Piece]] = {}
    for hours in school.hours:
        piece = (minute_of(hours.start), minute_of(hours.end), hours.lesson_percent)
        for weekday in hours.days:
            weekly.setdefault(weekday, []).append(piece)
    extra: dict[date, list[Piece]] = {}
    replaced = {hours.date for hours in school.extra_hours if hours.replaces}
    for more in school.extra_hours:
        piece = (minute_of(more.start), minute_of(more.end), more.lesson_percent)
        extra.setdefault(more.date, []).append(piece)
    first, last = school.not_before or days[0], school.not_after or days[-1]
    found: list[list[Piece]] = []
    for day in days:
        if not first <= day <= last or covered(day, school.closed):
            found.append([])
            continue
        usual = [] if day in replaced else weekly.get(weekday_of(day), [])
        found.append(sorted(usual + extra.get(day, [])))
    return found


def merged_on_grid(pieces: list[Piece], step: int) -> list[tuple[int, int]]:
    """Unite touching and overlapping intervals and cut each to the grid; drop what is empty."""
    united: list[list[int]] = []
    for start, end, _ in pieces:
        if united and start <= united[-1][1]:
            united[-1][1] = max(united[-1][1], end)
        else:
            united.append([start, end])
    on_grid = ((-(-start // step) * step, end // step * step) for start, end in united)
    return [(start, end) for start, end in on_grid if start < end]


def shift_on(team: Team, day: date, weekday: Weekday) -> tuple[int, int] | None:
    """A team's shift on a date, None where it does not work."""
    if covered(day, team.off):
        return None
    for shift in team.shifts:
        if weekday in shift.days:
            return minute_of(shift.start), minute_of(shift.end)
    return None


def break_on(team: Team, weekday: Weekday) -> tuple[int, int, int]:
    """Minutes, earliest and latest of a team's break on a weekday; minutes 0 where it has none."""
    for rest in team.breaks:
        if weekday in rest.days:
            return rest.minutes, minute_of(rest.earliest), minute_of(rest.latest)
    return 0, 0, 0
