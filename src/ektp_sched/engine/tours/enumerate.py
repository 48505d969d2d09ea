"""All tours of a team-day that the best plan could need, grown stop by stop from trails."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ektp_sched.engine.instance.arrays import BoolArray, IntArray
from ektp_sched.engine.tours.day import DayArrays
from ektp_sched.engine.tours.jit import kernel
from ektp_sched.engine.tours.pricing import (
    gets_home,
    lesson_class,
    pupils_in,
    ready_states,
    stay_for,
)
from ektp_sched.engine.tours.schedule import NEVER

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


class Needs(NamedTuple):
    """What matters about the stops of one team-day, by local school [n].

    `most` pupils are due, 0 bars a school; a committed stop has those it records. Where `ordered`,
    other visits may take place on that date, and a visit records either the school's `least`
    pupils or, as the last one, all who are left. `percents` holds what a class of lessons costs:
    zeros where lessons are no aim. `published` [m, 3] lists local school, start and end of the
    stays that T8 would keep.
    """

    most: IntArray
    least: IntArray
    ordered: BoolArray
    percents: IntArray
    travel: bool  # driving is an aim
    published: IntArray


class Facts(NamedTuple):
    """What follows from a team-day and its needs.

    Where lessons at a school are `mixed` [n], the time of day matters, unless it costs no more than
    the `lowest` [n] percent there is. `promised` lists the committed stops.
    """

    mixed: BoolArray
    lowest: IntArray
    promised: IntArray


@kernel
def grow(day: DayArrays, needs: Needs, trails: Trails) -> bool:
    """Fill a pool with all trails that matter; False where it has no room for them."""
    n = len(day.schools)
    facts = _facts(day, needs)
    _begin(day, trails)
    at = 0
    while at < trails.used[0]:
        if is_full(trails):
            return False
        row = trails.rows[at]
        if not row[DEAD] and (at == 0 or row[SCHOOL] != n):
            missing = _promises_to_come(facts, trails, at)
            if missing == 0 and at > 0:
                _go_home(day, needs, trails, at)
            for q in range(n):
                if is_full(trails):
                    return False
                if needs.most[q] > 0 and not visits_already(trails, at, q):
                    kept = missing - (1 if day.committed[q] > 0 else 0)
                    if row[STOPS] + 1 + kept <= day.max_visits:
                        _go_on(day, needs, facts, trails, at, q)
        at += 1
    return not is_full(trails)


@kernel
def _facts(day: DayArrays, needs: Needs) -> Facts:
    n = len(day.schools)
    mixed, lowest = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.int64)
    for i in range(n):
        first, last = day.piece_ptr[i], day.piece_ptr[i + 1]
        if first < last:
            percents = needs.percents[day.piece_class[first:last]]
            lowest[i] = percents.min()
            mixed[i] = percents.max() > lowest[i]
    return Facts(mixed, lowest, np.flatnonzero(day.committed))


@kernel
def _begin(day: DayArrays, trails: Trails) -> None:
    base = trails.rows[0]
    base[:] = 0
    base[SCHOOL], base[END] = len(day.schools), day.shift_start
    base[STATE] = 1 if day.break_minutes == 0 else 0
    base[PUBLISHED], base[FORMER] = NONE, NONE
    trails.used[0] = 1


@kernel
def _promises_to_come(facts: Facts, trails: Trails, at: int) -> int:
    """Committed stops that a trail has not made yet."""
    missing = 0
    for i in facts.promised:
        missing += 0 if visits_already(trails, at, i) else 1
    return missing


@kernel
def _go_home(day: DayArrays, needs: Needs, trails: Trails, at: int) -> None:
    n, row = len(day.schools), trails.rows[at]
    home = day.travel[row[SCHOOL], n]
    driven = row[DRIVEN] + home
    if driven > day.max_travel or not gets_home(day, row[END], home, row[STATE] == 1):
        return
    back = trails.rows[trails.used[0]]
    back[:FIELDS] = 0
    back[SCHOOL], back[PUBLISHED], back[FORMER] = n, NONE, at
    back[STOPS] = row[STOPS] + 1
    back[DRIVEN] = driven if needs.travel else 0
    keep(trails)


@kernel
def _go_on(day: DayArrays, needs: Needs, facts: Facts, trails: Trails, at: int, q: int) -> None:
    """Add a stop at local school q in every way that matters."""
    row = trails.rows[at]
    here, since, state = row[SCHOOL], row[END], row[STATE]
    minutes = day.travel[here, q]
    if row[DRIVEN] + minutes + day.drive_home[q] > day.max_travel:
        return
    ready = np.zeros(2, dtype=np.int64)
    ready_states(day, since, minutes, state, at == 0, ready)
    for then in range(state, 2):
        if ready[then] == NEVER:
            continue
        if day.committed[q] > 0:
            stay = day.committed[q]
            _stay(day, needs, facts, trails, at, q, then, ready[then], FREE, stay, stay)
        elif needs.ordered[q]:
            for role in (ENOUGH, REST):
                _stays(day, needs, facts, trails, at, q, then, ready[then], role)
        else:
            _stays(day, needs, facts, trails, at, q, then, ready[then], FREE)


@kernel
def _stays(
    day: DayArrays,
    needs: Needs,
    facts: Facts,
    trails: Trails,
    at: int,
    q: int,
    then: int,
    ready: int,
    role: int,
) -> None:
    least = max(1, needs.least[q]) if role == ENOUGH else 1
    most = _most(needs, q, role)
    if least > most:
        return
    shortest, longest = stay_for(day, q, least), stay_for(day, q, most)
    if facts.mixed[q]:
        longest = max(longest, day.shift_end - day.shift_start)
    _stay(day, needs, facts, trails, at, q, then, ready, role, shortest, longest)
    for p in range(len(needs.published)):
        school, start, end = needs.published[p]
        stay = end - start
        if school == q and start >= ready and stay >= shortest:
            for w in range(day.window_ptr[q], day.window_ptr[q + 1]):
                if day.window_start[w] <= start and end <= day.window_end[w]:
                    _stop(day, needs, facts, trails, at, q, then, role, start, end)


@kernel
def _most(needs: Needs, q: int, role: int) -> int:
    """Pupils that a stop of a role could record."""
    return min(needs.most[q], needs.least[q] - 1) if role == REST else needs.most[q]


@kernel
def _stay(
    day: DayArrays,
    needs: Needs,
    facts: Facts,
    trails: Trails,
    at: int,
    q: int,
    then: int,
    ready: int,
    role: int,
    shortest: int,
    longest: int,
) -> None:
    """Add stays of `shortest` to `longest` minutes, each at all the starts that matter."""
    room = NONE
    for stay in range(shortest, longest + 1, day.step):
        former, room = room, min(_most(needs, q, role), pupils_in(day, q, stay))
        if room == former and not facts.mixed[q]:
            continue
        cheapest, more = 1 << 30, True
        for w in range(day.window_ptr[q], day.window_ptr[q + 1]):
            start = max(-(-ready // day.step) * day.step, day.window_start[w])
            while more and start + stay <= day.window_end[w]:
                trails.used[1] += 1
                percent = needs.percents[lesson_class(day, q, start, start + stay)]
                if percent < cheapest or role == REST:
                    _stop(day, needs, facts, trails, at, q, then, role, start, start + stay)
                    cheapest = min(cheapest, percent)
                    more = role == REST or (facts.mixed[q] and cheapest > facts.lowest[q])
                start += day.step


@kernel
def _stop(
    day: DayArrays,
    needs: Needs,
    facts: Facts,
    trails: Trails,
    at: int,
    q: int,
    then: int,
    role: int,
    start: int,
    end: int,
) -> None:
    """Add one stop, unless a committed one is then missed."""
    for i in facts.promised:
        if i != q and not visits_already(trails, at, i):
            w = day.window_ptr[i]
            if w == day.window_ptr[i + 1] or day.window_start[w] < end:
                return
    if is_full(trails):
        return
    row, new = trails.rows[at], trails.rows[trails.used[0]]
    new[SCHOOL], new[START], new[END], new[ROLE] = q, start, end, role
    new[ROOM] = min(_most(needs, q, role), pupils_in(day, q, end - start))
    new[PERCENT] = needs.percents[lesson_class(day, q, start, end)]
    new[PUBLISHED] = _published(needs, q, start, end)
    new[STATE], new[STOPS], new[FORMER] = then, row[STOPS] + 1, at
    new[DRIVEN] = row[DRIVEN] + day.travel[row[SCHOOL], q]
    keep(trails)


@kernel
def _published(needs: Needs, q: int, start: int, end: int) -> int:
    for p in range(len(needs.published)):
        stay = needs.published[p]
        if stay[0] == q and stay[1] == start and stay[2] == end:
            return p
    return NONE


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
