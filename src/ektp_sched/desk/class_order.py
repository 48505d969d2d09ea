"""Which class begins at which turn of a visit: a small CP-SAT model.

Classes come one after the other, each in one go. Of all ways to do so, the model takes the one that
spares the class that loses most lessons by pupil; then that takes classes out of the fewest lessons
and loses the fewest minutes; then that keeps the given order and begins early.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ortools.sat.python import cp_model

from ektp_sched.budget import Budget
from ektp_sched.cpsat import make_solver, run_solver
from ektp_sched.desk.periods import Lessons
from ektp_sched.desk.turns import Turns

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
