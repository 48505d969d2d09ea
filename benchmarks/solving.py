"""A case solved by this library and judged by the checker."""

import time
from collections.abc import Iterable
from itertools import takewhile
from typing import Literal

import ektp_sched  # its solver, which is heavy, is loaded where it is first used
from benchmarks.record import Job, Outcome, Step, Tier
from ektp_sched.domain import Plan, Problem

EXACT_SECONDS = 60


def solve_made(problem: Problem, job: Job, *, method: Literal["auto", "tours"] = "auto") -> Outcome:
    """Solve a problem and note every step."""
    solve = ektp_sched.solve  # loaded before the clock starts
    steps: list[Step] = []

    def note(progress: ektp_sched.Progress) -> None:
        seconds = round(progress.elapsed_seconds, 3)
        step = Step(seconds=seconds, tier=progress.tier, value=progress.value, bound=progress.bound)
        steps.append(step)

    begun = time.perf_counter()
    result = solve(problem, on_progress=note, method=method, **job.settings)
    seconds = time.perf_counter() - begun
    faults = faults_of(problem, result.plan)
    return Outcome(
        status=result.status,
        stopped_by=result.stopped_by,
        method=result.method,
        tiers=() if faults else _tiers(result),
        visits=len(result.plan.visits) if result.plan else 0,
        faults=faults,
        first_plan_seconds=result.first_plan_seconds,
        seconds=round(seconds, 3),
        steps=tuple(steps),
    )


def solve_twice(problem: Problem, job: Job) -> Outcome:
    """Solve a small problem by tours, and hold plan and bounds against the exact model."""
    outcome = solve_made(problem, job.model_copy(update={"gap": 0.0}), method="tours")
    best = ektp_sched.solve(problem, time_limit=EXACT_SECONDS, gap=0, workers=job.workers)
    proven = tuple(takewhile(lambda tier: tier.gap == 0, _tiers(best)))
    faults = outcome.faults + tuple(disagreements(outcome.tiers, proven))
    notes = f"compared with the exact model: {len(proven)} of {len(problem.policy.tiers)} tiers"
    return outcome.model_copy(update={"faults": faults, "notes": notes})


def faults_of(problem: Problem, plan: Plan | None) -> tuple[str, ...]:
    """Every rule that a plan breaks, in words."""
    if plan is None:
        return ()
    report = ektp_sched.check(problem, plan)
    return tuple(f"{broken.rule} {broken.where}: {broken.message}" for broken in report.violations)


def disagreements(mine: Iterable[Tier], proven: Iterable[Tier]) -> Iterable[str]:
    """Where a result is not the optimum of the first tiers: another value, or a bound passed.

    A tier's bound holds for plans as good in the tiers before, so the first tier that falls short
    ends the comparison.
    """
    for tier, other in zip(mine, proven, strict=False):
        sign = 1 if tier.sense == "max" else -1
        if tier.bound is not None and sign * tier.bound < sign * other.value:
            yield f"{tier.term}: the optimum {other.value} passes the bound {tier.bound}"
        if tier.value != other.value:
            yield f"{tier.term}: {tier.value}, where the optimum is {other.value}"
            return


def _tiers(result: ektp_sched.Result) -> tuple[Tier, ...]:
    return tuple(Tier(**tier.model_dump(exclude={"parts"})) for tier in result.tiers)
