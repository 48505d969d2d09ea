"""Tours as columns of the master problem."""

from collections.abc import Mapping
from dataclasses import dataclass

from ektp_sched.network import Network
from ektp_sched.network.arrays import BoolArray, IntArray
from ektp_sched.tours.day import DayArrays


@dataclass(frozen=True, slots=True)
class Stop:
    """A stay of a tour: where, its slot, and the pupils it has room for.

    A `small` one has room for less than the school's fewest pupils of a visit (R10).
    """

    school: int
    start: int
    end: int
    slot: int
    room: int
    small: bool
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
    network: Network, days: Mapping[int, DayArrays], slot_of: IntArray, dated: BoolArray
) -> list[TeamDayClass]:
    """Gather team-days into classes.

    Parameters
    ----------
    days
        From days_of(): team-days that are alike share one value.
    slot_of
        [S, D, classes] of Slots: team-days whose schools' slots differ are not alike.
    dated
        [S] schools whose visits are counted by date, so that no two dates are alike.
    """
    found: dict[tuple[int, bytes, int], TeamDayClass] = {}
    for j, day in days.items():
        date = int(network.td_day[j])
        alike = date if dated[day.schools].any() else -1
        key = (alike, slot_of[day.schools, date].tobytes(), id(day))
        found.setdefault(key, TeamDayClass(day, [], date)).members.append(j)
    return list(found.values())
