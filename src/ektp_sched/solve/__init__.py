"""solve(): the best plan that can be found and proven in the time given."""

from ektp_sched.budget import CancelToken
from ektp_sched.solve.result import Progress, Result, Status, StoppedBy, TierResult
from ektp_sched.solve.solver import solve

__all__ = ["CancelToken", "Progress", "Result", "Status", "StoppedBy", "TierResult", "solve"]
