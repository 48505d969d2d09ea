"""What solve() gives back, while it runs and at the end."""

from typing import Literal

from ektp_sched.domain import Plan
from ektp_sched.domain.scalars import Value
from ektp_sched.rulebook import Violation

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
StoppedBy = Literal["optimal", "gap", "time_limit", "cancelled", "exhausted"]


class TierResult(Value):
    """One tier of the policy: what the plan reaches, and what no plan can pass.

    A tier of one term is given in that term's own units and sense. A tier of several is their
    weighted sum, terms to be minimised counting negatively, to be maximised.
    The gap is ``|bound − value| / max(1, |value|)``; bound and gap are None where nothing is
    proven.
    """

    term: str
    sense: Literal["max", "min"]
    value: int
    bound: int | None
    gap: float | None


class Result(Value):
    """The outcome of solve().

    `plan` is None when the status is infeasible or unknown. `violations` says for an infeasible
    problem which rules its commitments break. `method` and `reason` tell which way of solving was
    taken and why. `stopped_by` is "exhausted" where that way had nothing more to try.
    """

    status: Status
    plan: Plan | None
    tiers: tuple[TierResult, ...]
    runtime_seconds: float
    stopped_by: StoppedBy
    method: str
    reason: str
    violations: tuple[Violation, ...] = ()
    first_plan_seconds: float | None = None


class Progress(Value):
    """A step of a running solve(): the best value and bound of the tier it works on."""

    elapsed_seconds: float
    tier: str
    value: int | None
    bound: int | None
    gap: float | None
