"""What an office makes of the blanks it is sent: a plan, and how far any plan could come.

The dual prices of an office's linear master bound its pupils for any stock of blanks: with more or
fewer of them up to the last day of a level, the bound moves by no more than their price there. So
each appraisal says something of all that the office may be sent (a Benders cut).
"""

import math
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from ektp_sched.domain import Delivery, Plan, Policy, Problem, WeightedTerm
from ektp_sched.domain.scalars import Value
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import Network, build_network, index_visits
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.offices.planning import with_deliveries
from ektp_sched.offices.pool import PoolOffice
from ektp_sched.rulebook import check
from ektp_sched.solve import Result, solve
from ektp_sched.solve.prices import tier_of_pupils
from ektp_sched.solve.settings import Settings, budgeted
from ektp_sched.solve.warm_up import compile_engine

PLAN_SHARE = 0.75  # of the time, for the plan; the rest is for prices
CLOSE = 2e-4  # of the bound to the linear program's value
ROUNDED = 1e-4  # what sums of floating-point numbers may be off
PUPILS_ALONE = Policy(tiers=((WeightedTerm(term="students"),),))


class Appraisal(Value):
    """A plan made with what an office was sent, and a bound on what it records with anything.

    Days are indices of the office's horizon, D in all. Pupils count as in term T1.

    Parameters
    ----------
    plan
        As JSON, which is smaller.
    most
        No plan records more with what was sent, or with less.
    free
        Cards that are left by each day without anything sent, below 0 where they lack, [D].
    promised, drawn
        Cards that promised visits draw up to each day, and those of the plan, [D].
    base, prices
        No plan records more than ``base + Σ price × blanks``: with ``(day, price)`` for each
        level of blanks that has a price, and the blanks that may be drawn up to its last day.
    """

    plan: str
    pupils: int
    most: int
    free: tuple[int, ...]
    promised: tuple[int, ...]
    drawn: tuple[int, ...]
    base: float
    prices: tuple[tuple[int, float], ...]


def appraise(
    packed: bytes, sent: Sequence[Delivery], start: str | None, share: float, settings: Settings
) -> Appraisal | None:
    """Appraise what an office is sent; None where it has no plan at all.

    Parameters
    ----------
    packed
        The problem, pickled.
    start
        A plan to begin with, as JSON.
    share
        Seconds, or units of work.

    Raises
    ------
    RequestError
        No tier of the office's policy counts pupils.
    """
    problem = with_deliveries(pickle.loads(packed), sent)
    counting = _up_to_pupils(problem)
    known = None if start is None else Plan.model_validate_json(start)
    result = solve(
        counting,
        time_limit=share * PLAN_SHARE,
        gap=settings.gap,
        seed=settings.seed,
        workers=1,
        deterministic=settings.deterministic,
        warm_start=known,
    )
    if result.plan is None:
        return None
    rest = replace(settings, time_limit=share * (1 - PLAN_SHARE), workers=1)
    with budgeted(rest, None) as budget:
        return _priced(problem, result, result.plan, sent, budget)


def _up_to_pupils(problem: Problem) -> Problem:
    """The problem without the tiers after the one that counts pupils: they move no blank."""
    tiers = problem.policy.tiers[: tier_of_pupils(problem) + 1]
    policy = problem.policy.model_copy(update={"tiers": tiers})
    return problem.model_copy(update={"policy": policy})


def _priced(
    problem: Problem, result: Result, plan: Plan, sent: Sequence[Delivery], budget: Budget
) -> Appraisal:
    """The appraisal by a plan and by prices that begin with its tours."""
    counting = problem.model_copy(update={"policy": PUPILS_ALONE})
    with budget.pause():
        compile_engine()
    network = build_network(counting)
    engine = Engine(network, PUPILS_ALONE.tiers, budget, 0.0, lambda *_: None)
    firm = (visit for visit in plan.visits if visit.status not in {"done", "contingent"})
    generator = engine.generator_for(0, index_visits(counting, firm, network.team_day_at))
    pupils, beside = check(counting, plan).score.students, int(engine.fixed[0] + engine.history[0])
    generator.solve(
        engine.demand.tier_weights[0],
        close=lambda bound, optimum: bound - optimum <= CLOSE * max(1.0, optimum),
        until=budget.limit,
        enough=lambda bound: math.floor(bound + ROUNDED) + beside <= pupils,
        more=lambda: 0,
    )
    slots, rows = generator.relaxation.slots, generator.relaxation.blanks
    prices = generator.prices[rows]
    blanks = np.array(slots.level_blanks, dtype=np.int64)
    return Appraisal(
        plan=plan.model_dump_json(),
        pupils=pupils,
        most=min([math.floor(generator.bound + ROUNDED) + beside, *_proven(result)]),
        free=tuple((network.free_cards - _delivered(network, sent)).tolist()),
        promised=tuple((network.allowance - engine.promised.blanks).tolist()),
        drawn=tuple((network.allowance - engine.incumbent.state.blanks).tolist()),
        base=generator.bound + beside - float(prices @ blanks),
        prices=tuple(
            (end, price)
            for end, price in zip(slots.level_ends, prices.tolist(), strict=True)
            if price > 0
        ),
    )


def _proven(result: Result) -> list[int]:
    """A bound by solve() on the pupils alone, where no tier comes before them."""
    first = result.tiers[0]
    return [first.bound] if first.term == "students" and first.bound is not None else []


