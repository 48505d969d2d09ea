"""What solve() gives back; tiers in the solvers' terms and in the planner's."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ektp_sched.domain import MAXIMISED, Plan, Term, WeightedTerm
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.rulebook import Score, Violation
from ektp_sched.rulebook.report import violations_table
from ektp_sched.texts.language import _, number, percentage

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


Tier = tuple[WeightedTerm, ...]


def label(tier: Tier) -> str:
    """A tier's name: its term, or its weighted sum such as "2*students - travel"."""
    if len(tier) == 1:
        return tier[0].term
    parts = []
    for item in tier:
        weight = f"{item.weight}*" if item.weight > 1 else ""
        sign = "+" if item.term in MAXIMISED else "-"
        parts.append(f"{sign} {weight}{item.term}")
    return " ".join(parts).removeprefix("+ ")


def in_own_units(tier: Tier, total: int) -> int:
    """Turn a tier's sum to be maximised (or a bound on it) into its own units and sense.

    A sum of one term is a multiple of its weight, so a bound may be rounded down to one.
    """
    if len(tier) > 1:
        return total
    sign = 1 if tier[0].term in MAXIMISED else -1
    return sign * (total // tier[0].weight)


def total_of(tier: Tier, value: int) -> int:
    """Turn a value (or bound) in a tier's own units into its sum to be maximised."""
    if len(tier) > 1:
        return value
    return (1 if tier[0].term in MAXIMISED else -1) * tier[0].weight * value


def gap_between(value: int, bound: int) -> float:
    """The relative gap: ``|bound − value| / max(1, |value|)``."""
    return abs(bound - value) / max(1, abs(value))


def sum_of(tier: Tier, score: Score) -> int:
    """A tier's weighted sum, terms to be minimised counting negatively: to be maximised."""
    signed = ((1 if item.term in MAXIMISED else -1) * item.weight for item in tier)
    return sum(sign * score.value(item.term) for sign, item in zip(signed, tier, strict=True))


def tier_results(
    policy: Sequence[Tier], score: Score, bounds: Sequence[int | None]
) -> tuple[tuple[TierResult, ...], tuple[str, ...]]:
    """The outcome of each tier, from a plan's score and bounds on the tiers' sums.

    Also what is wrong with them: a sum that has passed its bound shows that the bound is wrong. It
    is left out then.
    """
    outcomes, faults = [], []
    for tier, bound in zip(policy, bounds, strict=True):
        total = sum_of(tier, score)
        outcome = tier_result(tier, total, bound)
        parts = {item.term: score.value(item.term) for item in tier} if len(tier) > 1 else {}
        outcomes.append(outcome.model_copy(update={"parts": parts}))
        if bound is not None and bound < total:
            faults.append(
                f"{outcome.term} reaches {outcome.value}, past the bound "
                f"{in_own_units(tier, bound)}. The plan breaks no rule; the bound is left out. "
                "This is a fault of ektp-sched: please report it with the problem file."
            )
    return tuple(outcomes), tuple(faults)


def tier_result(tier: Tier, total: int, bound: int | None) -> TierResult:
    """A tier's outcome from its sum and a bound on that; without a bound that says nothing.

    It says nothing where the sum has passed it. Nor does it say anything that what is minimised is
    not below 0, unless it is 0.
    """
    minimised = all(item.term not in MAXIMISED for item in tier)
    if minimised:
        bound = 0 if bound is None else min(bound, 0)
    if bound is not None and (bound < total or (bound == 0 > total and minimised)):
        bound = None
    value, limit = in_own_units(tier, total), None if bound is None else in_own_units(tier, bound)
    return TierResult(
        term=label(tier),
        sense="min" if len(tier) == 1 and minimised else "max",
        value=value,
        bound=limit,
        gap=None if limit is None else gap_between(value, limit),
    )


def widest_gap(outcomes: Sequence[TierResult]) -> float | None:
    """The widest gap of all tiers, None where a tier has none."""
    gaps = [outcome.gap for outcome in outcomes]
    return None if None in gaps else max(gap for gap in gaps if gap is not None)
