"""A likeness of the master problem whose visits fill team-days like a fluid.

Column generation starts with few tours, and the dual prices of so few are wild: a school on no tour
yet seems worth any price. A fluid column is one visit that takes its share of a shift, so that room
at a school is never priced above what the time for it costs. While fluid columns stay open, the
linear program is too hopeful to read a plan from it, but tours are priced well, and the Lagrangian
bound holds at any prices. They are made dearer step by step and closed in the end.
"""

from collections import defaultdict

import numpy as np

from ektp_sched.master.program import FloatArray
from ektp_sched.master.relaxation import Relaxation
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.pricing import stays_for

NEAR = 3  # the ways from so many nearest places stand for the way of a visit
CLASSES = 4  # of team-days with a fluid column for one slot
FIRST, FACTOR, LAST = 1.2, 1.3, 2.0  # how dear fluid columns are: at first, by step, at most


class Fluid:
    """The fluid columns of a relaxation."""

    def __init__(self, relaxation: Relaxation) -> None:
        self.program = relaxation.program
        self.columns: list[tuple[int, int, float]] = []  # column, its team row, share of a shift
        self.factor = FIRST
        by_slot: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
        rooms = [_rooms(relaxation, number) for number in range(len(relaxation.classes))]
        shares = [
            _shares(one.day, room) for one, room in zip(relaxation.classes, rooms, strict=True)
        ]
        for number, one in enumerate(relaxation.classes):
            for i, school in enumerate(one.day.schools.tolist()):
                if not one.day.committed[i] and not relaxation.barred(school, one):
                    slot = int(relaxation.slots.slot_of[school, one.date, 0])
                    by_slot[slot].append((float(shares[number][i]), number, i))
        for slot, found in by_slot.items():
            # Neighbouring slots spread over different classes.
            turn = slot % len(found)
            for share, number, i in (found[turn:] + found[:turn])[:: -(-len(found) // CLASSES)]:
                self._add(relaxation, slot, number, i, share, int(rooms[number][i]))

    @property
    def is_open(self) -> bool:
        """Whether the fluid columns still take part."""
        return bool(self.columns)

    def thicken(self) -> None:
        """Make fluid columns dearer, or close them when they are dear enough."""
        self.factor *= FACTOR
        if self.factor < LAST:
            for column, row, share in self.columns:
                self.program.change_entry(row, column, share * self.factor)
            return
        for column, _, _ in self.columns:
            self.program.close_column(column)
        self.columns.clear()

    def _add(
        self, relaxation: Relaxation, slot: int, number: int, i: int, share: float, room: int
    ) -> None:
        one = relaxation.classes[number]
        school, row = int(one.day.schools[i]), relaxation.team[number]
        entries: dict[int, float] = defaultdict(float, {row: share * self.factor})
        for other, entry in relaxation.stop_entries(one.date, school):
            entries[other] += entry
        entries[relaxation.room[slot]] -= room
        self.columns.append((relaxation.add_column(entries, {}), row, share))


def _rooms(relaxation: Relaxation, number: int) -> IntArray:
    """Pupils that a visit of a class could record, by local school."""
    one = relaxation.classes[number]
    due = relaxation.due_on[one.day.schools, one.date]
    rooms: IntArray = np.minimum(due, relaxation.rooms[number])
    return rooms


def _shares(day: DayArrays, rooms: IntArray) -> FloatArray:
    """Share of a shift that a visit takes with its way, by local school."""
    stays = stays_for(day, np.maximum(1, rooms))
    shares: FloatArray = (stays + _ways(day.travel)) / (day.shift_end - day.shift_start)
    return shares


def _ways(travel: IntArray) -> FloatArray:
    """Mean minutes from the nearest places, by local school."""
    others = travel[:, :-1] + np.where(np.eye(len(travel), len(travel) - 1), travel.max() + 1, 0)
    count = min(NEAR, len(travel) - 1)
    nearest = np.partition(others, count - 1, axis=0)[:count]
    means: FloatArray = nearest.mean(axis=0)
    return means
