"""Tours as columns of the master problem, and what each of their stops is worth and costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ektp_sched.engine.columns.program import FloatArray
from ektp_sched.engine.instance import Network
from ektp_sched.engine.instance.arrays import NO_LIMIT, BoolArray, IntArray
from ektp_sched.engine.search.state import PlanState
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.price_tours import COMMITTED
from ektp_sched.engine.tours.pricing import Prices, lesson_classes, stays_for


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


NO_LEVEL = -1


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils of a school who are alike; `level` is the first whose blanks they can draw."""

    school: int
    priority: int
    record_day: int
    level: int
    pupils: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Visits of a school that are alike: the days' first one stands for all."""

    school: int
    day: int
    level: int
    percent: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Groups by school, slots, and where to find the slot of a visit."""

    groups: list[list[Group]]  # by school
    slots: list[Slot]
    slot_of: IntArray  # [S, D, percent classes] into slots
    percents: IntArray  # by class
    level_blanks: list[int]  # cards that may be drawn up to the end of each level
    level_ends: list[int]  # last day of each level

    def recordable(self, slot: Slot) -> list[tuple[int, Group]]:
        """Groups that a slot's visits can record, numbered within their school."""
        groups = enumerate(self.groups[slot.school])
        return [(number, group) for number, group in groups if group.record_day <= slot.day]

    def draw_level(self, slot: Slot, group: Group) -> int:
        """Level at which a pupil of a group, recorded in a slot, draws a blank, or NO_LEVEL."""
        return NO_LEVEL if group.level == NO_LEVEL else max(slot.level, group.level)


def make_slots(network: Network, state: PlanState, *, by_percent: bool, by_day: bool) -> Slots:
    """Find groups and slots for the pupils and blanks that a state (of commitments) leaves.

    Parameters
    ----------
    by_percent, by_day
        Tell lesson percents (T4) or single days (T7) apart.
    """
    reserve = network.cards == "reserve"
    blanks = _drawable(state.blanks)
    ends = _level_ends(blanks) if reserve else []
    level_of = np.searchsorted(ends, np.arange(network.days)) if reserve else None
    groups = [_groups(network, state, level_of, s) for s in range(network.schools)]
    percents = np.unique(network.piece_percent) if by_percent else np.zeros(1, dtype=np.int64)
    if not len(percents):
        percents = np.zeros(1, dtype=np.int64)
    slot_of = np.zeros((network.schools, network.days, len(percents)), dtype=np.int64)
    slots: list[Slot] = []
    for s in range(network.schools):
        known: dict[tuple[int, ...], int] = {}
        for d in range(network.days):
            level = int(level_of[d]) if level_of is not None else 0
            open_groups = sum(group.record_day <= d for group in groups[s])
            for kind, percent in enumerate(percents.tolist()):
                key = (level, open_groups, percent, d if by_day else 0)
                if key not in known:
                    known[key] = len(slots)
                    slots.append(Slot(s, d, level, percent))
                slot_of[s, d, kind] = known[key]
    return Slots(groups, slots, slot_of, percents, [int(blanks[end]) for end in ends], ends)


def _drawable(blanks: IntArray) -> IntArray:
    """Cards that may be drawn up to each day: what a later day has left binds the earlier ones."""
    return np.maximum(0, np.minimum.accumulate(blanks[::-1])[::-1])


def _level_ends(blanks: IntArray) -> list[int]:
    last = len(blanks) - 1
    return [d for d in range(len(blanks)) if d == last or blanks[d] != blanks[d + 1]]


def _groups(
    network: Network, state: PlanState, level_of: IntArray | None, school: int
) -> list[Group]:
    pupils: dict[tuple[int, int, int], int] = {}
    for c in network.cohorts_of(school):
        card_day, level = int(network.card_day[c]), NO_LEVEL
        if level_of is not None and card_day < network.days:
            level = int(level_of[card_day])
        key = (int(network.record_day[c]), int(network.priority[c]), level)
        if state.left[c] > 0 and key[0] < network.days:
            pupils[key] = pupils.get(key, 0) + int(state.left[c])
    return [
        Group(school, priority, record_day, level, count)
        for (record_day, priority, level), count in sorted(pupils.items())
    ]


@dataclass(frozen=True, slots=True)
class ClassStops:
    """The stops of one class, by local school [n].

    `most` is 0 where the class may not stop. `room` [n, lesson classes] names the row of a stop's
    room; the other entries of stops in rows stand in `owner` (local school), `row` and `entry`.
    """

    most: IntArray
    shortest: IntArray
    longest: IntArray
    committed: IntArray
    room: IntArray
    owner: IntArray
    row: IntArray
    entry: FloatArray

    def prices(self, duals: FloatArray, minute: float) -> Prices:
        """Prices of a team-day at dual prices of the rows and that of a minute driven."""
        n, free = len(self.most), self.most > 0
        rate = np.where(free[:, None], np.maximum(0.0, duals[self.room]), 0.0)
        paid: FloatArray = self.entry * duals[self.row]
        visit = np.zeros(n)
        np.add.at(visit, self.owner, paid)
        visit[self.committed > 0] = -COMMITTED
        return Prices(rate, visit, minute, self.most, self.shortest, self.longest)


def class_stops(
    day: DayArrays,
    most: IntArray,
    least: IntArray,
    room: IntArray,
    entries: Iterable[tuple[int, int, float]],
) -> ClassStops:
    """Gather the stops of a class.

    Parameters
    ----------
    most, least
        [n] most pupils due, 0 where the class may not stop, and the fewest of a visit.
    room
        [n, lesson classes of the slots] rows.
    entries
        Local school, row and entry.
    """
    committed = day.committed > 0
    most = np.where(committed, 0, most)
    # Where rooms differ by the time of day, a longer stay than pupils need may hold most of its
    # time in a cheaper interval (T4).
    mixed = (lesson_classes(day) > 1) & (room.shape[1] > 1)
    longest = np.minimum(day.shift_end, np.where(mixed, NO_LIMIT, stays_for(day, most)))
    shortest = np.where(most > 0, stays_for(day, least), 1)
    owner, row, entry = zip(*entries, strict=True) if entries else ((), (), ())
    return ClassStops(
        most=most,
        shortest=np.where(committed, day.committed, shortest),
        longest=np.where(committed, day.committed, np.where(most > 0, longest, 0)),
        committed=day.committed,
        room=np.ascontiguousarray(np.broadcast_to(room, (len(most), len(day.percents)))),
        owner=np.array(owner, dtype=np.int64),
        row=np.array(row, dtype=np.int64),
        entry=np.array(entry, dtype=np.float64),
    )
