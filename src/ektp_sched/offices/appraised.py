"""An office of a pool and what its appraisals say of anything that it may be sent."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from ektp_sched.offices.appraisal import Appraisal
from ektp_sched.offices.pool import PoolOffice

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
