"""The linear master problem over tours (rows and columns are named in docs/design.md).

Columns: `tour` (how often it is driven), `pupils` (recorded of a group in a slot), `short`
(missing to a floor), `served` (schools reached). Rows:

team     tours of a class                     ≤ its team-days (= where stops are committed)
room     pupils in a slot                     ≤ room of its stops
due      pupils of a group                    ≤ those left
met      pupils of a group                    ≤ those left × visits that could record them
split    pupils of a school                   ≤ what that many whole visits can record (rounding)
close    small visits × pupils of a school    ≤ pupils recorded           (R10; whole tours only)
visits   visits of a school                   ≤ max_visits
date     visits of a school on a date         ≤ max_teams_per_day        (added when broken)
apart    visits of a school in min_gap days   ≤ 1                        (added when broken)
blanks   draws up to the end of a level       ≤ allowance
floor    short + pupils of a group of schools ≥ target
reach    served                               ≤ visits of the school, and ≤ 1
resource what visits use up of a resource     ≤ what is left of it
kept     an earlier tier's value              ≥ what it has reached
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from ektp_sched.engine.budget import Budget
from ektp_sched.engine.columns.columns import (
    NO_LEVEL,
    ClassStops,
    Group,
    Slots,
    Stop,
    TeamDayClass,
    Tour,
    class_stops,
    make_slots,
    team_day_classes,
)
from ektp_sched.engine.columns.program import FloatArray, LinearProgram
from ektp_sched.engine.instance import Network
from ektp_sched.engine.instance.arrays import BoolArray, IntArray
from ektp_sched.engine.search.state import (
    LESSONS,
    SCHOOLS,
    SHORTFALL,
    STUDENTS,
    TEAM_DAYS,
    TRAVEL,
    WAIT,
    PlanState,
)
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.pricing import Prices, longest_rooms, pupils_in


class Relaxation:
    """The master problem of a network, for what a state of commitments leaves.

    Parameters
    ----------
    days
        Every team-day that can visit a school at all.
    tier_weights
        [T, 7] as in Demand.
    """

    def __init__(
        self,
        network: Network,
        days: Mapping[int, DayArrays],
        state: PlanState,
        tier_weights: IntArray,
    ) -> None:
        self.network, self.state, self.weights = network, state, tier_weights
        self.slots: Slots = make_slots(
            network,
            state,
            by_percent=bool(tier_weights[:, LESSONS].any()),
            by_day=bool(tier_weights[:, WAIT].any()),
        )
        several = (network.min_gap > 0) | (len(network.team_ids) > network.max_teams)
        self.dated = (state.visits_left > 1) & several
        self.dated |= (state.visits_left > 0) & state.on_day.any(axis=1)
        self.classes: list[TeamDayClass] = team_day_classes(
            network, days, self.slots.slot_of, self.dated
        )
        self.class_of = {j: number for number, one in enumerate(self.classes) for j in one.members}
        self.program = LinearProgram()
        self.tours: list[Tour] = []
        self.steps: list[IntArray] = []
        self.tour_column: list[int] = []
        self.terms: list[IntArray] = []  # [7] by column
        self._known: dict[Tour, int] = {}
        self._limited: list[tuple[int, int]] = []  # columns that gain, and the rows that hold them
        self._stops: dict[int, tuple[int, ClassStops]] = {}
        self._due = np.array([sum(g.pupils for g in groups) for groups in self.slots.groups])
        self.due_on = np.zeros((network.schools, network.days), dtype=np.int64)
        for s, groups in enumerate(self.slots.groups):
            for group in groups:
                self.due_on[s, group.record_day :] += group.pupils
        self.rooms = [longest_rooms(one.day) for one in self.classes]
        self._add_rows()
        self._add_pupils()
        for number in range(len(self.classes)):
            self._add_idle(number)

    # rows ---------------------------------------------------------------------------------------

    def _add_rows(self) -> None:
        program, state = self.program, self.state
        self.team = [self._team_row(one) for one in self.classes]
        self.room = [program.add_row(at_most=0) for _ in self.slots.slots]
        groups = self.slots.groups
        self.due = [[program.add_row(at_most=g.pupils) for g in row] for row in groups]
        self.met = [[program.add_row(at_most=0) for _ in row] for row in groups]
        self.close = {
            (s, count): program.add_row(at_most=0, whole_only=True)
            for s, count in self._openings()
            if count and self.network.min_students[s] > 1 and not self._is_single(s)
        }
        self.visits = [program.add_row(at_most=max(0, int(n))) for n in state.visits_left]
        self.blanks = [program.add_row(at_most=count) for count in self.slots.level_blanks]
        self.floor = [program.add_row(at_least=max(0, int(n))) for n in state.missing]
        self.resource = [program.add_row(at_most=max(0, int(n))) for n in state.spare]
        self.remainder = self._whole_visits()
        self.split = {
            s: program.add_row(at_most=self._split_limit(s))
            for s in np.flatnonzero(self.remainder).tolist()
        }
        self.reach: dict[int, int] = {}
        self.date: dict[tuple[int, int], int] = {}
        self.apart: dict[tuple[int, int], int] = {}
        self.kept: list[int] = []

    def _team_row(self, one: TeamDayClass) -> int:
        count = len(one.members)
        committed = one.day.committed.any()
        return self.program.add_row(at_most=count, at_least=count if committed else -np.inf)

    def _whole_visits(self) -> IntArray:
        """Pupils left over when visits of the largest room are filled, [S]; 0 where none are."""
        self.largest = np.zeros(self.network.schools, dtype=np.int64)
        for one, rooms in zip(self.classes, self.rooms, strict=True):
            np.maximum.at(self.largest, one.day.schools, rooms)
        whole = np.where(self.largest > 0, self._due // np.maximum(1, self.largest), 0)
        return np.where(whole > 0, self._due - whole * self.largest, 0)

    def _split_limit(self, school: int) -> int:
        whole = int(self._due[school] // self.largest[school])
        return whole * int(self.largest[school] - self.remainder[school])

    # columns ------------------------------------------------------------------------------------

    def add_column(self, entries: dict[int, float], terms: dict[int, int]) -> int:
        """Add a column by its entries in rows and what it adds to each term; returns its index."""
        row = np.zeros(7, dtype=np.int64)
        for term, value in terms.items():
            row[term] = value
        self.terms.append(row)
        column = self.program.add_column(entries, float(self.weights[-1] @ row))
        for kept, weights in zip(self.kept, self.weights, strict=False):
            if gain := int(weights @ row):
                self.program.fill_row(kept, {column: gain})
        return column

    def _add_pupils(self) -> None:
        slots = self.slots
        self.useful = self._useful_slots()
        for h, slot in enumerate(slots.slots):
            for number, group in slots.recordable(slot) if h in self.useful else ():
                column = self.add_column(*self.pupil_column(h, number, group))
                self._limited.append((column, self.due[slot.school][number]))
        self._short = [self.add_column({row: 1.0}, {SHORTFALL: 1}) for row in self.floor]
        if self.weights[:, SCHOOLS].any():
            for s in np.flatnonzero(self.state.visits == 0).tolist():
                self.reach[s] = self.program.add_row(at_most=0)
                one = self.program.add_row(at_most=1)
                column = self.add_column({self.reach[s]: 1.0, one: 1.0}, {SCHOOLS: 1})
                self._limited.append((column, one))

    def pupil_column(
        self, h: int, number: int, group: Group
    ) -> tuple[dict[int, float], dict[int, int]]:
        """Entries in rows, and terms, of a pupil of a group (by its number) recorded in slot h."""
        network, slots, slot = self.network, self.slots, self.slots.slots[h]
        s = slot.school
        entries = {self.room[h]: 1.0, self.due[s][number]: 1.0, self.met[s][number]: 1.0}
        if s in self.split:
            entries[self.split[s]] = 1.0
        for count in range(number + 1, len(slots.groups[s]) + 1):
            if (s, count) in self.close:
                entries[self.close[s, count]] = -1.0
        level = slots.draw_level(slot, group)
        if level != NO_LEVEL:
            entries.update(dict.fromkeys(self.blanks[level:], 1.0))
        floors = np.flatnonzero(network.floor_of[:, s])
        entries.update({self.floor[f]: 1.0 for f in floors})
        lessons = network.minutes_away * slot.percent
        return entries, {STUDENTS: group.priority, LESSONS: lessons, WAIT: slot.day}

    def _useful_slots(self) -> set[int]:
        found: set[int] = set()
        for one in self.classes:
            found.update(self.slots.slot_of[one.day.schools, one.date].ravel().tolist())
        return found

    def _add_idle(self, number: int) -> None:
        """A tour of the committed stops alone, where a class has any."""
        day = self.classes[number].day
        committed = [i for i in range(len(day.schools)) if day.committed[i] > 0]
        if committed:
            rows = sorted((int(day.window_start[day.window_ptr[i]]), i) for i in committed)
            steps = [
                (i, start // day.step, (start + int(day.committed[i])) // day.step)
                for start, i in rows
            ]
            self.add_tour(number, np.array(steps, dtype=np.int64))

    def add_tour(self, number: int, stops: IntArray) -> bool:
        """Add the tour of a class with these stops (see best_tour); False if it was there."""
        known = len(self.tours)
        self.column_of(number, stops)
        return len(self.tours) > known

    def column_of(self, number: int, stops: IntArray) -> int:
        """The column of a class's tour with these stops, added if it was not there."""
        tour = self._tour(number, stops)
        if tour in self._known:
            return self._known[tour]
        entries: dict[int, float] = defaultdict(float)
        entries[self.team[number]] = 1.0
        for stop in tour.stops:
            if not stop.committed:
                for row, entry in self.stop_entries(self.classes[number].date, stop.school):
                    entries[row] += entry
                entries[self.room[stop.slot]] -= stop.room
                if stop.small:
                    entries.update(self._closing(stop.school, self.classes[number].date))
        column = self.add_column(entries, {TRAVEL: tour.minutes, TEAM_DAYS: 1})
        self._known[tour] = column
        self.tour_column.append(column)
        self.tours.append(tour)
        self.steps.append(stops)
        return column

    def _tour(self, number: int, stops: IntArray) -> Tour:
        one = self.classes[number]
        day, base = one.day, len(one.day.schools)
        places = [base, *stops[:, 0].tolist(), base]
        minutes = sum(int(day.travel[a, b]) for a, b in pairwise(places))
        rows = []
        for i, first, last in stops.tolist():
            school, start, end = int(day.schools[i]), first * day.step, last * day.step
            percent = self.network.lesson_percent(school, one.date, start, end)
            kind = int(np.searchsorted(self.slots.percents, percent)) % len(self.slots.percents)
            most, committed = int(pupils_in(day, i, end - start)), bool(day.committed[i])
            room = min(int(self.due_on[school, one.date]), most)
            slot = int(self.slots.slot_of[school, one.date, kind])
            small = not committed and most < self.network.min_students[school]
            rows.append(Stop(school, start, end, slot, room, small, committed))
        return Tour(number, tuple(rows), minutes)

    def least_of(self, school: int, due: int) -> int:
        """Fewest pupils of a visit (R10); of several visits, the later ones may be of any size."""
        least = int(self.network.min_students[school])
        return min(least, due) if self._is_single(school) else 1

    def _is_single(self, school: int) -> bool:
        """Whether a school has one visit in all, and that is still to come."""
        left, most = self.state.visits_left[school], self.network.max_visits[school]
        return bool(left == most == 1)

    def _openings(self) -> list[tuple[int, int]]:
        """Schools with how many of their groups a visit can record, the first ones."""
        slots = self.slots
        return sorted({(slot.school, len(slots.recordable(slot))) for slot in slots.slots})

    def _closing(self, school: int, date: int) -> dict[int, float]:
        """The entry of a small visit in its row of `close`, where it has one.

        A visit may record less than min_students only where nobody is left after it (R10): then
        all pupils that could be recorded on its date have been.
        """
        groups = self.slots.groups[school]
        count = sum(group.record_day <= date for group in groups)
        if (school, count) not in self.close:
            return {}
        return {self.close[school, count]: float(sum(group.pupils for group in groups[:count]))}

    def whole_visits(self) -> IntArray:
        """Visits of the largest room that record all pupils of a school, [S]."""
        return -(-self._due // np.maximum(1, self.largest))

    def stop_entries(self, date: int, school: int) -> list[tuple[int, float]]:
        """Entries of a stop in all rows but `team` and `room`."""
        found = [(self.visits[school], 1.0)]
        used = self.network.resource_use[:, school].tolist()
        found += [(row, float(use)) for row, use in zip(self.resource, used, strict=True) if use]
        found += [
            (self.met[school][number], -float(group.pupils))
            for number, group in enumerate(self.slots.groups[school])
            if group.record_day <= date
        ]
        if school in self.split:
            found.append((self.split[school], -float(self.remainder[school])))
        if school in self.reach:
            found.append((self.reach[school], -1.0))
        if (school, date) in self.date:
            found.append((self.date[school, date], 1.0))
        gap = int(self.network.min_gap[school])
        for first in range(max(0, date - gap), date + 1) if gap else ():
            if (school, first) in self.apart:
                found.append((self.apart[school, first], 1.0))
        return found

    # tiers --------------------------------------------------------------------------------------

    def gains(self, weights: IntArray) -> FloatArray:
        """What each column adds to a tier of these weights."""
        terms = np.array(self.terms, dtype=np.int64).reshape(-1, len(weights))
        return (terms @ weights).astype(np.float64)

    def keep_tier(self, weights: IntArray, value: int) -> None:
        """From now on a tier must be worth at least `value`."""
        row = self.program.add_row(at_least=value)
        gains = self.gains(weights)
        self.program.fill_row(row, {int(c): float(gains[c]) for c in np.flatnonzero(gains)})
        self.kept.append(row)

    # prices -------------------------------------------------------------------------------------

    def class_prices(self, number: int, prices: FloatArray, weights: IntArray) -> Prices:
        """What a class's tours gain and pay at dual prices, for a tier of these weights.

        A tour's worth by these prices less the price of its team row is its reduced cost.
        """
        return self._stops_of(number).prices(prices, self.minute_price(prices, weights))

    def minute_price(self, prices: FloatArray, weights: IntArray) -> float:
        """What a minute driven costs at dual prices."""
        return -float(self.worth_of_terms(prices, weights)[TRAVEL])

    def worth_of_terms(self, prices: FloatArray, weights: IntArray) -> FloatArray:
        """What a unit of each term gains in a tier, and in earlier ones at their prices, [7]."""
        worth = weights.astype(np.float64)
        for row, kept in zip(self.kept, self.weights, strict=False):
            worth -= prices[row] * kept
        return worth

    def _stops_of(self, number: int) -> ClassStops:
        """The stops of a class, gathered anew where rows have been added since."""
        rows, found = len(self.date) + len(self.apart), self._stops.get(number)
        if found is None or found[0] < rows:
            found = rows, self.stops_of(self.classes[number])
            self._stops[number] = found
        return found[1]

    def stops_of(self, one: TeamDayClass) -> ClassStops:
        """The stops of a class of team-days, be they there or not."""
        day, schools = one.day, one.day.schools.tolist()
        barred = [self.barred(school, one) for school in schools]
        most = np.where(barred, 0, self.due_on[day.schools, one.date])
        least = [self.least_of(s, due) for s, due in zip(schools, most.tolist(), strict=True)]
        entries = [
            (i, row, entry)
            for i, school in enumerate(schools)
            if most[i] > 0
            for row, entry in self.stop_entries(one.date, school)
        ]
        slots = self.slots.slot_of[day.schools, one.date]
        room = np.array(self.room)[slots]
        return class_stops(day, most, np.array(least), room, entries)

    def fixed_gain(self, prices: FloatArray, weights: IntArray) -> float:
        """What a tour gains for being driven at all (T6)."""
        return float(self.worth_of_terms(prices, weights)[TEAM_DAYS])

    def barred(self, school: int, one: TeamDayClass) -> bool:
        """Whether commitments leave a class no visit of a school (R8)."""
        state, network, date = self.state, self.network, one.date
        if state.visits_left[school] <= 0:
            return True
        if not self.dated[school]:
            return False
        if state.on_day[school, date] >= network.max_teams[school]:
            return True
        gap = int(network.min_gap[school])
        near = state.on_day[school, max(0, date - gap) : date + gap + 1].sum()
        return bool(near > state.on_day[school, date])

    def bound(self, prices: FloatArray, best: Sequence[float]) -> float:
        """Lagrangian bound on the tier at these prices, given the most that each class gains."""
        held = prices.copy()
        held[self.team] = 0.0
        total = float(held @ self.program.right_sides[: len(held)])
        for one, gain in zip(self.classes, best, strict=True):
            idle = 0.0 if not one.day.committed.any() else -np.inf
            total += len(one.members) * max(idle, gain)
        return total

    def repaired(self, prices: FloatArray) -> FloatArray:
        """Prices at which no column but tours gains anything: the bound holds for those alone."""
        prices = prices.copy()
        gained = self.program.reduced_costs(prices)
        for column, row in zip(self._short, self.floor, strict=True):
            prices[row] += max(0.0, gained[column])
        gained = self.program.reduced_costs(prices)
        limited = np.array(self._limited, dtype=np.int64).reshape(-1, 2)
        raised = np.zeros(len(prices))
        np.maximum.at(raised, limited[:, 1], gained[limited[:, 0]])
        return prices + raised

    def idle_tours(self, prices: FloatArray, most: int) -> BoolArray:
        """Columns of tours that lose more at these prices than `most` others do."""
        idle = np.zeros(len(self.terms), dtype=np.bool_)
        if len(self.tour_column) > most:
            columns = np.array(self.tour_column)
            lost = self.program.reduced_costs(prices)[columns]
            idle[columns[np.argsort(-lost, kind="stable")[most:]]] = True
        return idle

    def first_prices(self, budget: Budget, *, time_limit: float) -> FloatArray:
        """Prices that bound a tier without any tour: pupils are recorded as far as blanks go."""
        tours = np.zeros(len(self.terms), dtype=np.bool_)
        tours[self.tour_column] = True
        added = (self.split, self.reach, self.date, self.apart)
        aside = [*self.team, *self.room, *self.visits, *self.resource]
        aside += [row for rows in self.met for row in rows]
        aside += [row for rows in added for row in rows.values()]
        found = self.program.solve(budget, time_limit=time_limit, without=tours, unlimited=aside)
        prices = np.zeros(self.program.rows)
        if found is not None:
            prices = found.prices
            prices[aside] = 0.0
        return self.repaired(prices)

    # rows added when broken ---------------------------------------------------------------------

    def add_dated_rows(self) -> None:
        """Add every `date` and `apart` row that any choice of the tours so far could break."""
        self.add_broken_rows(np.full(len(self.terms), np.inf))

    def add_broken_rows(self, columns: FloatArray) -> int:
        """Add the `date` and `apart` rows that a solution breaks; returns how many."""
        visits: dict[tuple[int, int], float] = defaultdict(float)
        at: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for tour, column in zip(self.tours, self.tour_column, strict=True):
            date = self.classes[tour.of_class].date
            for stop in tour.stops:
                if self.dated[stop.school] and not stop.committed:
                    visits[stop.school, date] += columns[column]
                    at[stop.school, date][column] += 1.0
        added = 0
        for (school, date), count in visits.items():
            room = int(self.network.max_teams[school] - self.state.on_day[school, date])
            if count > room + 1e-6 and (school, date) not in self.date:
                self.date[school, date] = row = self.program.add_row(at_most=max(0, room))
                self.program.fill_row(row, at[school, date])
                added += 1
        return added + self._add_apart(visits, at)

    def _add_apart(
        self,
        visits: dict[tuple[int, int], float],
        at: dict[tuple[int, int], dict[int, float]],
    ) -> int:
        added = 0
        for school, first in list(visits):
            gap = int(self.network.min_gap[school])
            near = [d for d in range(first, first + gap + 1) if (school, d) in visits]
            most = int(self.network.max_teams[school])
            if gap == 0 or (school, first) in self.apart:
                continue
            if sum(visits[school, d] for d in near) > most + 1e-6:
                self.apart[school, first] = row = self.program.add_row(at_most=most)
                entries: dict[int, float] = defaultdict(float)
                for d in near:
                    for column, count in at[school, d].items():
                        entries[column] += count
                self.program.fill_row(row, entries)
                added += 1
        return added
