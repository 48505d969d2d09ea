"""The best plan of a micro problem by trying all of them, with the checker as only judge.

1. Stays: every school, start and end on the grid, for each team-day, that R1, R2, R6 and R14 allow.
2. Tours: every set of stays of one team-day that R3, R4, R5 and R12 allow, next to the promised
   stays of that team-day. None of these rules looks at pupils or at other team-days. A set is
   judged as a whole: where ways are no metric, a stop more can make a drive possible.
3. Loads: every number of pupils of each cohort that a visit may record (R7, R9, R11 on its own),
   in a stay no longer than they need, unless the published plan has that visit (conventions).
4. Plans: a tour with loads, or none, for every team-day; given up when R7, R8 or R11 is broken,
   which no further visit repairs. What is left at the end must break no rule at all (so R10, R13).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from typing import TypeAlias

from ektp_sched.domain import Plan, Problem, School, Team, Visit, minute_of
from ektp_sched.rulebook import Report, check
from tests.strategies.frame import clock
from tests.tiers import rank, tier_values

OF_A_STAY = frozenset({"R1", "R2", "R6", "R14"})
OF_A_TOUR = frozenset({"R3", "R4", "R5", "R12"})
OF_A_LOAD = frozenset({"R7", "R9", "R11"})
NEVER_REPAIRED = frozenset({"R7", "R8", "R11"})


Option: TypeAlias = tuple[Visit, list[Visit]]
"""A stay without pupils, and the visits that it can become."""

Facts: TypeAlias = frozenset[tuple[object, ...]]
"""Visits by all but their status."""

Tour: TypeAlias = tuple[list[Visit], ...]
"""For each stay of a team-day the visits that it can become."""


def best_plan(
    problem: Problem, baseline: Plan | None = None
) -> tuple[Plan | None, tuple[int, ...]]:
    """An allowed plan that no other beats, and the value of each tier; None if none is allowed."""
    best: tuple[Plan | None, tuple[int, ...]] = (None, ())
    for plan, report in allowed_plans(problem, baseline):
        values = tier_values(problem, report.score)
        if best[0] is None or rank(problem, values) > rank(problem, best[1]):
            best = (plan, values)
    return best


def plans_at_most(problem: Problem) -> int:
    """How many plans `best_plan` would try if it gave up none early."""
    days = (_tours(problem, team, day, frozenset()) for team, day in _team_days(problem))
    return prod(1 + sum(prod(map(len, tour)) for tour in tours) for tours in days)


def allowed_plans(problem: Problem, baseline: Plan | None) -> Iterator[tuple[Plan, Report]]:
    """Every plan that breaks no rule, with the checker's report on it."""
    promised = tuple(v for v in problem.commitments if v.status in ("confirmed", "done"))
    counted = any(item.term == "changes" for tier in problem.policy.tiers for item in tier)
    published = frozenset(map(_facts, baseline.visits if baseline and counted else ()))
    choices = [
        [visits for tour in _tours(problem, team, day, published) for visits in product(*tour)]
        for team, day in _team_days(problem)
    ]

    def extended(chosen: tuple[Visit, ...], day: int) -> Iterator[tuple[Plan, Report]]:
        plan = Plan(visits=chosen)
        report = check(problem, plan, baseline=baseline)
        if _rules(report) & NEVER_REPAIRED:
            return
        if report.ok:
            yield plan, report
        for later in range(day, len(choices)):
            for visits in choices[later]:
                yield from extended(chosen + visits, later + 1)

    return extended(promised, 0)


def _team_days(problem: Problem) -> list[tuple[Team, date]]:
    count = (problem.end - problem.start).days + 1
    days = [problem.start + timedelta(days=n) for n in range(count)]
    return [(team, day) for team in problem.teams for day in days]


def _tours(problem: Problem, team: Team, day: date, published: Facts) -> list[Tour]:
    """All tours of a team-day with at least one visit that is not promised."""
    promised = [
        visit
        for visit in problem.commitments
        if visit.status == "confirmed" and (visit.team, visit.date) == (team.id, day)
    ]
    options = [(stay, _loads(problem, stay, published)) for stay in _stays(problem, team, day)]
    return [
        tuple(loads for _, loads in tour)
        for tour in _sequences([option for option in options if option[1]])
        if not _broken(problem, *promised, *(stay for stay, _ in tour)) & OF_A_TOUR
    ]


def _stays(problem: Problem, team: Team, day: date) -> Iterator[Visit]:
    """Every stay on the grid between a school's first opening and last closing, if allowed."""
    for school in problem.schools:
        for first, last in combinations(_marks(problem, school), 2):
            stay = Visit(
                school=school.id,
                team=team.id,
                date=day,
                start=clock(first),
                end=clock(last),
                students={},
            )
            if not _broken(problem, stay) & OF_A_STAY:
                yield stay


def _marks(problem: Problem, school: School) -> list[int]:
    """Minutes of the grid from the school's earliest opening to its latest closing."""
    entries = (*school.hours, *school.extra_hours)
    opens = min((minute_of(entry.start) for entry in entries), default=0)
    closes = max((minute_of(entry.end) for entry in entries), default=0)
    return [n for n in range(0, 24 * 60, problem.time_step) if opens <= n <= closes]


def _sequences(options: Sequence[Option]) -> Iterator[tuple[Option, ...]]:
    """All non-empty sets of stays, in order of time, that neither overlap nor share a school."""
    for stay, loads in options:
        later = [
            option
            for option in options
            if option[0].start >= stay.end and option[0].school != stay.school
        ]
        yield ((stay, loads),)
        for rest in _sequences(later):
            yield ((stay, loads), *rest)


def _loads(problem: Problem, stay: Visit, published: Facts) -> list[Visit]:
    """The visits that `stay` becomes with at least one pupil, where allowed on their own."""
    (school,) = (school for school in problem.schools if school.id == stay.school)
    names = [cohort.name for cohort in school.cohorts]
    counts = product(*(range(cohort.students + 1) for cohort in school.cohorts))
    visits = (
        stay.model_copy(update={"students": {n: k for n, k in zip(names, some, strict=True) if k}})
        for some in counts
        if any(some)
    )
    return [
        visit
        for visit in visits
        if not _broken(problem, visit) & OF_A_LOAD
        and (_facts(visit) in published or not _is_too_long(problem, visit))
    ]


def _is_too_long(problem: Problem, visit: Visit) -> bool:
    """Whether one step less would do for the pupils."""
    end = minute_of(visit.end) - problem.time_step
    if end <= minute_of(visit.start):
        return False
    return "R9" not in _broken(problem, visit.model_copy(update={"end": clock(end)}))


def _facts(visit: Visit) -> tuple[object, ...]:
    pupils = frozenset(visit.students.items())
    return visit.school, visit.team, visit.date, visit.start, visit.end, pupils


def _broken(problem: Problem, *visits: Visit) -> set[str]:
    return _rules(check(problem, Plan(visits=visits)))


def _rules(report: Report) -> set[str]:
    return {violation.rule for violation in report.violations}
