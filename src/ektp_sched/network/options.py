"""Which schools each team-day can visit at all."""

import dataclasses
from itertools import accumulate, chain

import numpy as np

from ektp_sched.network.arrays import NO_LIMIT, IntArray, Network


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
