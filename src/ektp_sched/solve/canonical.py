"""Of plans that are worth the same, the one that is shown (docs/rules.md, "What is shown").

A solver stops at any plan of the best value it finds. Here a plan is brought into the form that a
planner expects: classes stay together, stays are as short as their pupils need, tours take place on
the earliest of the team-days that would do as well, and visits begin as early as their tour allows.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from ektp_sched.domain import Plan, Problem
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.cpsat import make_solver
from ektp_sched.engine.instance import FixedVisit, Network, plan_of
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.day import TourArrays, tour_arrays
from ektp_sched.engine.tours.schedule import FREE, schedule
from ektp_sched.rulebook import check

REGROUPING_UNITS = 1.0  # of a solver's work, a limit that one school comes nowhere near


def canonical_plan(
    problem: Problem,
    network: Network,
    visits: Iterable[FixedVisit],
    *,
    unchanged: Collection[FixedVisit] = (),
    settled: Collection[FixedVisit] = (),
) -> Plan:
    """The plan of these visits, as it is shown.

    Parameters
    ----------
    visits
        Of a plan that breaks no rule.
    unchanged
        Visits that stay as they are, besides the confirmed ones.
    settled
        Visits that are shortened at most: they are known to somebody.
    """
    fixed = {*network.confirmed, *unchanged}
    short = [visit if visit in fixed else shortened(network, visit) for visit in visits]
    tidying = _Tidying(network, short, fixed.union(settled))
    tidying.run()
    plan = plan_of(problem, network, tidying.visits)
    # Another order of the visits of one school and date may change which of them is small (R10).
    return plan if check(problem, plan).ok else plan_of(problem, network, short)


def shortened(network: Network, visit: FixedVisit) -> FixedVisit:
    """A visit as short as its pupils need, in the part of its time that costs fewest lessons."""
    stay = network.shortest_stay(visit.team, visit.school, visit.recorded)
    if stay >= visit.end - visit.start:
        return visit

    def lessons(start: int) -> int:
        return network.lesson_percent(visit.school, visit.day, start, start + stay)

    start = min(range(visit.start, visit.end - stay + 1, network.step), key=lessons)
    return dataclasses.replace(visit, start=start, end=start + stay)


@dataclass(slots=True)
class _Tidying:
    """Visits in other but equal forms, some of them settled."""

    network: Network
    visits: list[FixedVisit]
    settled: Collection[FixedVisit]
    arrays: TourArrays = field(init=False)
    free: IntArray = field(init=False)  # [D] cards that could be drawn up to each day beside these

    def __post_init__(self) -> None:
        self.arrays = tour_arrays(self.network)
        self.free = self.network.allowance - _drawn(self.network, self.visits)

    def run(self) -> None:
        self._keep_classes_together()
        tours: dict[int, list[FixedVisit]] = defaultdict(list)
        for visit in sorted(self.visits, key=lambda one: (one.team_day, one.start)):
            tours[visit.team_day].append(visit)
        unused = [j for j in range(self.network.team_days) if j not in tours]
        for j in sorted(tours):
            tour = self._begun_early(tours[j], j) or tours[j]
            for earlier in (one for one in sorted(unused) if one < j):
                if (moved := self._moved(tour, earlier)) is not None:
                    unused.remove(earlier)
                    unused.append(j)
                    tour = moved
                    break
            self._put(tours[j], tour)

    def _put(self, before: Sequence[FixedVisit], after: Sequence[FixedVisit]) -> None:
        """Replace visits by others."""
        other = dict(zip(before, after, strict=True))
        self.visits = [other.get(visit, visit) for visit in self.visits]
        self.free += _drawn(self.network, before) - _drawn(self.network, after)

    def _keep_classes_together(self) -> None:
        """Each class in as few visits as can be, and as few classes cut as can be."""
        by_school: dict[int, list[FixedVisit]] = defaultdict(list)
        for visit in self.visits:
            by_school[visit.school].append(visit)
        for school, all_visits in by_school.items():
            visits = [visit for visit in all_visits if visit not in self.settled]
            elsewhere = [visit.take for visit in all_visits if visit in self.settled]
            open_pupils = [
                int(self.network.cohort_left[c]) - sum(take[place] for take in elsewhere)
                for place, c in enumerate(self.network.cohorts_of(school))
            ]
            if len(visits) == 1:
                self._put(visits, [_in_whole_classes(self.network, visits[0], open_pupils)])
            elif visits and _is_split(self.network, visits, open_pupils):
                self._put(visits, _regrouped(self.network, visits, open_pupils, self.free))

    def _begun_early(self, tour: Sequence[FixedVisit], team_day: int) -> list[FixedVisit] | None:
        """A tour on a team-day, each visit as early as can be at no more lessons; None if never."""
        fixed = np.array([v.start if v in self.settled else FREE for v in tour], dtype=np.int64)
        schools = np.array([visit.school for visit in tour], dtype=np.int64)
        stays = np.array([visit.end - visit.start for visit in tour], dtype=np.int64)
        starts = np.zeros(len(tour), dtype=np.int64)
        day = int(self.network.td_day[team_day])
        while schedule(self.arrays, team_day, schools, stays, fixed, len(tour), starts):
            dearer = [
                fixed[n] == FREE and self._is_dearer(visit, day, int(starts[n]))
                for n, visit in enumerate(tour)
            ]
            if not any(dearer):
                return [
                    dataclasses.replace(
                        visit,
                        team=int(self.network.td_team[team_day]),
                        team_day=team_day,
                        day=day,
                        start=start,
                        end=start + visit.end - visit.start,
                    )
                    for visit, start in zip(tour, starts.tolist(), strict=True)
                ]
            for n in np.flatnonzero(dearer).tolist():
                fixed[n] = tour[n].start
        return None

    def _is_dearer(self, visit: FixedVisit, day: int, start: int) -> bool:
        """Whether a visit costs more lessons on a day and at a minute than as it is."""
        end = start + visit.end - visit.start
        now = self.network.lesson_percent(visit.school, visit.day, visit.start, visit.end)
        return self.network.lesson_percent(visit.school, day, start, end) > now

    def _moved(self, tour: Sequence[FixedVisit], team_day: int) -> list[FixedVisit] | None:
        """A tour on an earlier team-day that serves as well; None where it does not."""
        network = self.network
        options, team = network.options(team_day), int(network.td_team[team_day])
        if (
            len(tour) > network.td_max_visits[team_day]
            or network.home(tour[0].team_day) != network.home(team_day)
            or any(
                visit in self.settled
                or visit.school not in options
                or network.shortest_stay(team, visit.school, visit.recorded)
                != visit.end - visit.start
                or not self._may_come(visit, int(network.td_day[team_day]))
                for visit in tour
            )
        ):
            return None
        moved = self._begun_early(tour, team_day)
        if moved is None or any(
            self._is_dearer(visit, other.day, other.start)
            for visit, other in zip(tour, moved, strict=True)
        ):
            return None
        drawn = _drawn(network, moved) - _drawn(network, tour)
        return moved if (drawn <= np.maximum(0, self.free)).all() else None

    def _may_come(self, visit: FixedVisit, day: int) -> bool:
        """Whether a visit may be made on an earlier day, before the same others (R7, R8, R10)."""
        network = self.network
        due = all(
            network.record_day[c] <= day
            for c, count in zip(network.cohorts_of(visit.school), visit.take, strict=True)
            if count
        )
        others = (
            one.day
            for one in (*self.visits, *network.done)
            if one.school == visit.school and one.team_day != visit.team_day
        )
        gap = int(network.min_gap[visit.school])
        return due and not any(day - gap <= one <= visit.day for one in others)


def _alike(network: Network, school: int) -> list[list[int]]:
    """A school's classes by place, those together whose pupils may stand for each other."""
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, c in enumerate(network.cohorts_of(school)):
        dates = int(network.record_day[c]), int(network.card_day[c])
        alike[int(network.priority[c]), *dates].append(place)
    return list(alike.values())


