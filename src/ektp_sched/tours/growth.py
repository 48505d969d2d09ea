"""Growing trails stop by stop until every tour of a team-day that matters is found.

Trails are treated in the order of their number of stops, so that all that could put one out are
known when it grows. Arriving earlier never hurts: a stay of some length begins as early as it can,
and later only where lessons then cost less (T4), where it is the last visit of its school and date
to record all who are left (R10), or where it was published so (T8).
"""

from typing import NamedTuple

import numpy as np

from ektp_sched.network.arrays import BoolArray, IntArray
from ektp_sched.tours.day import DayArrays
from ektp_sched.tours.jit import kernel
from ektp_sched.tours.pricing import (
    gets_home,
    lesson_class,
    pupils_in,
    ready_states,
    stay_for,
)
from ektp_sched.tours.schedule import NEVER
from ektp_sched.tours.trails import (
    DEAD,
    DRIVEN,
    END,
    ENOUGH,
    FIELDS,
    FORMER,
    FREE,
    NONE,
    PERCENT,
    PUBLISHED,
    REST,
    ROLE,
    ROOM,
    SCHOOL,
    START,
    STATE,
    STOPS,
    Trails,
    is_full,
    keep,
    visits_already,
)


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
