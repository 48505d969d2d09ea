"""One team-day by itself: the schools it can visit, in local indices.

Local index i = 0 … n - 1 stands for `schools[i]`; n stands for the base. Times are minutes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ektp_sched.network import Network
from ektp_sched.network.arrays import IntArray
from ektp_sched.network.options import on_grid_up


class DayArrays(NamedTuple):
    """A team-day for the compiled loops.

    Windows [ptr[i], ptr[i + 1]) are cut to what shift and travel from and to base leave.
    Pieces are the open intervals before merging; `piece_class` numbers their lesson percent among
    `percents`. A committed stop has its own time as its one window and its length in `committed`.
    """

    schools: IntArray  # [n] school of each local index
    step: int
    travel: IntArray  # [n + 1, n + 1]
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


def day_arrays(network: Network, team_day: int) -> DayArrays:
    """Cut a team-day out of a network, with all the schools that it may visit."""
    chosen = allowed_options(network, team_day)
    k, d = int(network.td_team[team_day]), int(network.td_day[team_day])
    local = np.array(chosen, dtype=np.int64)
    places = np.append(network.first_school_place + local, network.home(team_day))
    travel = network.travel[np.ix_(places, places)]
    promised = (visit for visit in network.confirmed if visit.team_day == team_day)
    fixed = {visit.school: (visit.start, visit.end) for visit in promised}
    windows = [[fixed[s]] if s in fixed else _reachable(network, team_day, s) for s in chosen]
    pieces = [network.pieces(s, d) for s in chosen]
    percents = np.unique(network.piece_percent) if len(network.piece_percent) else np.zeros(1)
    rows = [piece for group in pieces for piece in group]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    spans = np.array([w for group in windows for w in group], dtype=np.int64).reshape(-1, 2).T
    return DayArrays(
        schools=local,
        step=network.step,
        travel=np.ascontiguousarray(travel),
        shift_start=int(network.shift_start[team_day]),
        shift_end=int(network.shift_end[team_day]),
        break_minutes=int(network.break_minutes[team_day]),
        break_earliest=int(network.break_earliest[team_day]),
        break_latest=int(network.break_latest[team_day]),
        max_visits=int(network.td_max_visits[team_day]),
        max_travel=int(network.td_max_travel[team_day]),
        window_ptr=_pointers(windows),
        window_start=spans[0].copy(),
        window_end=spans[1].copy(),
        piece_ptr=_pointers(pieces),
        piece_start=columns[0].copy(),
        piece_end=columns[1].copy(),
        piece_class=np.searchsorted(percents, columns[2]).astype(np.int64),
        committed=np.array([b - a for a, b in (fixed.get(s, (0, 0)) for s in chosen)]),
        overhead=network.overhead[local],
        pace=np.stack([np.full(len(local), 60 * network.kits[k]), network.seconds[k, local]], 1),
        percents=percents.astype(np.int64),
    )


def allowed_options(network: Network, team_day: int) -> list[int]:
    """Options of a team-day less what done visits forbid (R8: a team is there once a day)."""
    k, d = int(network.td_team[team_day]), int(network.td_day[team_day])
    been = {visit.school for visit in network.done if (visit.team, visit.day) == (k, d)}
    return [school for school in network.options(team_day) if school not in been]


def _reachable(network: Network, team_day: int, school: int) -> list[tuple[int, int]]:
    home, place = network.home(team_day), network.place(school)
    arrive = network.shift_start[team_day] + network.travel[home, place]
    leave = network.shift_end[team_day] - network.travel[place, home]
    first = int(on_grid_up(arrive, network.step))
    last = int(leave // network.step * network.step)
    cut = [
        (max(start, first), min(end, last))
        for start, end in network.windows(school, int(network.td_day[team_day]))
    ]
    return [(start, end) for start, end in cut if start < end]


def _pointers(ragged: Sequence[Sequence[object]]) -> IntArray:
    return np.cumsum([0, *(len(row) for row in ragged)]).astype(np.int64)
