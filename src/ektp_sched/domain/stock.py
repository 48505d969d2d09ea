"""Blank cards: what is there, what comes, and what the counters use."""

from collections.abc import Mapping
from typing import Literal

from ektp_sched.domain.scalars import Count, Day, Flag, Stated


class Delivery(Stated):
    """Blank cards announced for a date; only confirmed ones count for firm visits."""

    date: Day
    cards: Count
    confirmed: Flag


class Stock(Stated):
    """The office's blank cards.

    `opening` is the level when the first day of the horizon begins. `cards` says what a recorded
    pupil draws: "reserve" (a blank must be there), "later" (printed when stock allows) or "none".
    """

    opening: Count
    reserve: Count = 0
    walk_in_per_day: Count = 0
    walk_in_overrides: Mapping[Day, Count] = {}
    deliveries: tuple[Delivery, ...] = ()
    cards: Literal["reserve", "later", "none"] = "reserve"
