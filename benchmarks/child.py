"""One job in a process of its own: ``python -m benchmarks.child JOB.json OUTCOME.json``."""

import resource
import sys
import traceback
from pathlib import Path

from benchmarks import peers
from benchmarks.record import OURS, Job, Outcome
from benchmarks.suites import SUITES

KIB_PER_MIB = 1024


def outcome_of(job: Job) -> Outcome:
    """Do the job; an exception is an outcome too."""
    suite = SUITES[job.suite]
    try:
        if job.solver == OURS or suite.make is None:
            return suite.solve(job)
        return peers.solve(suite.make(job.case, job.seed), job)
    except Exception as error:
        traceback.print_exc()
        return Outcome(status="error", faults=(f"{type(error).__name__}: {error}",))


def peak_mib() -> float:
    """Most memory that this process held, and the largest of those it started beside it."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(sum(usage.ru_maxrss for usage in usages) / KIB_PER_MIB, 1)


def main(job_file: str, outcome_file: str) -> None:
    """Read the job, do it, write the outcome."""
    job = Job.model_validate_json(Path(job_file).read_text(encoding="utf-8"))
    outcome = outcome_of(job).model_copy(update={"peak_mib": peak_mib()})
    Path(outcome_file).write_text(outcome.model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
