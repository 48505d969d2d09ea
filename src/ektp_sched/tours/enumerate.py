"""All tours of a team-day that the best plan could need.

Of tours to the same schools, one is left out when another has at each of them as much room for
pupils, lessons that cost no more, the same published stay (T8) if any and an as good place in the
order of visits (R10), and does not drive more.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.growth import Needs, grow
from ektp_sched.tours.trails import (
    DEAD,
    END,
    FORMER,
    PERCENT,
    ROLE,
    ROOM,
    SCHOOL,
    START,
    STOPS,
    Trails,
    empty_trails,
)

# Trails of one team-day before it is given up. Most never get home as a tour of their own: where
# 1,000 tours matter, there are tens of thousands of trails.
MOST_TRAILS = 30_000


class TourStop(NamedTuple):
    """A stay of a tour: `school` of the network, minutes of the day, pupils at most, percent."""

    school: int
    start: int
    end: int
    room: int
    percent: int
    role: int


@dataclass(frozen=True, slots=True)
class Tour:
    """The stops of a team-day in driving order, and the minutes driven, base to base."""

    stops: tuple[TourStop, ...]
    driven: int


def enumerate_tours(day: DayArrays, needs: Needs, limit: int) -> list[Tour] | None:
    """Every tour with at least one stop that the best plan could need.

    None if there are more than `limit` or if finding them takes too much: a tenth of a second.
    """
    trails = empty_trails(len(day.schools), MOST_TRAILS)
    if not grow(day, needs, trails):
        return None
    rows = trails.rows[1 : trails.used[0]]
    back = (rows[:, SCHOOL] == len(day.schools)) & (rows[:, DEAD] == 0)
    ends = np.flatnonzero(back) + 1
    if len(ends) > limit:
        return None
    return [_tour(day, trails, int(end)) for end in ends]


def _tour(day: DayArrays, trails: Trails, end: int) -> Tour:
    locals_, stops, at = [len(day.schools)], [], int(trails.rows[end, FORMER])
    while trails.rows[at, STOPS] > 0:
        row = trails.rows[at]
        stops.append(
            TourStop(
                school=int(day.schools[row[SCHOOL]]),
                start=int(row[START]),
                end=int(row[END]),
                room=int(row[ROOM]),
                percent=int(row[PERCENT]),
                role=int(row[ROLE]),
            )
        )
        locals_.append(int(row[SCHOOL]))
        at = int(row[FORMER])
    locals_.append(len(day.schools))
    ways = zip(locals_[1:], locals_[:-1], strict=True)
    return Tour(tuple(reversed(stops)), sum(int(day.travel[a, b]) for a, b in ways))
