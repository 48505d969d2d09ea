"""Slots for one school, each with a plan that holds it: by estimate, or planned anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ektp_sched.budget import Budget, CancelToken
from ektp_sched.desk.promises import committed_to
from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.rulebook import Score, check
from ektp_sched.solve import Result, solve
from ektp_sched.solve.placing import NOON, Placed, Placing, judged
from ektp_sched.solve.requiring import Requiring
from ektp_sched.solve.settings import Settings

BASE_SHARE = 0.25  # of the time, for the best plan without any slot

Half = Literal["morning", "afternoon"]
_When = tuple[date, Half, str]


class Slot(NamedTuple):
    """A visit in a plan made for it; `proven`: no plan with this visit is better."""

    placed: Placed
    proven: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A school to find slots for in a plan; `firm` is the problem with all that is promised."""

    firm: Problem
    plan: Plan
    school: str

    def estimated(self, *, most: int) -> list[Slot]:
        """Slots put into the plan as it is, the best of so many openings."""
        found = Placing(self.firm, self.plan).found(self.school, most=most)
        return different(Slot(placed, False) for placed in found)


@dataclass(frozen=True, slots=True)
class Replanning:
    """Slots with the best plans around them.

    Parameters
    ----------
    settings
        Of all solves together.
    """

    question: Question
    settings: Settings
    cancel: CancelToken | None

    def found(self, estimated: list[Slot], k: int) -> tuple[Score, list[Slot]]:
        """The score of the best plan without any slot, and slots, the best first.

        Where the exact model takes the problem: the best of each team-day and half of the day.
        Else the first `k` of those that were estimated.
        """
        firm, plan = self.question.firm, self.question.plan
        rest = (1 - BASE_SHARE) * self.settings.time_limit
        base = self._solved(firm, plan, self.settings.time_limit - rest)
        score = check(firm, base.plan or plan, baseline=plan).score
        exact = Requiring(firm, plan, self._budget(rest))
        if base.status != "optimal" or not exact.fits:
            known = base.status == "optimal"
            return score, different(self._around(s, rest / k, known) for s in estimated[:k])
        proven = different(Slot(placed, True) for placed in exact.found(self.question.school))
        return score, different([*proven, *(_as_good(slot, proven) for slot in estimated)])

    def _around(self, slot: Slot, seconds: float, known: bool) -> Slot:
        """A slot with the best plan found around it; what is best without it is known, or not."""
        visit = slot.placed.visit
        firm = self.question.firm
        problem = committed_to(firm, [*firm.commitments, visit])
        result = self._solved(problem, slot.placed.plan, seconds)
        placed = judged(
            problem, result.plan or slot.placed.plan, visit, published=self.question.plan
        )
        return Slot(placed, known and result.status == "optimal")

    def _solved(self, problem: Problem, start: Plan, seconds: float) -> Result:
        return solve(
            problem,
            time_limit=seconds,
            gap=0,
            seed=self.settings.seed,
            workers=self.settings.workers,
            deterministic=self.settings.deterministic,
            warm_start=start,
            baseline=self.question.plan,
            cancel=self.cancel,
        )

    def _budget(self, seconds: float) -> Budget:
        return Budget(
            seconds,
            token=self.cancel,
            deterministic=self.settings.deterministic,
            workers=self.settings.workers,
            seed=self.settings.seed,
        )


def half_of(visit: Visit) -> Half:
    """Whether a visit begins before noon."""
    return "morning" if minute_of(visit.start) < NOON else "afternoon"


def different(slots: Iterable[Slot]) -> list[Slot]:
    """The best slot of each date, half of the day and team, the best first.

    Among equals the one of most pupils, then the proven one, then that which leaves most of the
    plan's visits, then the earlier.
    """
    best: dict[_When, Slot] = {}
    for slot in sorted(slots, key=_order):
        best.setdefault(_when(slot), slot)
    return list(best.values())


def _order(slot: Slot) -> tuple[object, ...]:
    visit = slot.placed.visit
    worst_last = tuple(-value for value in slot.placed.rank)
    changes = slot.placed.report.score.changes
    alike = (-visit.recorded, not slot.proven, changes, visit.date, visit.start, visit.team)
    return (worst_last, *alike)


def _when(slot: Slot) -> _When:
    visit = slot.placed.visit
    return visit.date, half_of(visit), visit.team


def _as_good(slot: Slot, proven: Iterable[Slot]) -> Slot:
    """The slot, proven if it is as good as the proven best of its date, half and team."""
    best = (one.placed.rank for one in proven if _when(one) == _when(slot))
    return slot._replace(proven=slot.placed.rank in best)
