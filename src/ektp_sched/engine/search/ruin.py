"""Ruin and recreate: take stops out of some tours, put schools in again, keep it by chance.

Strings of stops around one school go, as in "Slack induction by string removals" (Christiaens and
Vanden Berghe, Transportation Science 54(2), 2020); or all visits of a few schools, or team-days of
one date. Schools come back one by one where they gain most. A plan that is worse is taken over with
the chance that simulated annealing gives it.
"""

import numpy as np

from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.exchange import keeps_sizes, terms_of
from ektp_sched.engine.search.recreate import (
    Field,
    Work,
    drop,
    insert_best,
    position_of,
    retime,
    update_drawable,
)
from ektp_sched.engine.search.state import Demand, PlanState
from ektp_sched.engine.tours.day import TourArrays
from ektp_sched.engine.tours.jit import kernel, variable
from ektp_sched.engine.tours.schedule import FREE, Timing, schedule

MOST_STRINGS, MOST_STOPS = 5, 6  # team-days to take stops from, and stops of each
CANDIDATES = 16  # schools to put in besides those taken out
BLINK, SHORTEN = 0.02, 0.1  # chances, see insert_best()


@kernel
def anneal(
    a: TourArrays,
    demand: Demand,
    field: Field,
    rank: IntArray,
    now: PlanState,
    trial: PlanState,
    best: PlanState,
    timing: Timing,
    work: Work,
    heat: float,
    card: float,
    rounds: int,
    seed: int,
) -> int:
    """Improve `best` from `now`; returns how often.

    Parameters
    ----------
    now, trial
        The same plan twice.
    best
        The best plan so far; a better one is written over it.
    timing, work
        Of that plan.
    heat
        Temperature, in units of the worth (see Field).
    card
        Worth of a blank that is left in the end. Where blanks are short, plans that reach as much
        with fewer of them are on the way to better ones.
    rounds
        How often to ruin and recreate.
    """
    np.random.seed(seed)
    tiers = demand.tier_weights
    terms = terms_of(a, demand, now)
    last = len(now.blanks) - 1
    worth = (field.weights * terms).sum() + card * now.blanks[last]
    best_value = (tiers * terms_of(a, demand, best)).sum(axis=1)
    minutes = max(1.0, float((a.shift_end - a.shift_start).sum()))
    wanted = np.zeros(len(now.visits), dtype=np.int64)
    found = 0
    for _ in range(rounds):
        count = _ruin(a, demand, field, trial, work, wanted)
        for j in np.flatnonzero(work.team_day):
            retime(a, trial, timing, int(j))
        update_drawable(trial, work)
        price = max(0.0, worth) / minutes * np.random.uniform(0.0, 1.5)
        count = _candidates(demand, field, trial, wanted, count)
        _order(demand, field, trial, wanted[:count])
        shorten = np.random.random() < SHORTEN
        for school in wanted[:count]:
            while insert_best(
                a, demand, trial, field, timing, work, school, price, card, BLINK, shorten
            ):
                if np.random.random() < 0.2:
                    break
        kept = _settle(a, demand, trial, work, rank)
        if kept:
            terms = terms_of(a, demand, trial)
            here = (field.weights * terms).sum() + card * trial.blanks[last]
            kept = here > worth + heat * np.log(max(1e-12, np.random.random()))
            if kept:
                worth = here
                value = (tiers * terms).sum(axis=1)
                if _is_more(value, best_value):
                    best_value = value
                    found += 1
                    _copy_all(trial, best)
        if kept:
            _copy_touched(trial, now, work)
        else:
            _copy_touched(now, trial, work)
            for j in np.flatnonzero(work.team_day):
                retime(a, trial, timing, int(j))
        work.team_day[:] = False
        work.school[:] = False
    return found


@kernel
def _is_more(value: IntArray, other: IntArray) -> bool:
    for mine, theirs in zip(value, other):  # noqa: B905 - compiled
        if mine != theirs:
            return mine > theirs
    return False


@kernel
def _ruin(
    a: TourArrays,
    demand: Demand,
    field: Field,
    state: PlanState,
    work: Work,
    removed: IntArray,
) -> int:
    """Take stops out; write the schools they were at and count them."""
    schools, kind = len(state.visits), np.random.random()
    seed = np.random.randint(schools)
    if np.random.random() < 0.5:
        j = np.random.randint(len(state.length))
        if state.length[j] > 0:
            seed = state.school[j, np.random.randint(state.length[j])]
    count = variable(0)
    if kind < 0.15:
        count = _ruin_dates(a, demand, state, work, removed, count)
    elif kind < 0.4:
        count = _ruin_schools(a, demand, field, state, work, seed, removed, count)
    else:
        count = _ruin_strings(a, demand, field, state, work, seed, removed, count)
    return count


@kernel
def _note(removed: IntArray, count: int, school: int) -> int:
    if (removed[:count] == school).any() or count >= len(removed):
        return count
    removed[count] = school
    return count + 1


@kernel
def _take_string(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    work: Work,
    j: int,
    first: int,
    stops: int,
    removed: IntArray,
    count: int,
) -> int:
    position = first
    for _ in range(stops):
        if position >= state.length[j]:
            break
        if state.fixed[j, position] != FREE:
            position += 1
            continue
        count = _note(removed, count, state.school[j, position])
        drop(a, demand, state, work, j, position)
    return count


