"""call_up(): which class goes when, for each visit of a plan."""

from collections.abc import Iterable, Mapping
from datetime import date

from ektp_sched.desk.allowed import require_allowed
from ektp_sched.desk.class_order import groups_of, order_classes
from ektp_sched.desk.periods import Lessons, Period
from ektp_sched.desk.promises import in_order
from ektp_sched.desk.turns import Turns, turns_of
from ektp_sched.domain import Cohort, Plan, Problem, School, Visit
from ektp_sched.domain.scalars import Clock, Day, Minutes, Pupils, Text, Value, clock_of
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _

SIZE = 10


class CallUp(Value):
    """Pupils of one class who are called together, and done by `end`.

    `school`, `team`, `date` and `visit_start` tell the visit. `lesson_minutes` are those between
    call and end, the most that one of them loses; None where the school's periods are not known.
    """

    school: Text
    team: Text
    date: Day
    visit_start: Clock
    cohort: Text
    pupils: Pupils
    start: Clock
    end: Clock
    lesson_minutes: Minutes | None = None


def call_up(
    problem: Problem,
    plan: Plan,
    *,
    school: str | None = None,
    periods: Mapping[str, Iterable[Period]] | None = None,
    size: int = SIZE,
) -> tuple[CallUp, ...]:
    """Say which class comes when in each visit still to be done.

    The kits come to one pupil after the other at the pace that R9 reckons with, from the end of
    set-up on. Pupils are called on the time grid, in groups of one class, shortly before their
    turn: see `turns` for how many may wait. Classes come in one go each: those of higher priority
    first, then those who are 17 earlier, then as the school lists them. Where the school's periods
    are known, classes change places, and the kits may pause, so that no class loses much more than
    the others, and breaks are made use of.

    Parameters
    ----------
    school
        Only the visits of the school of this id.
    periods
        Lessons by school id. A school without any has its classes in the order above.
    size
        Most pupils called at once. Where the kits take more in a step of the grid, several groups
        are called at the same time.

    Returns
    -------
    tuple[CallUp, ...]
        By date, visit and time of call.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    RequestError
        The plan breaks rules, there is no such school, or `size` is below 1.
    """
    school = None if school is None else problem.school(school).id
    known = {problem.school(name).id: lessons for name, lessons in (periods or {}).items()}
    if size < 1:
        what = _("groups of {size} pupils cannot be called", size=size)
        raise RequestError([Complaint("size", what, _("Give a whole number from 1 on."))])
    require_allowed(problem, plan)
    visits = [
        visit for visit in plan.visits if visit.status != "done" and school in {None, visit.school}
    ]
    return tuple(
        call
        for visit in sorted(visits, key=in_order)
        for call in _calls(problem, visit, known.get(visit.school), size)
    )


def _calls(
    problem: Problem, visit: Visit, periods: Iterable[Period] | None, size: int
) -> list[CallUp]:
    """The calls of one visit, by time."""
    school = problem.school(visit.school)
    team = next(team for team in problem.teams if team.id == visit.team)
    turns = turns_of(problem, school, team, visit)
    lessons = None if periods is None else Lessons(periods, visit.date)
    names = [cohort.name for cohort in _in_turn(school) if cohort.name in visit.students]
    classes = [groups_of(visit.students[name], size) for name in names]
    begins = order_classes(turns, lessons, classes)
    rows = [
        (begin + group.offset, name, group.size)
        for name, groups, begin in zip(names, classes, begins, strict=True)
        for group in groups
    ]
    return [
        _call(visit, turns, lessons, name, range(first, first + pupils))
        for first, name, pupils in sorted(rows)
    ]


def _in_turn(school: School) -> list[Cohort]:
    """Classes as they are called where nothing else decides."""
    return sorted(school.cohorts, key=lambda one: (-one.priority, one.card_from or date.min))


def _call(visit: Visit, turns: Turns, lessons: Lessons | None, cohort: str, taken: range) -> CallUp:
    """The call of a group that takes some turns."""
    start, end = turns.call(taken[0]), turns.over(taken[-1])
    return CallUp(
        school=visit.school,
        team=visit.team,
        date=visit.date,
        visit_start=visit.start,
        cohort=cohort,
        pupils=len(taken),
        start=clock_of(start),
        end=clock_of(end),
        lesson_minutes=None if lessons is None else lessons.minutes(start, end),
    )
