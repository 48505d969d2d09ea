"""A published case solved by the tour engine and judged by the checker of its family."""

import time
from pathlib import Path

from benchmarks.published import checker
from benchmarks.published.arrays import mapped, tours_of
from benchmarks.published.catalogue import catalogue
from benchmarks.record import Job, Outcome, Step, Target, Tier
from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.search.insertion import first_plan

SCORE = ((WeightedTerm(term="students"),),)
TERM = "score"


def solve_published(job: Job) -> Outcome:
    """Make a first plan, improve it, and note every step."""
    instance = catalogue(Path(job.data))[job.case].read()
    one = mapped(instance)
    network, steps, begun = one.network, list[Step](), time.perf_counter()

    def note(_tier: int, value: int, bound: int | None) -> None:
        proven = None if bound is None else bound * one.unit
        step = Step(seconds=_since(begun), tier=TERM, value=value * one.unit, bound=proven)
        steps.append(step)

    budget = Budget(
        job.seconds, workers=job.workers, seed=job.seed, deterministic=job.deterministic
    )
    visits = first_plan(network, SCORE, budget)
    first_plan_seconds = _since(begun)
    first_score = checker.score(instance, tours_of(network, visits))
    steps.append(Step(seconds=first_plan_seconds, tier=TERM, value=first_score, bound=None))
    engine = Engine(network, SCORE, budget, job.gap, note)
    visits = engine.improve(visits)
    seconds, tours = _since(begun), tours_of(network, visits)
    faults = tuple(checker.faults(instance, tours))
    reached = Outcome(
        status="broken" if faults else "feasible",
        stopped_by="time_limit" if budget.over else "exhausted",
        method="tours",
        visits=len(visits),
        faults=faults,
        first_plan_seconds=first_plan_seconds,
        seconds=seconds,
        steps=tuple(steps),
    )
    if faults:
        return reached
    bound = engine.bounds.best(0, [])
    proven = None if bound is None else bound * one.unit
    return judged(reached, checker.score(instance, tours), proven, job.target)


def judged(reached: Outcome, value: int, bound: int | None, target: Target | None) -> Outcome:
    """An outcome with the value and bound of an allowed plan, unless they contradict each other.

    A plan above our own bound, or above one that others proved, is a fault in one of them. A bound
    below a published value is noted: that value may not be reachable in the file as it is.
    """
    uppers = [] if bound is None else [("bound", bound)]
    if target and target.source != "published":
        uppers.append((target.source, target.value))
    faults = tuple(f"{value} passes the {name} {upper}" for name, upper in uppers if upper < value)
    if faults:
        return reached.model_copy(update={"status": "broken", "faults": faults})
    tier = Tier(term=TERM, sense="max", value=value, bound=bound)
    if bound is not None:
        tier = tier.model_copy(update={"gap": (bound - value) / max(1, value)})
    update: dict[str, object] = {"tiers": (tier,)}
    if bound == value:
        update |= {"status": "optimal", "stopped_by": "optimal"}
    if bound is not None and target and bound < target.value:
        update["notes"] = f"the bound {bound} is below the {target.source} value {target.value}"
    return reached.model_copy(update=update)


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)
