"""Dates to propose to a school on the telephone, with what each of them costs the whole plan."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ektp_sched.desk.allowed import mark_of, require_allowed
from ektp_sched.desk.differences import Effect, effects
from ektp_sched.desk.placing import Placed, Placing, Requiring, judged
from ektp_sched.desk.promises import committed_to, promised
from ektp_sched.desk.searching import budget_of, solve_within
from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import AtLeastOne, Flag, Text, Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.search.openings import NOON
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.rulebook import Score, check
from ektp_sched.solve import Result
from ektp_sched.solve.result import Tier, sum_of
from ektp_sched.texts.language import _, ngettext, number

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


MOST_OFFERS = 20
# Openings that are worked out: what one costs is known only once the plan is filled up around it.
LEAST_TRIES, TRIES_PER_OFFER = 15, 3


class Offer(Value):
    """A slot to propose to a school, and a plan that holds it.

    `score` is that of `plan`, in which the slot is a confirmed visit. `estimated`: the plan is
    one with this slot, not proven to be the best; the slot costs at most what it says.
    `effects` are what `plan` changes in the plan that was asked about. `mark` tells the problem and
    the plan that the offer was made for.
    """

    number: AtLeastOne
    visit: Visit
    score: Score
    effects: tuple[Effect, ...]
    estimated: Flag
    plan: Plan
    mark: Text


class Offers(Shown):
    """Offers for one school, the one that costs least first, and the score without any of them.

    A cost is the difference of an offer's score to `score`: that of the plan asked about or, where
    exact offers were asked for, of the best plan found without any.
    """

    school: Text
    score: Score
    offers: tuple[Offer, ...]

    def _shown(self) -> Iterator[str | Table]:
        found = ngettext("{n} slot", "{n} slots", len(self.offers))
        yield _("{slots} for {school}", slots=found, school=self.school)
        slots = visits_table(one.visit for one in self.offers)
        yield Table(
            (
                ("", "count"),
                *slots.columns,
                (_("Pupils in all"), "count"),
                (_("That is"), "word"),
            ),
            [
                (
                    number(one.number),
                    *row,
                    number(one.score.students - self.score.students, "+,"),
                    _("estimated") if one.estimated else _("proven"),
                )
                for one, row in zip(self.offers, slots.rows, strict=True)
            ],
        )


def offer(
    problem: Problem,
    plan: Plan,
    school: str,
    k: int = 5,
    *,
    exact: bool = False,
    time_limit: float = 60,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> Offers:
    """Find the `k` best different slots to propose to a school.

    Every slot goes with all that is confirmed or done, and with the stock of blanks. Slots are
    different where the date, the half of the day (before noon or from noon on) or the team is
    another one. They are ordered by what they cost in the policy's tiers, and among equals by their
    pupils; what a slot saves in tiers after the one of pupils makes it no better than free.

    Without `exact`, costs are estimated: the slot is put into the plan as it is, visits that are in
    its way move or fall, the smallest first, and the time and the blanks left over are filled up
    again. The plan that comes of it exists and keeps all rules, so that a slot costs at most that.

    Parameters
    ----------
    plan
        It breaks no rule. Its contingent visits are left aside.
    exact
        Plan anew for every slot. Where the exact model takes the problem, it chooses the slot's
        times and pupils too, and the first offer is the best there is. In a larger one the `k`
        slots that are best by estimate are each confirmed and planned around; what is not
        proven within the time stays labelled as estimated.
    time_limit, seed, workers, deterministic, cancel
        As in solve(), for all exact offers together.

    Raises
    ------
    RequestError
        There is no such school, the plan breaks rules, or `k` is not from 1 to 20.
    PlanError
        The plan names what the problem does not know.
    SettingsError
        A number for the solver is out of range.
    """
    if not 1 <= k <= MOST_OFFERS:
        what, remedy = (
            _("{count} offers cannot be made", count=k),
            _("Ask for 1 to {most}.", most=MOST_OFFERS),
        )
        raise RequestError([Complaint("k", what, remedy)])
    school = problem.school(school).id
    budget = budget_of(
        time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
    )
    score = require_allowed(problem, plan).score
    question = Question(committed_to(problem, promised(problem, plan)), plan, school)
    slots = question.estimated(most=max(LEAST_TRIES, TRIES_PER_OFFER * k))
    if exact:
        score, slots = Replanning(question, budget).found(slots, k)
    mark = mark_of(problem, plan)
    offers = tuple(
        Offer(
            number=number,
            visit=slot.placed.visit,
            score=slot.placed.report.score,
            effects=effects(plan, slot.placed.plan),
            estimated=not slot.proven,
            plan=slot.placed.plan,
            mark=mark,
        )
        for number, slot in enumerate(slots[:k], start=1)
    )
    return Offers(school=school, score=score, offers=offers)
