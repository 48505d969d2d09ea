"""Which schools each team-day can visit at all."""

import dataclasses
from itertools import accumulate, chain

import numpy as np

from ektp_sched.network.arrays import IntArray, Network


def with_options(network: Network) -> Network:
    """Fill in the options: schools that a team-day, visiting nothing else, could record a pupil at.

    That is R1, R2, R3, R6, R9 and R14 for one visit; whether pupils are left is not asked.
    """
    school, day = np.divmod(_window_rows(network), network.days)
    by_day = [np.flatnonzero(day == d) for d in range(network.days)]
    shortest = shortest_stays(network)
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


def _window_rows(network: Network) -> IntArray:
    return np.repeat(np.arange(len(network.window_ptr) - 1), np.diff(network.window_ptr))


def _room(network: Network, team_day: int, rows: IntArray, school: IntArray) -> IntArray:
    """Longest stay on the grid in each window, for a team-day with nothing else to do."""
    home, place = network.home(team_day), network.first_school_place + school
    arrive = network.shift_start[team_day] + network.travel[home, place]
    leave = network.shift_end[team_day] - network.travel[place, home]
    begin = np.maximum(network.window_start[rows], on_grid_up(arrive, network.step))
    end = np.minimum(network.window_end[rows], leave // network.step * network.step)
    return np.asarray(end - begin)
