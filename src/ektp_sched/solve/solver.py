"""solve(): from a problem to a checked plan with a bound for each tier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ektp_sched.domain import Plan, Problem
from ektp_sched.engine.bounds import Bounds, is_within
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.cpsat import improve
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.exact.model import CompactModel, arcs_of
from ektp_sched.engine.instance import FixedVisit, Network, build_network, index_visits, plan_of
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.errors import BrokenPlanError
from ektp_sched.rulebook import Report, Violation, check
from ektp_sched.solve.canonical import canonical_plan, shortened
from ektp_sched.solve.result import (
    Progress,
    Result,
    Status,
    StoppedBy,
    Tier,
    sum_of,
    tier_result,
    tier_results,
    widest_gap,
)
from ektp_sched.solve.settings import Method, Settings, available_cores, budgeted
from ektp_sched.solve.warm_up import compile_engine, telling
from ektp_sched.texts.language import N_, _

# Above these sizes the compact model is no longer worth building: in a second or two it proves
# nothing of an office that tours bound closely.
EXACT_ARCS, EXACT_ARCS_PER_SECOND = 4_000, 200
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
    method: Method = "auto",
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
        Make the same plan again, byte for byte, from the same input, version and settings, on any
        number of cores.
    method
        "exact" (one model of everything, for small problems), "tours" (for all sizes) or "auto".
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
        Its plan has passed the checker. `faults` tells what of the solver's did not: a bound that
        was passed is left out, a plan that broke rules gave way to the one before.

    Raises
    ------
    SettingsError
        A number is out of range.
    PlanError
        `warm_start` or `baseline` names things that the problem does not know.
    BrokenPlanError
        No plan that was found keeps all rules: a fault of this library, never a result.
    """
    threads = available_cores() if workers is None else workers
    settings = Settings(time_limit, gap, seed, threads, deterministic, method)
    with budgeted(settings, cancel, _compiling(on_progress)) as budget:
        return _Run(problem, baseline, settings, budget, on_progress).result(warm_start)