def _in_whole_classes(
    network: Network, visit: FixedVisit, open_pupils: Sequence[int]
) -> FixedVisit:
    """The visit with as few classes as can be, the largest and then the first; the last is cut."""
    take = list(visit.take)
    for places in _alike(network, visit.school):
        rest = sum(visit.take[place] for place in places)
        for place in sorted(places, key=lambda place: -open_pupils[place]):
            take[place] = min(rest, open_pupils[place])
            rest -= take[place]
    return dataclasses.replace(visit, take=tuple(take))


def _is_split(network: Network, visits: Sequence[FixedVisit], open_pupils: Sequence[int]) -> bool:
    """Whether classes share visits, or are cut, more than they have to, as far as one sees."""
    takes = [sum(counts) for counts in zip(*(visit.take for visit in visits), strict=True)]
    parts = sum(count > 0 for visit in visits for count in visit.take)
    return parts > max(sum(map(bool, takes)), len(visits)) or any(
        sum(0 < takes[place] < open_pupils[place] for place in places) > 1
        for places in _alike(network, visits[0].school)
    )


def _regrouped(
    network: Network,
    visits: Sequence[FixedVisit],
    open_pupils: Sequence[int],
    free: IntArray,
) -> Sequence[FixedVisit]:
    """Visits of a school with their pupils in as few parts of classes as can be.

    Visits keep their numbers of pupils, and so do classes whose pupils count alike, together. Among
    the fewest parts, the fewest classes are cut.

    Parameters
    ----------
    open_pupils
        By class, those whom no other visit of the school records.
    free
        Cards that visits may draw up to each day beyond what they do, [D].
    """
    model = cp_model.CpModel()
    cohorts = network.cohorts_of(visits[0].school)
    pupils = [
        [
            model.new_int_var(0, most if network.record_day[c] <= visit.day else 0, "")
            for c, most in zip(cohorts, open_pupils, strict=True)
        ]
        for visit in visits
    ]
    parts: list[cp_model.IntVar] = []
    whole: list[cp_model.IntVar] = []
    for visit, row in zip(visits, pupils, strict=True):
        model.add(sum(row) == visit.recorded)
        for some, most in zip(row, open_pupils, strict=True):
            parts.append(model.new_bool_var(""))
            model.add(some <= most * parts[-1])
    for places in _alike(network, visits[0].school):
        recorded = sum(visit.take[place] for visit in visits for place in places)
        model.add(sum(row[place] for row in pupils for place in places) == recorded)
        for place in places:
            called, most = model.new_bool_var(""), open_pupils[place]
            whole.append(model.new_bool_var(""))
            in_all = cp_model.LinearExpr.sum([row[place] for row in pupils])
            model.add(in_all <= most * called)
            model.add(in_all >= most * called).only_enforce_if(whole[-1])
    drawn = _drawn(network, visits)
    for day in np.flatnonzero(free < drawn[-1]).tolist():
        draws = [
            some
            for visit, row in zip(visits, pupils, strict=True)
            for c, some in zip(cohorts, row, strict=True)
            if network.draw_day(c, visit.day) <= day
        ]
        model.add(sum(draws) <= int(drawn[day] + free[day]))
    model.minimize((len(cohorts) + 1) * sum(parts) - sum(whole))
    budget = Budget(REGROUPING_UNITS, deterministic=True, workers=1)
    solver = make_solver(budget, limit=REGROUPING_UNITS)
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return visits
    return [
        dataclasses.replace(visit, take=tuple(solver.value(some) for some in row))
        for visit, row in zip(visits, pupils, strict=True)
    ]


def _drawn(network: Network, visits: Iterable[FixedVisit]) -> IntArray:
    """Cards that visits draw up to each day, [D]."""
    drawn: IntArray = np.zeros(network.days + 1, dtype=np.int64)
    for visit in visits:
        for c, count in zip(network.cohorts_of(visit.school), visit.take, strict=True):
            drawn[network.draw_day(c, visit.day)] += count
    return np.cumsum(drawn[:-1])
