"""Slots for one school, each with a plan that holds it: by estimate, or planned anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ektp_sched.budget import Budget
from ektp_sched.desk.promises import committed_to
from ektp_sched.desk.searching import solve_within
from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.rulebook import Score, check
from ektp_sched.solve import Result
from ektp_sched.solve.placing import NOON, Placed, Placing, judged
from ektp_sched.solve.requiring import Requiring
from ektp_sched.solve.tiers import Tier, sum_of

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
        slots = (Slot(placed, False) for placed in found)
        return self.different(slots, check(self.firm, self.plan, baseline=self.plan).score)

    def different(self, slots: Iterable[Slot], without: Score) -> list[Slot]:
        """The best slot of each date, half of the day and team, the best first.

        Best is what costs least against the score without any slot. Among equals the one of most
        pupils comes first, then the better plan, the proven one, that which leaves most of the
        plan's visits, and the earlier.
        """
        best: dict[_When, Slot] = {}
        for slot in sorted(slots, key=lambda slot: self._order(slot, without)):
            best.setdefault(_when(slot), slot)
        return list(best.values())

    def _order(self, slot: Slot, without: Score) -> tuple[object, ...]:
        visit, changes = slot.placed.visit, slot.placed.report.score.changes
        cost = cost_rank(self.firm.policy.tiers, slot.placed.report.score, without)
        alike = (not slot.proven, changes, visit.date, visit.start, visit.team)
        return (_worst_last(cost), -visit.recorded, _worst_last(slot.placed.rank), *alike)


@dataclass(frozen=True, slots=True)
class Replanning:
    """Slots with the best plans around them; `budget` is that of all solves together."""

    question: Question
    budget: Budget

    def found(self, estimated: list[Slot], k: int) -> tuple[Score, list[Slot]]:
        """The score of the best plan without any slot, and slots, the best first.

        Where the exact model takes the problem: the best of each team-day and half of the day.
        Else the first `k` of those that were estimated.
        """
        firm, plan = self.question.firm, self.question.plan
        base = self._solved(firm, plan, BASE_SHARE * self.budget.limit)
        self.budget.charge(BASE_SHARE * self.budget.limit)
        score = check(firm, base.plan or plan, baseline=plan).score
        rest, exact = self.budget.remaining, Requiring(firm, plan, self.budget)
        if base.status != "optimal" or not exact.fits:
            known = base.status == "optimal"
            around = (self._around(slot, rest / k, known) for slot in estimated[:k])
            return score, self.question.different(around, score)
        proven = [Slot(placed, True) for placed in exact.found(self.question.school)]
        slots = [*proven, *(_as_good(slot, proven) for slot in estimated)]
        return score, self.question.different(slots, score)

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
        return solve_within(
            self.budget, problem, seconds, start=start, published=self.question.plan
        )


def half_of(visit: Visit) -> Half:
    """Whether a visit begins before noon."""
    return "morning" if minute_of(visit.start) < NOON else "afternoon"


def cost_rank(policy: Sequence[Tier], score: Score, without: Score) -> tuple[int, ...]:
    """Each tier as a sum to be maximised; what costs no pupil and saves some effort costs nothing.

    A plan that is better only in tiers after the one of pupils ranks like the one without: that
    saving comes of filling up, and is no reason to offer a small visit first.
    """
    ranks = [tuple(sum_of(tier, one) for tier in policy) for one in (score, without)]
    counting = (n for n, tier in enumerate(policy) if any(i.term == "students" for i in tier))
    head = next(counting, len(policy)) + 1
    alike = ranks[0][:head] == ranks[1][:head]
    return min(ranks) if alike else ranks[0]


def _worst_last(rank: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-value for value in rank)


def _when(slot: Slot) -> _When:
    visit = slot.placed.visit
    return visit.date, half_of(visit), visit.team


def _as_good(slot: Slot, proven: Iterable[Slot]) -> Slot:
    """The slot, proven if it is as good as the proven best of its date, half and team."""
    best = (one.placed.rank for one in proven if _when(one) == _when(slot))
    return slot._replace(proven=slot.placed.rank in best)
