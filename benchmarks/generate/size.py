"""How large a made problem is, and the dates it spans."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

START = date(2026, 7, 27)  # a Monday, two weeks into the school year

_SIZE = re.compile(r"([1-9]\d*)x([1-9]\d*)x([1-9]\d*)")


def is_size(text: str) -> bool:
    """Whether a text is a size such as 300x6x20."""
    return _SIZE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Size:
    """Schools × teams × working days (Monday to Friday, without holidays)."""

    schools: int
    teams: int
    days: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a size such as 300x6x20.

        Raises
        ------
        ValueError
            The text is no size, or one of its numbers is 0.
        """
        match = _SIZE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no size. Write schools x teams x days, as in 300x6x20.")
        return cls(*map(int, match.groups()))

    def __str__(self) -> str:
        return f"{self.schools}x{self.teams}x{self.days}"

    def working_days(self, holidays: Collection[date] = ()) -> tuple[date, ...]:
        """The first working days from START on, as many as the size says."""
        days: list[date] = []
        day = START
        while len(days) < self.days:
            if day.weekday() < 5 and day not in holidays:
                days.append(day)
            day += timedelta(days=1)
        return tuple(days)