def _delivered(network: Network, sent: Sequence[Delivery]) -> IntArray:
    """Cards sent up to each day, [D]."""
    cards = np.zeros(network.days, dtype=np.int64)
    for one in sent:
        day = max(0, (one.date - network.first_day).days)
        if day < network.days:
            cards[day:] += one.cards
    return cards


Sent = tuple[int, ...]  # boxes by arrival of the pool


class Level(NamedTuple):
    """Blanks that have a price: those that may be drawn up to the last day of a level.

    They are at most `left` cards and those sent up to a span, for each ``(span, left)``.
    """

    price: float
    limits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A bound on the pupils of an office: ``base + Σ price × blanks of a level``."""

    base: float
    levels: tuple[Level, ...]

    def at(self, cards: Sequence[int]) -> float:
        """The bound where so many cards are sent up to each span."""
        return self.base + sum(
            level.price * min(left + cards[span] for span, left in level.limits)
            for level in self.levels
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A plan: its pupils, and the cards that it needs to be sent up to each span."""

    pupils: int
    needs: tuple[int, ...]
    plan: str

    def fits(self, cards: Sequence[int]) -> bool:
        """Whether so many cards sent up to each span are enough."""
        return all(need <= have for need, have in zip(self.needs, cards, strict=True))


@dataclass(slots=True)
class Appraised:
    """An office, and all appraisals of it.

    Between two deliveries what is sent does not change: such days are a span. Span 0 is before all
    deliveries, span n begins with that of arrival n - 1; one may have no days, or none before the
    horizon ends.

    Parameters
    ----------
    days
        Days (by their indices) on which boxes of the pool's arrivals reach the office.
    horizon
        Days that it plans.
    due
        All its pupils, as term T1 counts: the bound before anything is known.
    cuts, columns, tried
        What the appraisals say; `tried` has the most that any plan records where so many cards
        are sent up to each span.
    spans
        Those that have days.
    """

    office: PoolOffice
    days: tuple[int, ...]
    horizon: int
    due: int
    cuts: list[Cut] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    tried: dict[tuple[int, ...], int] = field(default_factory=dict)
    spans: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.spans = frozenset(n for n in range(len(self.days) + 1) if self._span(n))

    @property
    def name(self) -> str:
        """The office's name."""
        return self.office.office

    def add(self, sent: Sent, appraisal: Appraisal) -> None:
        """Take an appraisal of what was sent into account."""
        cards = self.cards(sent)
        self.tried[cards] = min(appraisal.most, self.tried.get(cards, appraisal.most))
        cut = self._cut(appraisal)
        if cut not in self.cuts:
            self.cuts.append(cut)
        needs = tuple(self._needs(appraisal))
        self.columns.append(Column(appraisal.pupils, needs, appraisal.plan))

    def cards(self, sent: Sent) -> tuple[int, ...]:
        """Cards sent up to each span, 0 where it has no days: all that matters to the office."""
        up_to = enumerate(accumulate(sent, initial=0))
        return tuple(boxes * self.office.lot * (span in self.spans) for span, boxes in up_to)

    def bound(self, sent: Sent) -> float:
        """What no plan can pass."""
        cards = self.cards(sent)
        cuts = [cut.at(cards) for cut in self.cuts]
        # What was tried with as much or more holds here, too.
        tried = [
            most
            for other, most in self.tried.items()
            if all(a <= b for a, b in zip(cards, other, strict=True))
        ]
        return min([self.due, *cuts, *tried])

    def box_worth(self, sent: Sent) -> float:
        """By how much the bound of the cuts rises with one box more from the first day on."""
        cards = self.cards(sent)
        more = [count + self.office.lot for count in cards]
        here, there = (
            min((cut.at(one) for cut in self.cuts), default=0.0) for one in (cards, more)
        )
        return there - here

    def ceiling(self, cards: int) -> float:
        """A bound where so many cards are sent at most."""
        all_at_once = [0] + [cards] * len(self.days)
        return min([self.due, *(cut.at(all_at_once) for cut in self.cuts)])

    def best(self, sent: Sent) -> Column | None:
        """The plan that records most with what is sent."""
        cards = self.cards(sent)
        fitting = [column for column in self.columns if column.fits(cards)]
        return max(fitting, key=lambda column: column.pupils, default=None)

    def _span(self, number: int) -> range:
        """The days of a span."""
        ends = (0, *self.days, self.horizon)
        return range(min(ends[number], self.horizon), min(ends[number + 1], self.horizon))

    def _cut(self, appraisal: Appraisal) -> Cut:
        both = zip(appraisal.free, appraisal.promised, strict=True)
        left = [max(0, free) - promised for free, promised in both]
        levels = []
        for last, price in appraisal.prices:
            limits = []
            for span in range(len(self.days) + 1):
                later = [day for day in self._span(span) if day >= last]
                if later:
                    limits.append((span, max(0, min(left[day] for day in later))))
            levels.append(Level(price, tuple(limits)))
        return Cut(appraisal.base, tuple(levels))

    def _needs(self, appraisal: Appraisal) -> list[int]:
        needs = []
        for span in range(len(self.days) + 1):
            lacking = [
                appraisal.drawn[day] - appraisal.free[day]
                for day in self._span(span)
                if appraisal.drawn[day] > 0
            ]
            needs.append(max([0, *lacking]) if span else 0)
        return needs


def whole(bound: float) -> int:
    """A bound in whole pupils, forgiving what sums of floating-point numbers may be off."""
    return math.floor(bound + 1e-4 + 1e-9 * abs(bound))
