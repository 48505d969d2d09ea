"""Trails: tours in the making, and which of two serves as well as the other.

A trail is a chain of rows, each with its last stop and the row before it; row 0 stands for the
base, where all begin. A trail that is back at base ends with a stop there, and is a whole tour.
Trails over the same schools in the same roles to the same last one are held in one bucket, where a
new trail is left out, or puts others out, if one serves as well as the other.
"""

from typing import NamedTuple

import numpy as np

from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.jit import kernel

NONE = -1
# Of a stop, by local school: what it gives.
SCHOOL, START, END, ROOM, PERCENT, ROLE, PUBLISHED = range(7)
# Of the trail so far: the break taken (1) or to come (0), minutes driven, number of stops.
STATE, DRIVEN, STOPS = range(7, 10)
# Where it belongs: the row before, the marks of its schools, put out or not, next of its bucket.
FORMER, MARK, DEAD, CHAIN = range(10, 14)
ROOMS = 14  # at all its stops
FIELDS = 15

# Roles of a stop where several visits of one school and date are in order (R10).
FREE, ENOUGH, REST = range(3)
EFFORT = 150  # most comparisons and starts tried for each row of the pool, on average


class Trails(NamedTuple):
    """A pool of trails: rows [capacity, FIELDS], buckets, and what was used of both."""

    rows: IntArray
    bucket: IntArray
    mark: IntArray  # [n + 1, roles] a number for each local school and role
    used: IntArray  # [2] rows, and comparisons made and starts tried


def empty_trails(schools: int, capacity: int) -> Trails:
    """A pool for at most `capacity` trails over a number of schools."""
    marks = np.random.default_rng(0).integers(1, 1 << 62, (schools + 1, 3))
    return Trails(
        rows=np.empty((capacity, FIELDS), dtype=np.int64),
        bucket=np.full(4_096, NONE),
        mark=marks,
        used=np.zeros(2, dtype=np.int64),
    )


@kernel
def is_full(trails: Trails) -> bool:
    """Whether there is no room for another trail, or finding them has cost too much."""
    used, effort = trails.used
    return used >= len(trails.rows) or effort > EFFORT * len(trails.rows)


@kernel
def visits_already(trails: Trails, at: int, school: int) -> bool:
    """Whether a trail stops at a school."""
    while trails.rows[at, STOPS] > 0:
        if trails.rows[at, SCHOOL] == school:
            return True
        at = trails.rows[at, FORMER]
    return False


@kernel
def keep(trails: Trails) -> None:
    """Keep the trail written at the pool's end unless another serves as well."""
    rows, new = trails.rows, trails.used[0]
    row = rows[new]
    row[MARK] = rows[row[FORMER], MARK] ^ trails.mark[row[SCHOOL], row[ROLE]]
    row[ROOMS] = rows[row[FORMER], ROOMS] + row[ROOM]
    row[DEAD] = 0
    slot = (row[MARK] + row[SCHOOL]) % len(trails.bucket)
    before, at = NONE, trails.bucket[slot]
    while at != NONE:
        trails.used[1] += 1
        after = rows[at, CHAIN]
        if rows[at, MARK] == row[MARK] and rows[at, SCHOOL] == row[SCHOOL]:
            if _serves_as_well(rows, at, new):
                return
            if _serves_as_well(rows, new, at):
                rows[at, DEAD] = 1
                if before == NONE:
                    trails.bucket[slot] = after
                else:
                    rows[before, CHAIN] = after
                at = before
        before, at = at, after
    row[CHAIN] = trails.bucket[slot]
    trails.bucket[slot] = new
    trails.used[0] += 1


@kernel
def _serves_as_well(rows: IntArray, mine: int, other: int) -> bool:
    """Whether whatever may follow the other trail may follow mine, and is worth no less."""
    if rows[mine, STATE] < rows[other, STATE] or rows[mine, END] > rows[other, END]:
        return False
    if rows[mine, DRIVEN] > rows[other, DRIVEN] or rows[mine, ROOMS] < rows[other, ROOMS]:
        return False
    stop = mine
    while rows[stop, STOPS] > 0:
        same = other
        while rows[same, SCHOOL] != rows[stop, SCHOOL]:
            if rows[same, STOPS] == 0:
                return False
            same = rows[same, FORMER]
        if not _gives_as_much(rows[stop], rows[same]):
            return False
        stop = rows[stop, FORMER]
    return True


@kernel
def _gives_as_much(mine: IntArray, other: IntArray) -> bool:
    """Whether a stop has the room, the hours, the place in the order and the promise of another."""
    if mine[ROOM] < other[ROOM] or mine[PERCENT] > other[PERCENT] or mine[ROLE] != other[ROLE]:
        return False
    if other[PUBLISHED] != NONE and mine[PUBLISHED] != other[PUBLISHED]:
        return False
    if mine[ROLE] == ENOUGH:
        return bool(mine[START] <= other[START])
    return bool(mine[ROLE] == FREE or mine[START] >= other[START])
