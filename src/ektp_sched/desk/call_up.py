"""call_up(): which class goes when, for each visit of a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

from ortools.sat.python import cp_model
from pydantic import model_validator

from ektp_sched.desk.allowed import require_allowed
from ektp_sched.desk.promises import in_order
from ektp_sched.domain import (
    Cohort,
    Plan,
    Problem,
    School,
    Team,
    Visit,
    Weekday,
    minute_of,
    weekday_of,
)
from ektp_sched.domain.scalars import (
    Asked,
    Clock,
    Day,
    Minutes,
    Pupils,
    Text,
    Value,
    clock_of,
    fault,
)
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.cpsat import make_solver, run_solver
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.texts.language import _


class Period(Asked):
    """A lesson [start, end) on a weekday; the time between two lessons is a break."""

    weekday: Weekday
    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if self.start >= self.end:
            raise fault(
                "period_backwards",
                _("end {end} is not after start {start}", end=self.end, start=self.start),
                _("Correct the times; a lesson begins and ends on one day."),
            )
        return self


class Lessons:
    """The minutes of a date that are lessons.

    Parameters
    ----------
    periods
        Of the school on all weekdays; where they overlap, a minute counts once.
    """

    def __init__(self, periods: Iterable[Period], day: date) -> None:
        self._spans = [
            (minute_of(period.start), minute_of(period.end))
            for period in periods
            if period.weekday == weekday_of(day)
        ]
        taken = {minute for span in self._spans for minute in range(*span)}
        flags = (minute in taken for minute in range(24 * 60))
        self._before = list(accumulate(flags, initial=0))  # minutes of lessons before each minute

    def minutes(self, start: int, end: int) -> int:
        """Minutes of lessons in [start, end)."""
        return self._before[end] - self._before[start]

    def touched(self, start: int, end: int) -> int:
        """Lessons that [start, end) takes a part of."""
        return sum(start < until and since < end for since, until in self._spans)


CALL_STEP = 5  # minutes: the grid of calls, where that of visits is coarser


@dataclass(frozen=True, slots=True)
class Turns:
    """Recording in [start, end), minutes after midnight."""

    start: int
    end: int
    kits: int
    seconds: int
    step: int

    @property
    def room(self) -> int:
        """Turns in all (R9)."""
        return (self.end - self.start) * 60 * self.kits // self.seconds

    def call(self, first: int) -> int:
        """Minute at which the pupil of a turn is called: the last one on the grid before it."""
        begins = self.start + first * self.seconds // (60 * self.kits)
        return max(self.start, begins // self.step * self.step)

    def over(self, last: int) -> int:
        """Minute by which a turn is over."""
        return self.start + -(-(last + 1) * self.seconds // (60 * self.kits))


def turns_of(problem: Problem, school: School, team: Team, visit: Visit) -> Turns:
    """The turns of a visit, between set-up and pack-up."""
    return Turns(
        start=minute_of(visit.start) + school.setup_minutes,
        end=minute_of(visit.end) - school.teardown_minutes,
        kits=team.kits,
        seconds=school.seconds_per_student or team.seconds_per_student,
        step=min(CALL_STEP, problem.time_step),
    )


Expr = cp_model.LinearExpr | int

UNITS = 0.1  # of CP-SAT's work, about a second each, for each aim
MOST_BEGINS = 300  # turns tried for the beginning of a class
TENTHS = 10


class Group(NamedTuple):
    """Pupils of a class who are called together: place of the first one in the class, and size."""

    offset: int
    size: int


class _Loss(NamedTuple):
    """What a class loses by a beginning: tenths of minutes by pupil, lessons, minutes in all."""

    by_pupil: int
    lessons: int
    minutes: int


def groups_of(pupils: int, most: int) -> list[Group]:
    """A class in as few groups of at most `most` as there can be, as even as they can be."""
    count = -(-pupils // most)
    ends = [pupils * n // count for n in range(count + 1)]
    return [Group(a, b - a) for a, b in pairwise(ends)]


def minutes_lost(turns: Turns, lessons: Lessons, begin: int, groups: Sequence[Group]) -> int:
    """Minutes of lessons that the pupils of a class lose together.

    Each is away from the call of the group to the end of the own turn.
    """
    return sum(
        lessons.minutes(turns.call(begin + group.offset), turns.over(turn))
        for group in groups
        for turn in range(begin + group.offset, begin + group.offset + group.size)
    )


def order_classes(
    turns: Turns, lessons: Lessons | None, classes: Sequence[Sequence[Group]]
) -> list[int]:
    """The first turn of each class, for classes in the order wanted.

    Without lessons to fit to, classes simply follow one another. All turns together must hold them.
    """
    sizes = [sum(group.size for group in groups) for groups in classes]
    found = [sum(sizes[:n]) for n in range(len(sizes))]
    if lessons is not None:
        model = _Order(turns, lessons, classes, found)
        for aim in model.aims:
            found = model.least(aim, found)
    return found


class _Order:
    """The model: a literal for each class and turn at which it may begin."""

    def __init__(
        self,
        turns: Turns,
        lessons: Lessons,
        classes: Sequence[Sequence[Group]],
        plain: Sequence[int],
    ) -> None:
        self.proto = cp_model.CpModel()
        self.chosen: list[dict[int, cp_model.IntVar]] = []
        worst = self.proto.new_int_var(0, 24 * 60 * TENTHS, "")
        touched: Expr = 0
        minutes: Expr = 0
        early: Expr = 0
        intervals = []
        for n, (groups, first) in enumerate(zip(classes, plain, strict=True)):
            size = sum(group.size for group in groups)
            losses = {
                begin: _loss(turns, lessons, begin, groups) for begin in _begins(turns, size, first)
            }
            literals = {begin: self.proto.new_bool_var("") for begin in losses}
            self.proto.add_exactly_one(literals.values())
            self.chosen.append(literals)
            start = self.proto.new_int_var(0, max(losses), "")
            self.proto.add(start == sum(begin * x for begin, x in literals.items()))
            intervals.append(self.proto.new_fixed_size_interval_var(start, size, ""))
            self.proto.add(worst >= sum(losses[b].by_pupil * x for b, x in literals.items()))
            touched += sum(losses[b].lessons * x for b, x in literals.items())
            minutes += sum(losses[b].minutes * x for b, x in literals.items())
            early += (len(classes) - n) * start
        self.proto.add_no_overlap(intervals)
        self.aims: list[Expr] = [worst, touched, minutes, early]

    def least(self, aim: Expr, start: list[int]) -> list[int]:
        """Make an aim as small as the work allowed lets it be, and keep it so from then on.

        Parameters
        ----------
        start
            The beginnings to start from, which stay where nothing better is found.
        """
        self.proto.clear_hints()  # type: ignore[no-untyped-call]
        for first, literals in zip(start, self.chosen, strict=True):
            for begin, x in literals.items():
                self.proto.add_hint(x, begin == first)
        self.proto.minimize(aim)
        budget = Budget(UNITS, deterministic=True)
        solver = make_solver(budget, limit=UNITS)
        if run_solver(solver, self.proto, budget) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return start
        self.proto.add(aim <= round(solver.objective_value))
        return [
            next(begin for begin, x in literals.items() if solver.boolean_value(x))
            for literals in self.chosen
        ]


def _begins(turns: Turns, size: int, plain: int) -> list[int]:
    """Turns at which a class may begin: all, or in a long visit some of them, and the plain one."""
    last = turns.room - size
    return sorted({plain, *range(0, last + 1, last // MOST_BEGINS + 1)})


def _loss(turns: Turns, lessons: Lessons, begin: int, groups: Sequence[Group]) -> _Loss:
    size = sum(group.size for group in groups)
    minutes = minutes_lost(turns, lessons, begin, groups)
    touched = lessons.touched(turns.call(begin), turns.over(begin + size - 1))
    return _Loss(minutes * TENTHS // size, touched, minutes)


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
