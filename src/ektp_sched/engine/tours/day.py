"""One team-day by itself: the schools it can visit, in local indices and as arrays."""

from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from ektp_sched.engine.instance import Network
from ektp_sched.engine.instance.arrays import NO_LIMIT, IntArray
from ektp_sched.engine.instance.build import on_grid_up

# Short numbers keep the ways of a large city in the processor's cache.
ShortArray = np.ndarray[tuple[int, ...], np.dtype[np.int16]]


class DayArrays(NamedTuple):
    """A team-day for the compiled loops.

    Windows [ptr[i], ptr[i + 1]) are cut to what shift and ways from and to base leave.
    Pieces are the open intervals before merging; `piece_class` numbers their lesson percent among
    `percents`. A committed stop has its own time as its one window and its length in `committed`.
    """

    schools: IntArray  # [n] school of each local index
    step: int
    travel: IntArray  # [n + 1, n + 1]
    hops: ShortArray  # [n + 1, n + 1] the same in steps, rounded up
    near: IntArray  # [n] minutes to the nearest other school
    drive_home: IntArray  # [n] fewest minutes driven to base, over other schools or not
    shift_start: int
    shift_end: int
    break_minutes: int
    break_earliest: int
    break_latest: int
    max_visits: int
    max_travel: int
    window_ptr: IntArray
    window_start: IntArray
    window_end: IntArray
    piece_ptr: IntArray
    piece_start: IntArray
    piece_end: IntArray
    piece_class: IntArray
    committed: IntArray  # [n] minutes of a stay that is fixed, 0 for the others
    overhead: IntArray  # [n]
    pace: IntArray  # [n, 2] pupils per minute as a fraction: 60 × kits over seconds
    percents: IntArray  # lesson percents by class


class Ways(NamedTuple):
    """Ways between the places of a team-day: the fields of DayArrays of the same names."""

    travel: IntArray
    hops: ShortArray
    near: IntArray
    drive_home: IntArray


def days_of(network: Network) -> dict[int, DayArrays]:
    """Every team-day that can visit a school at all; those that are alike share one value."""
    ways: dict[bytes, Ways] = {}
    known: dict[tuple[object, ...], DayArrays] = {}
    found = {}
    for j in range(network.team_days):
        day = day_arrays(network, j, ways)
        # Ways are shared already, so that their identity tells as much as their (large) content.
        key = tuple(
            id(part)
            if name in Ways._fields
            else part.tobytes()
            if isinstance(part, np.ndarray)
            else part
            for name, part in zip(DayArrays._fields, day, strict=True)
        )
        if len(day.schools):
            found[j] = known.setdefault(key, day)
    return found


def day_arrays(network: Network, team_day: int, ways: dict[bytes, Ways] | None = None) -> DayArrays:
    """Cut a team-day out of a network, with all the schools that it may visit.

    `ways` keeps the ways between the same places for other team-days.
    """
    local = np.array(allowed_options(network, team_day), dtype=np.int64)
    k, d = int(network.td_team[team_day]), int(network.td_day[team_day])
    places = np.append(network.first_school_place + local, network.home(team_day))
    ways = {} if ways is None else ways
    if places.tobytes() not in ways:
        ways[places.tobytes()] = _ways(network, places)
    promised = (visit for visit in network.confirmed if visit.team_day == team_day)
    fixed = {visit.school: (visit.start, visit.end) for visit in promised}
    owner, start, end = _windows(network, team_day, local, fixed)
    rows = local * network.days + d
    piece_owner, pieces = _ragged(network.piece_ptr, rows)
    percents = np.unique(network.piece_percent)
    stays = (fixed.get(school, (0, 0)) for school in local.tolist())
    return DayArrays(
        schools=local,
        step=network.step,
        **ways[places.tobytes()]._asdict(),
        shift_start=int(network.shift_start[team_day]),
        shift_end=int(network.shift_end[team_day]),
        break_minutes=int(network.break_minutes[team_day]),
        break_earliest=int(network.break_earliest[team_day]),
        break_latest=int(network.break_latest[team_day]),
        max_visits=int(network.td_max_visits[team_day]),
        max_travel=int(network.td_max_travel[team_day]),
        window_ptr=_pointers(owner, len(local)),
        window_start=start,
        window_end=end,
        piece_ptr=_pointers(piece_owner, len(local)),
        piece_start=network.piece_start[pieces],
        piece_end=network.piece_end[pieces],
        piece_class=np.searchsorted(percents, network.piece_percent[pieces]),
        committed=np.array([until - since for since, until in stays], dtype=np.int64),
        overhead=network.overhead[local],
        pace=np.stack([np.full(len(local), 60 * network.kits[k]), network.seconds[k, local]], 1),
        percents=percents if len(percents) else np.zeros(1, dtype=np.int64),
    )


