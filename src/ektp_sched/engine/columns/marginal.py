"""What a little more of something would add to a tier, at the dual prices of its linear master.

Prices at which no column gains anything bound the tier (see Relaxation.bound). With one team-day
more, or others in place of some, the same prices bound what is then possible: the old bound, and
what the new tours gain beyond the old ones. So each worth told here is also the most by which the
bound can rise.
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from ektp_sched.engine.columns.columns import ClassStops, TeamDayClass
from ektp_sched.engine.columns.generate import LABELS, Generator
from ektp_sched.engine.columns.program import FloatArray
from ektp_sched.engine.columns.relaxation import Relaxation
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.labels import Pool, make_pool
from ektp_sched.engine.tours.price_tours import COMMITTED, price_tours, worth_of
from ektp_sched.engine.tours.pricing import NONE, Prices, longest_rooms, stay_worth

MINUTES = 24 * 60
CLOSE = 2e-4  # of the bound to the linear program's value: prices hardly change any more


@dataclass(frozen=True, slots=True)
class Gain:
    """The most that a tour of a team-day gains at the prices, and the best tours found."""

    most: float
    tours: list[IntArray]


@dataclass(slots=True)
class Marginal:
    """A tier's linear master at its prices.

    Parameters
    ----------
    weights
        [7] of the tier, as in Demand.
    duals
        Prices of all rows, also of rooms that no team-day brings yet.
    value
        Of the linear program when it was solved last.
    bound
        On the tier, by these prices.
    """

    relaxation: Relaxation
    weights: IntArray
    duals: FloatArray
    value: float
    bound: float = field(init=False)
    gains: list[float] = field(init=False)  # of each class of team-days
    pools: tuple[Pool, Pool] = field(init=False)

    def __post_init__(self) -> None:
        network = self.relaxation.network
        size = LABELS, MINUTES // network.step + 2, max(1, network.schools)
        self.pools = make_pool(*size), make_pool(*size)
        classes = self.relaxation.classes
        self.gains = [self.gain(one.day, one.date).most for one in classes]
        self.bound = self.relaxation.bound(self.duals, self.gains)

    @property
    def is_close(self) -> bool:
        """Whether the linear program was solved nearly to its end."""
        return _is_close(self.bound, self.value)

    def gain(self, day: DayArrays, date: int, *, above: float | None = None) -> Gain:
        """The most that a tour gains, beyond what it pays, on a date (a day index).

        Parameters
        ----------
        above
            What is known to be reached; by default 0, that of a team that stays at base. Where
            stops are committed, it cannot.
        """
        relaxation = self.relaxation
        minute = relaxation.minute_price(self.duals, self.weights)
        prices = self._stops(TeamDayClass(day, [], date)).prices(self.duals, minute)
        stops = int(np.count_nonzero(day.committed))
        fixed = relaxation.fixed_gain(self.duals, self.weights) - COMMITTED * stops
        least = (above if above is not None else -np.inf if stops else 0.0) - fixed
        best, tours = _best(day, prices, least, self.pools, relaxation.network.schools)
        return Gain(max(best, least) + fixed, tours)

    def _stops(self, one: TeamDayClass) -> ClassStops:
        """The stops of team-days, which may have more room than the `split` rows reckon with."""
        found, relaxation = self.relaxation.stops_of(one), self.relaxation
        rooms, entry = longest_rooms(one.day), found.entry.copy()
        for at, (i, row) in enumerate(zip(found.owner.tolist(), found.row.tolist(), strict=True)):
            school = int(one.day.schools[i])
            room = min(int(rooms[i]), int(relaxation.due_on[school, -1]))
            if relaxation.split.get(school) == row and room > relaxation.largest[school]:
                entry[at] = -room
        return replace(found, entry=entry)

    def blanks_from(self, day: int) -> float:
        """What one blank more, delivered on a day, is worth."""
        levels = zip(self.relaxation.blanks, self.relaxation.slots.level_ends, strict=True)
        return sum(float(self.duals[row]) for row, end in levels if end >= day)

    def pupil_of(self, school: int) -> float:
        """What one pupil more of a school is worth, were there one of the best kind."""
        return max((float(self.duals[row]) for row in self.relaxation.due[school]), default=0.0)

    def room_of(self, school: int) -> float:
        """What room for one pupil more in a visit of a school is worth, in the best slot."""
        slots = np.unique(self.relaxation.slots.slot_of[school])
        return max((float(self.duals[self.relaxation.room[h]]) for h in slots), default=0.0)

    def visit_of(self, school: int) -> float:
        """What one visit more of a school, beyond max_visits, is worth."""
        return float(self.duals[self.relaxation.visits[school]])


def price_margin(generator: Generator, weights: IntArray, *, until: float) -> Marginal:
    """Solve a tier's linear master as closely as time allows, and price what it leaves.

    Parameters
    ----------
    until
        Budget used (see Budget.used) at which to stop.
    """
    relaxation = generator.relaxation
    optimum = generator.solve(
        weights, close=_is_close, until=until, enough=lambda _: False, more=lambda: 0
    )
    duals = np.pad(generator.prices, (0, relaxation.program.rows - len(generator.prices)))
    value = -np.inf if optimum is None else optimum.value
    return Marginal(relaxation, weights, _with_new_rooms(relaxation, weights, duals), value)


def _is_close(bound: float, value: float) -> bool:
    return math.isfinite(value) and bound - value <= CLOSE * max(1.0, abs(value))


def _with_new_rooms(relaxation: Relaxation, weights: IntArray, duals: FloatArray) -> FloatArray:
    """Price the room that no team-day brings yet so that no pupil gains by it."""
    priced, worth = duals.copy(), relaxation.worth_of_terms(duals, weights)
    for h, slot in enumerate(relaxation.slots.slots):
        if h in relaxation.useful:
            continue
        gained = [0.0]
        for number, group in relaxation.slots.recordable(slot):
            entries, terms = relaxation.pupil_column(h, number, group)
            paid = sum(entry * float(duals[row]) for row, entry in entries.items())
            gained.append(sum(worth[term] * value for term, value in terms.items()) - paid)
        priced[relaxation.room[h]] = max(gained)
    return priced


def _best(
    day: DayArrays, prices: Prices, least: float, pools: tuple[Pool, Pool], schools: int
) -> tuple[float, list[IntArray]]:
    """A bound on what tours gain, met by one of them but for rounding; and the best tours."""
    found: list[IntArray] = []
    nowhere, critical = np.zeros(schools, dtype=np.int64), np.full(len(day.schools), NONE)
    while True:
        bound, tours = price_tours(
            day,
            prices,
            least,
            *pools,
            exact=True,
            wanted=nowhere,
            teams=0,
            critical=critical,
        )
        if not tours:
            return bound, found
        found, least = tours, worth_of(day, prices, stay_worth(day, prices), tours[0])