@kernel
def _ruin_strings(
    a: TourArrays,
    demand: Demand,
    field: Field,
    state: PlanState,
    work: Work,
    seed: int,
    removed: IntArray,
    count: int,
) -> int:
    """Strings of stops from team-days that visit the schools nearest to a seed."""
    wanted = np.random.randint(1, MOST_STRINGS + 1)
    most = np.random.randint(1, MOST_STOPS + 1)
    for school in field.near[seed]:
        if wanted == 0:
            break
        if state.visits[school] == 0:
            continue
        for entry in range(field.ptr[school], field.ptr[school + 1]):
            j = field.team_days[entry]
            if work.team_day[j] or wanted == 0:
                continue
            position = position_of(state.school[j], state.length[j], school)
            if position >= 0:
                stops = np.random.randint(1, most + 1)
                first = max(0, position - np.random.randint(stops))
                count = _take_string(a, demand, state, work, j, first, stops, removed, count)
                wanted -= 1
    return count


@kernel
def _ruin_schools(
    a: TourArrays,
    demand: Demand,
    field: Field,
    state: PlanState,
    work: Work,
    seed: int,
    removed: IntArray,
    count: int,
) -> int:
    """All visits of a seed and of some schools near to it."""
    wanted = np.random.randint(1, 5)
    for school in field.near[seed]:
        if wanted == 0:
            break
        if np.random.random() < 0.4:
            continue
        wanted -= 1
        count = _note(removed, count, school)
        if state.visits[school] == 0:
            continue
        for entry in range(field.ptr[school], field.ptr[school + 1]):
            j = field.team_days[entry]
            position = position_of(state.school[j], state.length[j], school)
            if position >= 0 and state.fixed[j, position] == FREE:
                drop(a, demand, state, work, j, position)
    return count


@kernel
def _ruin_dates(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    work: Work,
    removed: IntArray,
    count: int,
) -> int:
    """Whole tours of up to three team-days, neighbours in time."""
    days = len(state.length)
    first = np.random.randint(days)
    for j in range(first, min(days, first + np.random.randint(1, 4))):
        count = _take_string(
            a, demand, state, work, j, variable(0), state.length[j], removed, count
        )
    return count


@kernel
def _candidates(
    demand: Demand, field: Field, state: PlanState, wanted: IntArray, count: int
) -> int:
    """Add schools that still have pupils to visit: near to those taken out, and any."""
    schools, first = len(state.visits), count
    for _ in range(4 * CANDIDATES):
        if count >= min(len(wanted), first + CANDIDATES):
            break
        if first > 0 and np.random.random() < 0.6:
            near = field.near[wanted[np.random.randint(first)]]
            school = near[np.random.randint(len(near))]
        else:
            school = np.random.randint(schools)
        if state.visits_left[school] > 0 and _pupils_left(demand, state, school) > 0:
            count = _note(wanted, count, school)
    return count


@kernel
def _pupils_left(demand: Demand, state: PlanState, school: int) -> int:
    total = 0
    for c in range(demand.cohort_ptr[school], demand.cohort_ptr[school + 1]):
        total += state.left[c]
    return total


@kernel
def _order(demand: Demand, field: Field, state: PlanState, wanted: IntArray) -> None:
    """Order schools by chance, by pupils, or by pupils for the time they take, with noise."""
    kind, keys = np.random.randint(4), np.zeros(len(wanted))
    for i in range(len(wanted)):
        keys[i] = np.random.random()
        if kind > 0:
            worth = 0.0
            for c in range(demand.cohort_ptr[wanted[i]], demand.cohort_ptr[wanted[i] + 1]):
                worth += state.left[c] * demand.priority[c]
            keys[i] = -worth * (0.5 + keys[i])
            if kind > 1:
                keys[i] /= field.minutes[wanted[i]]
    wanted[:] = wanted[np.argsort(keys)]


@kernel
def _settle(
    a: TourArrays,
    demand: Demand,
    state: PlanState,
    work: Work,
    rank: IntArray,
) -> bool:
    """Write the starts of touched tours; tells whether the plan keeps all rules."""
    starts = np.zeros(state.start.shape[1], dtype=np.int64)
    for j in np.flatnonzero(work.team_day):
        length = state.length[j]
        if not schedule(a, int(j), state.school[j], state.stay[j], state.fixed[j], length, starts):
            return False
        state.start[j, :length] = starts[:length]
    return keeps_sizes(a, demand, state, rank)


@kernel
def _copy_touched(source: PlanState, target: PlanState, work: Work) -> None:
    for j in np.flatnonzero(work.team_day):
        target.length[j] = source.length[j]
        target.school[j] = source.school[j]
        target.stay[j] = source.stay[j]
        target.start[j] = source.start[j]
        target.fixed[j] = source.fixed[j]
        target.take[j] = source.take[j]
    for s in np.flatnonzero(work.school):
        target.on_day[s] = source.on_day[s]
        target.recorded[s] = source.recorded[s]
    _copy_left(source, target)


@kernel
def _copy_all(source: PlanState, target: PlanState) -> None:
    target.length[:] = source.length
    target.school[:] = source.school
    target.stay[:] = source.stay
    target.start[:] = source.start
    target.fixed[:] = source.fixed
    target.take[:] = source.take
    target.on_day[:] = source.on_day
    target.recorded[:] = source.recorded
    _copy_left(source, target)


@kernel
def _copy_left(source: PlanState, target: PlanState) -> None:
    """Copy what a plan leaves of pupils, blanks, visits, floors and resources."""
    target.left[:] = source.left
    target.blanks[:] = source.blanks
    target.visits_left[:] = source.visits_left
    target.visits[:] = source.visits
    target.missing[:] = source.missing
    target.spare[:] = source.spare