def allowed_options(network: Network, team_day: int) -> list[int]:
    """Options of a team-day less what done visits forbid (R8: a team is there once a day)."""
    k, d = int(network.td_team[team_day]), int(network.td_day[team_day])
    been = {visit.school for visit in network.done if (visit.team, visit.day) == (k, d)}
    return [school for school in network.options(team_day) if school not in been]


def _ways(network: Network, places: IntArray) -> Ways:
    travel = np.ascontiguousarray(network.travel[np.ix_(places, places)])
    between = travel[:-1, :-1] + np.diag(np.full(len(travel) - 1, NO_LIMIT))
    return Ways(
        travel=travel,
        hops=np.minimum(-(-travel // network.step), np.iinfo(np.int16).max).astype(np.int16),
        near=between.min(axis=1, initial=NO_LIMIT),
        drive_home=_drive_home(travel),
    )


def _drive_home(travel: IntArray) -> IntArray:
    """Fewest minutes driven from each school to base, by way of other schools (R12)."""
    # In one piece like all arrays of a day: another layout would be compiled for anew.
    between, shortest = travel[:-1, :-1], np.ascontiguousarray(travel[:-1, -1])
    for _ in shortest:
        shorter = np.minimum(shortest, (between + shortest).min(axis=1))
        if np.array_equal(shorter, shortest):
            break
        shortest = shorter
    return shortest


def _windows(
    network: Network,
    team_day: int,
    local: IntArray,
    fixed: dict[int, tuple[int, int]],
) -> tuple[IntArray, IntArray, IntArray]:
    """Local school, start and end of each window that shift and travel leave."""
    rows = local * network.days + int(network.td_day[team_day])
    owner, windows = _ragged(network.window_ptr, rows)
    base, school = network.home(team_day), local[owner]
    arrive = network.shift_start[team_day] + network.way_out[base, school]
    leave = network.shift_end[team_day] - network.way_back[base, school]
    start = np.maximum(network.window_start[windows], on_grid_up(arrive, network.step))
    end = np.minimum(network.window_end[windows], leave // network.step * network.step)
    for i, school in enumerate(local.tolist()):
        if school in fixed:
            since, until = fixed[school]
            holds = (owner == i) & (start <= since) & (until <= end)
            start[owner == i] = end[owner == i] = 0
            start[holds], end[holds] = since, until
    left = start < end
    return owner[left], start[left], end[left]


def _ragged(pointers: IntArray, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Entries of some rows of a ragged list: which of the rows, and index into the flat array."""
    lengths = pointers[rows + 1] - pointers[rows]
    owner = np.repeat(np.arange(len(rows)), lengths)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return owner, pointers[rows][owner] + within


def _pointers(owner: IntArray, rows: int) -> IntArray:
    counts = np.bincount(owner, minlength=rows)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


class TourArrays(NamedTuple):
    """Arrays of a Network (same names, shapes and units) for kernels that take no objects.

    `option_ptr` and `option_school` leave out what done visits forbid (R8: a team visits a school
    at most once a day). `home` is the place of each team-day's base, [J].
    """

    step: int
    days: int
    travel: IntArray
    first_school_place: int
    home: IntArray
    kits: IntArray
    seconds: IntArray
    overhead: IntArray
    td_team: IntArray
    td_day: IntArray
    shift_start: IntArray
    shift_end: IntArray
    break_minutes: IntArray
    break_earliest: IntArray
    break_latest: IntArray
    td_max_visits: IntArray
    td_max_travel: IntArray
    window_ptr: IntArray
    window_start: IntArray
    window_end: IntArray
    piece_ptr: IntArray
    piece_start: IntArray
    piece_end: IntArray
    piece_percent: IntArray
    option_ptr: IntArray
    option_school: IntArray


def tour_arrays(network: Network) -> TourArrays:
    """Gather the arrays of a network for the compiled loops."""
    options = [allowed_options(network, j) for j in range(network.team_days)]
    own: dict[str, Any] = {
        "home": network.base_place[network.td_team],
        "option_ptr": np.cumsum([0, *map(len, options)]).astype(np.int64),
        "option_school": np.fromiter(chain.from_iterable(options), dtype=np.int64),
    }
    shared = {name: getattr(network, name) for name in TourArrays._fields if name not in own}
    return TourArrays(**shared, **own)
