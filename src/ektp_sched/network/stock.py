"""The blank cards that visits to come may draw, day by day."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from ektp_sched.domain import Problem, weekday_of
from ektp_sched.network.arrays import IntArray


def free_cards(
    problem: Problem, days: list[date], drawn_by_done: IntArray, *, unconfirmed: bool = False
) -> IntArray:
    """Cards that counters, done visits and the reserve leave by each day, [D]; below 0: they lack.

    Parameters
    ----------
    drawn_by_done
        Cards that done visits draw on each day, [D].
    unconfirmed
        Count deliveries that are not confirmed as if they were.
    """
    stock = problem.stock
    flow = -drawn_by_done.astype(np.int64)
    holidays = set(problem.holidays)
    for index, day in enumerate(days):
        if day not in holidays and weekday_of(day) in problem.working_days:
            flow[index] -= stock.walk_in_overrides.get(day, stock.walk_in_per_day)
    for delivery in stock.deliveries:
        if delivery.confirmed or unconfirmed:
            _add(flow, days, delivery.date, delivery.cards)
    return stock.opening - stock.reserve + np.cumsum(flow)


def allowance(free: IntArray) -> IntArray:
    """Most cards that visits still to come may draw up to each day (R11), [D].

    Counters and history come first: where they alone break the reserve, nothing is left. A limit
    on a later day binds the earlier ones too, so each entry is the least from that day on.
    """
    return np.minimum.accumulate(np.maximum(0, free)[::-1])[::-1]


def _add(flow: IntArray, days: Iterable[date], day: date, cards: int) -> None:
    index = (day - next(iter(days))).days
    if 0 <= index < len(flow):
        flow[index] += cards
