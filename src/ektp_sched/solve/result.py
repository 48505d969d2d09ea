"""What solve() gives back, while it runs and at the end."""

from collections.abc import Iterator, Mapping
from typing import Literal

from ektp_sched.domain import Plan, Term
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.language import _, number, percentage
from ektp_sched.rulebook import Violation
from ektp_sched.rulebook.report import violations_table

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


class Result(Shown):
    """The outcome of solve().

    `plan` is None when the status is infeasible or unknown. `violations` says for an infeasible
    problem which rules its commitments break. `method` and `reason` tell which way of solving was
    taken and why. `stopped_by` is "exhausted" where that way had nothing more to try. `faults` are
    this library's own, where its guards found any; the plan and all that is told of it hold.
    `problem_fingerprint` is that of the problem that bounds are about; None in results of 0.1.
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
    problem_fingerprint: str | None = None

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

    def _shown(self) -> Iterator[str]:
        known = {"value": self.value, "bound": self.bound}
        told = ", ".join(f"{name} {number(n)}" for name, n in known.items() if n is not None)
        gap = "" if self.gap is None or self.gap >= 1 else f", gap {percentage(self.gap)}"
        share = "" if self.share is None else percentage(self.share)
        what = f"{self.tier} {told}{gap}" if self.tier else f"{self.stage} {share}"
        yield f"{number(self.elapsed_seconds, ',.1f')} s: {what}".rstrip()


def _tiers_table(tiers: tuple[TierResult, ...]) -> Table:
    """Each tier as its fields have it, in the units of its term."""
    return Table(
        ((_("Term"), "word"), (_("Value"), "count"), (_("Bound"), "count"), (_("Gap"), "count")),
        [
            (
                one.term,
                number(one.value),
                "" if one.bound is None else number(one.bound),
                "" if one.gap is None or one.gap >= 1 else percentage(one.gap),
            )
            for one in tiers
        ],
    )
