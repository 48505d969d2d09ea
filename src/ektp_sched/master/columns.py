"""Tours as columns of the master problem."""

from dataclasses import dataclass

import numpy as np

from ektp_sched.network import Network
from ektp_sched.tours.day import DayArrays, day_arrays


@dataclass(frozen=True, slots=True)
class Stop:
    """A stay of a tour: where, its slot, and the pupils it has room for."""

    school: int
    start: int
    end: int
    slot: int
    room: int
    committed: bool


@dataclass(frozen=True, slots=True)
class Tour:
    """A tour that any team-day of a class can drive."""

    of_class: int
    stops: tuple[Stop, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class TeamDayClass:
    """Team-days that can drive the same tours for the same worth."""

    day: DayArrays
    members: list[int]
    date: int  # day index of its first member


def team_day_classes(
    network: Network, slot_of: np.ndarray, dated: np.ndarray
) -> list[TeamDayClass]:
    """Gather team-days into classes.

    Parameters
    ----------
    slot_of
        [S, D, classes] of Slots: team-days whose schools' slots differ are not alike.
    dated
        [S] schools whose visits are counted by date, so that no two dates are alike.
    """
    found: dict[tuple[object, ...], TeamDayClass] = {}
    for j in range(network.team_days):
        day = day_arrays(network, j)
        if not len(day.schools):
            continue
        date = int(network.td_day[j])
        alike = date if dated[day.schools].any() else -1
        content = tuple(
            field.tobytes() if isinstance(field, np.ndarray) else field for field in day
        )
        key = (alike, slot_of[day.schools, date].tobytes(), *content)
        found.setdefault(key, TeamDayClass(day, [], date)).members.append(j)
    return list(found.values())
