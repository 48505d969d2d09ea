"""What solve() gives back, while it runs and at the end."""

from collections.abc import Iterator
from typing import Literal

from ektp_sched.domain import Plan
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.language import _, number
from ektp_sched.rulebook import Violation
from ektp_sched.rulebook.report import violations_table

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


class Result(Shown):
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

    def _shown(self) -> Iterator[str | Table]:
        found = _("no plan") if self.plan is None else self.plan.in_short
        seconds = _("{seconds:.1f} s", seconds=self.runtime_seconds)
        yield f"{self.status}: {found}, {seconds} ({self.stopped_by})"
        if self.violations:
            yield violations_table(self.violations)
        if self.tiers:
            yield _tiers_table(self.tiers)
        if self.plan and self.plan.visits:
            yield visits_table(self.plan.visits)


class Progress(Shown):
    """A step of a running solve(): the best value and bound of the tier it works on."""

    elapsed_seconds: float
    tier: str
    value: int | None
    bound: int | None
    gap: float | None

    def _shown(self) -> Iterator[str]:
        known = {"value": self.value, "bound": self.bound}
        told = ", ".join(f"{name} {number(n)}" for name, n in known.items() if n is not None)
        gap = "" if self.gap is None else f", gap {number(self.gap, ',.1%')}"
        yield f"{number(self.elapsed_seconds, ',.1f')} s: {self.tier} {told}{gap}".rstrip()


def _tiers_table(tiers: tuple[TierResult, ...]) -> Table:
    """Each tier as its fields have it, in the units of its term."""
    return Table(
        ((_("Term"), "word"), (_("Value"), "count"), (_("Bound"), "count"), (_("Gap"), "count")),
        [
            (
                one.term,
                number(one.value),
                "" if one.bound is None else number(one.bound),
                "" if one.gap is None else number(one.gap, ",.1%"),
            )
            for one in tiers
        ],
    )
