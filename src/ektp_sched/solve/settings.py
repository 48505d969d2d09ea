"""The arguments of solve() that are numbers, and their limits."""

import math
import os
from dataclasses import dataclass
from numbers import Integral
from typing import Literal, get_args

from ektp_sched.errors import Complaint, SettingsError
from ektp_sched.language import _

Method = Literal["auto", "exact", "tours"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long, how close and how to search; see solve() for the meanings.

    Raises
    ------
    SettingsError
        With one complaint for each number that is out of its limits.
    """

    time_limit: float
    gap: float
    seed: int
    workers: int
    deterministic: bool
    method: Method = "auto"

    def __post_init__(self) -> None:
        limits = [
            (
                "time_limit",
                math.isfinite(self.time_limit) and self.time_limit > 0,
                _("Give a number above 0."),
            ),
            ("gap", 0 <= self.gap < 1, _("Give a number from 0 on and below 1.")),
            (
                "seed",
                _whole(self.seed, 0, 2**31 - 1),
                _("Give a whole number from 0 to 2147483647."),
            ),
            ("workers", _whole(self.workers, 1, 1024), _("Give a whole number from 1 to 1024.")),
            ("method", self.method in get_args(Method), _("Give auto, exact or tours.")),
        ]
        complaints = [
            Complaint(name, _("{value!s} is out of range", value=getattr(self, name)), remedy)
            for name, allowed, remedy in limits
            if not allowed
        ]
        if complaints:
            raise SettingsError(complaints)


def _whole(number: float, least: int, most: int) -> bool:
    return isinstance(number, Integral) and least <= number <= most


def available_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
