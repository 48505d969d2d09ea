"""What solve() gives back, while it runs and at the end."""

from collections.abc import Mapping
from typing import Literal

from ektp_sched.domain import Plan, Term
from ektp_sched.domain.scalars import Value
from ektp_sched.rulebook import Violation

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
StoppedBy = Literal["optimal", "gap", "time_limit", "cancelled", "exhausted"]


class TierResult(Value):
    """One tier of the policy: what the plan reaches, and what no plan can pass.

    A tier of one term is given in that term's own units and sense. A tier of several is their
    weighted sum, terms to be minimised counting negatively, to be maximised; `parts` then gives
    each term in its own units.
    The gap is ``|bound − value| / max(1, |value|)``. The bound holds for plans that are at least
    as good in each tier before. Bound and gap are None where nothing is proven, or nothing but
    that what is minimised is not below 0.
    """

    term: str
    sense: Literal["max", "min"]
    value: int
    bound: int | None
    gap: float | None
    parts: Mapping[Term, int] = {}


class Result(Value):
    """The outcome of solve().

    `plan` is None when the status is infeasible or unknown. `violations` says for an infeasible
    problem which rules its commitments break. `method` and `reason` tell which way of solving was
    taken and why. `stopped_by` is "exhausted" where that way had nothing more to try. `faults` are
    this library's own, where its guards found any; the plan and all that is told of it hold.
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
    faults: tuple[str, ...] = ()


class Progress(Value):
    """A step of a running solve(): the best value and bound of the tier it works on.

    Value, bound and gap are as in TierResult. While `stage` is "compiling", which happens once on a
    machine and takes none of the time given, `share` of it is done, and there is no tier yet.
    """

    elapsed_seconds: float
    stage: Literal["compiling", "searching"] = "searching"
    share: float | None = None
    tier: str = ""
    value: int | None = None
    bound: int | None = None
    gap: float | None = None
