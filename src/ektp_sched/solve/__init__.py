"""solve(): the best plan that can be found and proven in the time given; prices(): its margins."""

from ektp_sched.budget import CancelToken
from ektp_sched.solve.pricing import BlankPrice, Prices, SchoolPrice, TeamDayPrice, prices
from ektp_sched.solve.result import Progress, Result, Status, StoppedBy, TierResult
from ektp_sched.solve.solver import solve

__all__ = [
    "BlankPrice",
    "CancelToken",
    "Prices",
    "Progress",
    "Result",
    "SchoolPrice",
    "Status",
    "StoppedBy",
    "TeamDayPrice",
    "TierResult",
    "prices",
    "solve",
]
