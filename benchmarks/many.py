"""Many offices: a made country planned, or a pool of blanks shared out among its offices."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import Country
from benchmarks.record import Job, Outcome, Tier
from benchmarks.solving import faults_of
from ektp_sched.files import load_problem, save_problem
from ektp_sched.offices import Pool, Sharing, plan_offices, share_out
from ektp_sched.offices.planning import with_deliveries
from ektp_sched.offices.pool import deliveries_of
from ektp_sched.offices.record import floors_of, gap_of, record_of

TERM = "students"


def plan_country(job: Job) -> Outcome:
    """Plan all offices, each in one of as many processes as there are workers."""
    value = bound = visits = 0
    faults: list[str] = []
    with TemporaryDirectory() as folder:
        files = _files(Country(int(job.case), job.seed), Path(folder))
        begun = time.perf_counter()
        for done in plan_offices(files, **job.settings):
            problem = load_problem(files[done.office])
            plan = None if done.result is None else done.result.plan
            told = [done.failure] if done.failure else faults_of(problem, plan)
            faults += (f"{done.office}: {fault}" for fault in told)
            record = record_of(problem, done, province="", sent=0)
            value, bound = value + record.value, bound + record.bound
            visits += len(plan.visits) if plan else 0
        seconds = time.perf_counter() - begun
    return _outcome(value, bound, seconds, faults).model_copy(update={"visits": visits})


def share_pool(job: Job) -> Outcome:
    """Share the pool out among all offices; hold it against today's rules and its own limits."""
    country = Country(int(job.case), job.seed)
    pool = country.pool()
    with TemporaryDirectory() as folder:
        files = _files(country, Path(folder))
        begun = time.perf_counter()
        sharing = share_out(pool, files, **job.settings)
        seconds = time.perf_counter() - begun
        faults = list(faults_of_sharing(pool, sharing, files))
    outcome = _outcome(sharing.pupils, sharing.bound, seconds, faults)
    return outcome.model_copy(update={"notes": "; ".join(_beside_rules(sharing))})


def _files(country: Country, folder: Path) -> dict[str, Path]:
    """The offices' problems, written to a folder."""
    files = {}
    for name, problem in country.offices():
        files[name] = folder / f"{name}.json"
        save_problem(files[name], problem)
    return files


def _outcome(value: int, bound: int, seconds: float, faults: list[str]) -> Outcome:
    if bound < value:
        faults = [*faults, f"{value} passes the bound {bound}"]
    tier = Tier(term=TERM, sense="max", value=value, bound=bound, gap=gap_of(value, bound))
    return Outcome(
        status="broken" if faults else "feasible",
        tiers=() if faults else (tier,),
        faults=tuple(faults),
        seconds=round(seconds, 3),
    )


def faults_of_sharing(pool: Pool, sharing: Sharing, files: Mapping[str, Path]) -> Iterator[str]:
    """Offices that failed, floors not kept, and plans that break a rule."""
    for office, failure in sharing.failures.items():
        yield f"{office}: {failure}"
    for floor in floors_of(pool, sharing):
        if floor.cards < floor.least:
            yield f"{floor.province}: {floor.cards} cards, where the floor is {floor.least}"
    sent = deliveries_of(sharing.shipments)
    for office, plan in sharing.plans.items():
        problem = with_deliveries(load_problem(files[office]), sent[office])
        yield from (f"{office}: {fault}" for fault in faults_of(problem, plan))


def _beside_rules(sharing: Sharing) -> Iterator[str]:
    for rule in sharing.rules:
        ahead, proven = sharing.pupils - rule.pupils, sharing.pupils - rule.bound
        theirs = f"by {rule.rule} {rule.pupils:,} (at most {rule.bound:,})"
        yield f"{theirs}: ahead by {ahead:,} (at least {proven:,})"
