"""What a stop of a class of team-days is worth and costs, row by row of the master problem."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ektp_sched.master.program import FloatArray
from ektp_sched.network.arrays import NO_LIMIT, IntArray
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.exact import COMMITTED
from ektp_sched.tours.pricing import Prices, lesson_classes, stays_for


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