@dataclass(slots=True)
class _Run:
    """One call of solve()."""

    problem: Problem
    baseline: Plan | None
    settings: Settings
    budget: Budget
    listener: Listener | None
    bounds: Bounds = field(init=False)
    faults: list[str] = field(default_factory=list)  # of this library, in words
    # Visits that stay where they are if the plan has them: published ones, and the warm start's.
    unchanged: frozenset[FixedVisit] = frozenset()
    settled: frozenset[FixedVisit] = frozenset()
    first_plan_seconds: float | None = None
    exhausted: bool = False  # the search ended of itself

    def __post_init__(self) -> None:
        self.bounds = Bounds(len(self.policy))

    @property
    def policy(self) -> Sequence[Tier]:
        """The tiers."""
        return self.problem.policy.tiers

    def result(self, warm_start: Plan | None) -> Result:
        promised = Plan(visits=tuple(v for v in self.problem.commitments if v.status in PROMISED))
        broken = check(self.problem, promised, baseline=self.baseline).violations
        network = build_network(self.problem)
        mendable = _mendable(network.travel) if broken else frozenset()
        if any(violation.rule not in mendable for violation in broken):
            return self._without_plan("infeasible", "commitments", _(CONTRADICTION), broken)
        if any(item.term == "changes" for tier in self.policy for item in tier):
            self.unchanged = frozenset(self._published(network))
        first = self._first_plan(network, warm_start, mendable)
        method, reason = self._method(network)
        search = self._by_tours if method == "tours" else self._exact
        visits, infeasible = search(network, first)
        if infeasible:
            return self._without_plan("infeasible", method, reason, broken)
        plans = [one for one in (first, visits) if one is not None]
        if not plans:
            return self._without_plan("unknown", method, reason)
        return self._finish(network, plans, method, reason)

    def _method(self, network: Network) -> tuple[Method, str]:
        """The method to use, and why."""
        if self.settings.method != "auto":
            return self.settings.method, _("as was asked for")
        size = arcs_of(network)
        most = min(EXACT_ARCS, int(EXACT_ARCS_PER_SECOND * self.settings.time_limit))
        if size > most:
            text = _(
                "{size} arcs are more than the exact model takes ({most})", size=size, most=most
            )
            return "tours", text
        text = _("{size} arcs are few enough for the exact model ({most})", size=size, most=most)
        return "exact", text

    def _first_plan(
        self, network: Network, warm_start: Plan | None, mendable: frozenset[str]
    ) -> list[FixedVisit] | None:
        """The greedy plan, or None where the commitments in it still break a mendable rule."""
        keep: Sequence[FixedVisit] = network.confirmed
        if warm_start is not None and check(self.problem, warm_start).ok:
            firm = (v for v in warm_start.visits if v.status not in {"done", "contingent"})
            keep = index_visits(self.problem, firm, network.team_day_at)
            fixed = self.unchanged.union(network.confirmed)
            keep = [v if v in fixed else shortened(network, v) for v in keep]
            self.settled = frozenset(keep)
        visits = first_plan(network, self.policy, self.budget, keep=keep)
        plan = plan_of(self.problem, network, visits)
        report = check(self.problem, plan, baseline=self.baseline)
        if any(violation.rule not in mendable for violation in report.violations):
            self.faults.append(_broken("first", report))
            return None if mendable else list(network.confirmed)
        if not report.ok:
            return None
        self.first_plan_seconds = self.budget.elapsed
        self._report(0, sum_of(self.policy[0], report.score), None)
        return visits

    def _exact(
        self, network: Network, start: list[FixedVisit] | None
    ) -> tuple[list[FixedVisit] | None, bool]:
        model = CompactModel(network, self.policy, self._published(network))
        model.keep_stays_short()
        visits, reached, infeasible = improve(
            model,
            self.budget,
            gap=self.settings.gap,
            start=start,
            report=self._report,
            bounds=self.bounds,
        )
        self.exhausted = len(reached) == len(self.policy) and all(
            is_within(value, self.bounds.best(number, reached), self.settings.gap)
            for number, value in enumerate(reached)
        )
        return visits, infeasible

    def _by_tours(
        self, network: Network, start: list[FixedVisit] | None
    ) -> tuple[list[FixedVisit] | None, bool]:
        """The tour engine's plan, and whether it is proven that there is none."""
        if self.budget.over:
            return start, False
        policy, gap = self.policy, self.settings.gap
        baseline = self._published(network)
        with self.budget.pause(), telling(_compiling(self.listener)):
            compile_engine()
        engine = Engine(network, policy, self.budget, gap, self._report, baseline)
        first = engine.first_plan() if start is None else start
        if first is None:
            return None, engine.infeasible
        visits = engine.improve(first)
        self.bounds, self.exhausted = engine.bounds, engine.is_closed
        return visits, False

    def _published(self, network: Network) -> tuple[FixedVisit, ...]:
        visits = self.baseline.visits if self.baseline else ()
        return index_visits(self.problem, visits, network.team_day_at)

    def _report(self, number: int, total: int, bound: int | None) -> None:
        tier = self.policy[number]
        if self.listener is not None:
            told = tier_result(tier, total, bound)
            self.listener(
                Progress(
                    elapsed_seconds=self.budget.elapsed,
                    tier=told.term,
                    value=told.value,
                    bound=told.bound,
                    gap=told.gap,
                )
            )

    def _finish(
        self, network: Network, plans: Sequence[list[FixedVisit]], method: str, reason: str
    ) -> Result:
        plan, report = self._best_shown(network, plans, method)
        sums = [sum_of(tier, report.score) for tier in self.policy]
        bounds = [self.bounds.best(number, sums) for number in range(len(sums))]
        outcomes, doubts = tier_results(self.policy, report.score, bounds)
        widest = widest_gap(outcomes)
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
            faults=(*self.faults, *doubts),
            problem_fingerprint=self.problem.fingerprint,
        )

    def _best_shown(
        self, network: Network, plans: Sequence[list[FixedVisit]], method: str
    ) -> tuple[Plan, Report]:
        """The best of some plans that the checker lets pass, as it is shown; of equals the first.

        Stopped early, a search may not have come as far as where it began.
        """
        found = []
        for visits in plans:
            plan = canonical_plan(
                self.problem, network, visits, unchanged=self.unchanged, settled=self.settled
            )
            report = check(self.problem, plan, baseline=self.baseline)
            if report.ok:
                found.append((plan, report))
            else:
                self.faults.append(_broken(method, report))
        if not found:
            raise BrokenPlanError("\n".join(self.faults))
        return max(found, key=lambda one: [sum_of(tier, one[1].score) for tier in self.policy])

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
            problem_fingerprint=self.problem.fingerprint,
        )

    def _stopped_by(self, widest: float | None) -> StoppedBy:
        if widest is not None and widest <= self.settings.gap:
            return "gap" if widest > 0 else "optimal"
        if self.budget.token.cancelled:
            return "cancelled"
        return "exhausted" if self.exhausted else "time_limit"


def _compiling(listener: Listener | None) -> Callable[[float], None] | None:
    """What tells a listener how far compiling is."""
    if listener is None:
        return None

    def tell(share: float) -> None:
        listener(Progress(elapsed_seconds=0, stage="compiling", share=share))

    return tell


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
