"""Pupils and days of a school that the master problem need not tell apart.

Group
    Cohorts of one school with the same priority, first day of recording and need for blanks.
Slot
    Visits of one school that could record the same groups, draw the same blanks and cost the same:
    a school, a stretch of days, and a class of lesson percent.
Level
    A stretch of days that share an allowance of blanks; its last day is the one that binds.
"""

from dataclasses import dataclass

import numpy as np

from ektp_sched.master.state import PlanState
from ektp_sched.network import Network
from ektp_sched.network.arrays import IntArray

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
