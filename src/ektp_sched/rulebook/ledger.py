"""The ledger: blank cards day by day, in the three ways a recorded pupil draws one.

Lists are indexed by the day of the horizon, 0 for its first date.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from ektp_sched.domain import Cohort
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.facts import Facts, Stay
from ektp_sched.rulebook.report import Ledger, LedgerRow, Printing

Turn = tuple[int, int, str, str, int]


class Draw(NamedTuple):
    """Cards that one visit's pupils of one cohort are due on a day of the horizon."""

    day: int
    cards: int
    cohort: Cohort
    stay: Stay

    def turn(self) -> Turn:
        """What is printed first: higher priority, then earlier due, then by school id."""
        return (
            -self.cohort.priority,
            self.day,
            self.stay.school.id,
            self.cohort.name,
            self.stay.number,
        )


class Print(NamedTuple):
    """Cards of a draw that are printed on one day; None: not before the horizon ends."""

    day: int | None
    cards: int
    draw: Draw


def draws(facts: Facts) -> Iterator[Draw]:
    """What the visits draw.

    "One blank on max(visit date, card_from) where that date is in the horizon, else none."
    A done visit "dated before `start` draws nothing: the opening stock already knows".
    """
    start = facts.problem.start
    for stay in facts.stays:
        date = stay.visit.date
        if stay.done and date < start:
            continue
        for name, cards in stay.visit.students.items():
            cohort = facts.index.cohorts[stay.school.id, name]
            due = max(date, cohort.card_from or date)
            if facts.index.in_horizon(due):
                yield Draw((due - start).days, cards, cohort, stay)


class Supply(NamedTuple):
    """Cards that come and that the counters take on each day."""

    delivered: list[int]
    counters: list[int]

    def levels(self, opening: int, taken: Iterable[int]) -> list[int]:
        """The level at the end of each day, when `taken` is drawn besides the counters."""
        changes = (d - c - t for d, c, t in zip(*self, taken, strict=True))
        return list(accumulate(changes, initial=opening))[1:]


def supply(facts: Facts) -> Supply:
    """The deliveries that count and what the counters use on the office's working days."""
    stock = facts.problem.stock
    arriving: dict[object, int] = defaultdict(int)
    for delivery in stock.deliveries:
        if delivery.confirmed or facts.contingent:
            arriving[delivery.date] += delivery.cards
    days = horizon(facts.problem)
    walk_ins = (
        stock.walk_in_overrides.get(day, stock.walk_in_per_day)
        if facts.index.is_office_day(day)
        else 0
        for day in days
    )
    return Supply([arriving[day] for day in days], list(walk_ins))


def daily(facts: Facts, some: Iterable[Draw | Print]) -> list[int]:
    """Cards drawn, or printed, on each day of the horizon."""
    cards = [0] * len(horizon(facts.problem))
    for item in some:
        if item.day is not None:
            cards[item.day] += item.cards
    return cards


def ledger(facts: Facts) -> Ledger:
    """The blank cards of every date of the horizon."""
    stock, days, flow = facts.problem.stock, horizon(facts.problem), supply(facts)
    prints = _prints(facts, flow)
    taken = daily(facts, prints)
    closing = flow.levels(stock.opening, taken)
    rows = tuple(
        LedgerRow(
            date=day,
            opening=before,
            delivered=delivered,
            counters=counters,
            schools=schools,
            closing=after,
            reserve=stock.reserve,
            short=max(0, stock.reserve - alone),
        )
        for day, before, delivered, counters, schools, after, alone in zip(
            days,
            [stock.opening, *closing],
            *flow,
            taken,
            closing,
            levels_without_plan(facts, flow),
            strict=False,
        )
    )
    backlog = sum(item.cards for item in prints if item.day is None)
    printings = tuple(_printing(item, days) for item in prints)
    return Ledger(rows=rows, reserve=stock.reserve, backlog=backlog, printings=printings)


def levels_without_plan(facts: Facts, flow: Supply) -> list[int]:
    """The levels that no plan can change: the counters', and what done visits have reserved."""
    stock = facts.problem.stock
    reserved = stock.cards == "reserve"
    history = (draw for draw in draws(facts) if draw.stay.done and reserved)
    return flow.levels(stock.opening, daily(facts, history))


def _prints(facts: Facts, flow: Supply) -> list[Print]:
    if facts.problem.stock.cards == "none":
        return []
    if facts.problem.stock.cards == "reserve":
        return [Print(draw.day, draw.cards, draw) for draw in draws(facts)]
    return _printed_later(facts, flow)


def _printed_later(facts: Facts, flow: Supply) -> list[Print]:
    """Print what waits, day by day, as far as the ledger allows.

    "Each recorded pupil's card is printed on the first date from max(visit date, card_from) on
    which the ledger allows, higher priority first, then earlier due, then school id." The ledger
    allows what leaves the reserve whole on that date and on every later one.
    """
    stock = facts.problem.stock
    untouched = flow.levels(stock.opening, [0] * len(flow.counters))
    # The lowest level from each day on, as if schools had drawn nothing.
    lowest = list(accumulate(reversed(untouched), min))[::-1]
    due: dict[int, list[Draw]] = defaultdict(list)
    for draw in draws(facts):
        due[draw.day].append(draw)
    queue: list[tuple[Turn, Draw]] = []
    prints: list[Print] = []
    printed = 0
    for day, low in enumerate(lowest):
        for draw in due[day]:
            heappush(queue, (draw.turn(), draw))
        room = low - stock.reserve - printed
        while queue and room > 0:
            turn, draw = heappop(queue)
            cards = min(room, draw.cards)
            prints.append(Print(day, cards, draw))
            printed, room = printed + cards, room - cards
            if cards < draw.cards:
                heappush(queue, (turn, draw._replace(cards=draw.cards - cards)))
    return prints + [Print(None, draw.cards, draw) for _, draw in sorted(queue)]


def _printing(item: Print, days: list[dt.date]) -> Printing:
    return Printing(
        visit=item.draw.stay.number,
        school=item.draw.stay.school.id,
        cohort=item.draw.cohort.name,
        due=days[item.draw.day],
        printed=None if item.day is None else days[item.day],
        cards=item.cards,
    )
