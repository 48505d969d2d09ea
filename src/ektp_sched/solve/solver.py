"""solve(): from a problem to a checked plan with a bound for each tier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ektp_sched import compact, master
from ektp_sched.budget import Budget, CancelToken
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import BrokenPlanError
from ektp_sched.language import N_, _
from ektp_sched.lexicographic import improve
from ektp_sched.network import FixedVisit, Network, build_network, index_visits, plan_of
from ektp_sched.network.arrays import IntArray
from ektp_sched.rulebook import Report, Violation, check
from ektp_sched.solve import tiers
from ektp_sched.solve.budgeting import budgeted
from ektp_sched.solve.result import Progress, Result, Status, StoppedBy
from ektp_sched.solve.settings import Settings, available_cores
from ektp_sched.solve.warm_up import compile_engine

# Above these sizes the compact model is no longer worth building: in a second or two it proves
# nothing of an office that tours bound closely.
EXACT_ARCS, EXACT_ARCS_PER_SECOND = 4_000, 200
# A search that ends with less than this share of its time left had no time for more.
SPARE_SHARE = 0.05
PROMISED = frozenset({"confirmed", "done"})
CONTRADICTION = N_("the commitments break rules whatever else is planned")

Listener = Callable[[Progress], None]


def solve(
    problem: Problem,
    *,
    time_limit: float = 60,
    gap: float = 0.001,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    warm_start: Plan | None = None,
    baseline: Plan | None = None,
    on_progress: Listener | None = None,
    cancel: CancelToken | None = None,
) -> Result:
    """Find the best plan and prove how good it is.

    Parameters
    ----------
    time_limit
        Seconds in all, once the loops of the first plan are compiled, which the very first run on
        a machine does. In a deterministic run: the solvers' units of work, about a second each.
    gap
        A tier is done when ``|bound − value| / max(1, |value|)`` is at most this.
    workers
        Threads to use; all cores by default, one in a deterministic run.
    deterministic
        Make the same plan again, byte for byte, from the same input and seed.
    warm_start
        A plan to start from; left aside where it breaks rules.
    baseline
        The published plan that term T8 (changes) compares with.
    on_progress
        Called with every better value or bound.
    cancel
        Stops the solve within a second from another thread. Ctrl-C does the same.

    Returns
    -------
    Result
        Its plan has passed the checker.

    Raises
    ------
    SettingsError
        A number is out of range.
    PlanError
        `warm_start` or `baseline` names things that the problem does not know.
    BrokenPlanError
        The plan found breaks a rule: a fault of this library, never a result.
    """
    threads = available_cores() if workers is None else workers
    settings = Settings(time_limit, gap, seed, threads, deterministic)
    with budgeted(settings, cancel) as budget:
        return _Run(problem, baseline, settings, budget, on_progress).result(warm_start)


@dataclass(slots=True)
class _Run:
    """One call of solve()."""

    problem: Problem
    baseline: Plan | None
    settings: Settings
    budget: Budget
    listener: Listener | None
    bounds: list[int | None] = field(default_factory=list)  # by tier, in its own units
    first_plan_seconds: float | None = None

    def result(self, warm_start: Plan | None) -> Result:
        promised = Plan(visits=tuple(v for v in self.problem.commitments if v.status in PROMISED))
        broken = check(self.problem, promised, baseline=self.baseline).violations
        network = build_network(self.problem)
        mendable = _mendable(network.travel) if broken else frozenset()
        if any(violation.rule not in mendable for violation in broken):
            return self._without_plan("infeasible", "commitments", _(CONTRADICTION), broken)
        visits = self._first_plan(network, warm_start, mendable)
        size = compact.arcs_of(network)
        most = min(EXACT_ARCS, int(EXACT_ARCS_PER_SECOND * self.settings.time_limit))
        if size > most:
            reason = _(
                "{size} arcs are more than the exact model takes ({most})",
                size=size,
                most=most,
            )
            method, search = "tours", self._by_tours
        else:
            reason = _(
                "{size} arcs are few enough for the exact model ({most})",
                size=size,
                most=most,
            )
            method, search = "exact", self._exact
        visits, infeasible = search(network, visits)
        if infeasible:
            return self._without_plan("infeasible", method, reason, broken)
        return self._finish(network, visits, method, reason)

    def _first_plan(
        self, network: Network, warm_start: Plan | None, mendable: frozenset[str]
    ) -> list[FixedVisit] | None:
        """The greedy plan, or None where the commitments in it still break a mendable rule."""
        keep: Sequence[FixedVisit] = network.confirmed
        if warm_start is not None and check(self.problem, warm_start).ok:
            firm = (v for v in warm_start.visits if v.status not in {"done", "contingent"})
            keep = index_visits(self.problem, firm, network.team_day_at)
        visits = master.first_plan(network, self.problem.policy.tiers, self.budget, keep=keep)
        plan = plan_of(self.problem, network, visits)
        report = check(self.problem, plan, baseline=self.baseline)
        if any(violation.rule not in mendable for violation in report.violations):
            raise BrokenPlanError(_broken("first", report))
        if not report.ok:
            return None
        self.first_plan_seconds = self.budget.elapsed
        first = self.problem.policy.tiers[0]
        self._tell(first, tiers.value_of(first, report.score), None)
        return visits

    def _exact(
        self, network: Network, start: list[FixedVisit] | None
    ) -> tuple[list[FixedVisit] | None, bool]:
        policy = self.problem.policy
        model = compact.CompactModel(network, policy.tiers, self._published(network))
        visits, outcomes, infeasible = improve(
            model, self.budget, gap=self.settings.gap, start=start, report=self._report
        )
        self._bound_by([outcome.bound for outcome in outcomes])
        if visits is not None and start is not None:
            # Stopped early, it may not have come as far as where it began.
            visits = self._better(network, visits, start)
        return visits, infeasible

    def _by_tours(
        self, network: Network, start: list[FixedVisit] | None
    ) -> tuple[list[FixedVisit] | None, bool]:
        """The tour engine's plan; the first one where that is better: T8 may be left aside."""
        if self.budget.over:
            return start, False
        policy, gap = self.problem.policy.tiers, self.settings.gap
        baseline = self._published(network)
        with self.budget.pause():
            compile_engine()
        engine = master.Engine(network, policy, self.budget, gap, self._report, baseline)
        first = engine.first_plan() if start is None else start
        if first is None:
            return None, engine.infeasible
        visits, bounds = engine.improve(first)
        self._bound_by(bounds)
        return self._better(network, visits, first), False

    def _better(self, network: Network, *plans: list[FixedVisit]) -> list[FixedVisit]:
        """The best of some plans; of equals the first."""
        return max(plans, key=lambda visits: self._reached(network, visits))

    def _published(self, network: Network) -> tuple[FixedVisit, ...]:
        visits = self.baseline.visits if self.baseline else ()
        return index_visits(self.problem, visits, network.team_day_at)

    def _reached(self, network: Network, visits: list[FixedVisit]) -> tuple[int, ...]:
        plan = plan_of(self.problem, network, visits)
        score = check(self.problem, plan, baseline=self.baseline).score
        return tuple(tiers.sum_of(tier, score) for tier in self.problem.policy.tiers)

    def _bound_by(self, totals: Sequence[int | None]) -> None:
        self.bounds = [
            None if total is None else tiers.in_own_units(tier, total)
            for tier, total in zip(self.problem.policy.tiers, totals, strict=False)
        ]

    def _report(self, number: int, value: int, bound: int | None) -> None:
        tier = self.problem.policy.tiers[number]
        own_bound = None if bound is None else tiers.in_own_units(tier, bound)
        self._tell(tier, tiers.in_own_units(tier, value), own_bound)

    def _finish(
        self, network: Network, visits: list[FixedVisit] | None, method: str, reason: str
    ) -> Result:
        if visits is None:
            return self._without_plan("unknown", method, reason)
        plan = plan_of(self.problem, network, visits)
        report = check(self.problem, plan, baseline=self.baseline)
        if not report.ok:
            raise BrokenPlanError(_broken(method, report))
        policy = self.problem.policy.tiers
        bounds = [*self.bounds, *[None] * (len(policy) - len(self.bounds))]
        outcomes = tuple(
            tiers.tier_result(tier, tiers.value_of(tier, report.score), bound)
            for tier, bound in zip(policy, bounds, strict=True)
        )
        widest = tiers.widest_gap(outcomes)
        within = widest is not None and widest <= self.settings.gap
        return Result(
            status="optimal" if within else "feasible",
            plan=plan,
            tiers=outcomes,
            runtime_seconds=self.budget.elapsed,
            stopped_by=self._stopped_by(widest),
            method=method,
            reason=reason,
            first_plan_seconds=self.first_plan_seconds,
        )

    def _without_plan(
        self, status: Status, method: str, reason: str, broken: tuple[Violation, ...] = ()
    ) -> Result:
        return Result(
            status=status,
            plan=None,
            tiers=(),
            runtime_seconds=self.budget.elapsed,
            stopped_by=self._stopped_by(0 if status == "infeasible" else None),
            method=method,
            reason=reason,
            violations=broken,
        )

    def _stopped_by(self, widest: float | None) -> StoppedBy:
        if widest is not None and widest <= self.settings.gap:
            return "gap" if widest > 0 else "optimal"
        if self.budget.token.cancelled:
            return "cancelled"
        spare = self.settings.time_limit * SPARE_SHARE
        return "time_limit" if self.budget.remaining <= spare else "exhausted"

    def _tell(self, tier: tiers.Tier, value: int, bound: int | None) -> None:
        if self.listener is not None:
            gap = None if bound is None else tiers.gap_between(value, bound)
            elapsed, name = self.budget.elapsed, tiers.label(tier)
            self.listener(
                Progress(elapsed_seconds=elapsed, tier=name, value=value, bound=bound, gap=gap)
            )


def _mendable(travel: IntArray) -> frozenset[str]:
    """Rules that commitments may break alone and keep together with more visits.

    R10: others record those whom a small visit leaves over. And where ways [P, P] are no metric,
    driving by way of another school may be shorter.
    """
    detours = (via[:, None] + out - travel for via, out in zip(travel.T, travel, strict=True))
    shorter = any((detour < 0).any() for detour in detours)
    return frozenset({"R10", "R3", "R4", "R5", "R12"} if shorter else {"R10"})


def _broken(method: str, report: Report) -> str:
    faults = "\n".join(f"  {fault.rule} {fault.message}" for fault in report.violations)
    return (
        f"The {method} plan breaks rules; this is a fault of ektp-sched, not of the problem. "
        f"Please report it with the problem file.\n{faults}"
    )
