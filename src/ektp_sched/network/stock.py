"""The blank cards that visits to come may draw, day by day."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from ektp_sched.domain import Problem, weekday_of
from ektp_sched.network.arrays import IntArray


def allowance(
    problem: Problem, days: list[date], drawn_by_done: IntArray, *, unconfirmed: bool = False
) -> IntArray:
    """Most cards that visits still to come may draw up to each day (R11), [D].

    Parameters
    ----------
    drawn_by_done
        Cards that done visits draw on each day, [D].
    unconfirmed
        Count deliveries that are not confirmed as if they were.

    Notes
    -----
    Counters and history come first: where they alone break the reserve, nothing is left. A limit
    on a later day binds the earlier ones too, so each entry is the least from that day on.
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
    free = np.maximum(0, stock.opening - stock.reserve + np.cumsum(flow))
    return np.minimum.accumulate(free[::-1])[::-1]


def _add(flow: IntArray, days: Iterable[date], day: date, cards: int) -> None:
    index = (day - next(iter(days))).days
    if 0 <= index < len(flow):
        flow[index] += cards
