"""Jobs one after the other, each in a fresh process, so that start and memory are honest.

This process stays small: on Linux a process begins with the peak memory of the one that starts it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.record import Entry, Job, Outcome

ROOT = Path(__file__).parent.parent
COMPILE_SECONDS = 300
GRACE_SECONDS = 300  # beside the time limit: start, the exact model, the checker


def run(job: Job) -> Outcome:
    """Do one job in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        job_file, outcome_file = Path(folder, "job.json"), Path(folder, "outcome.json")
        job_file.write_text(job.model_dump_json(), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.child", str(job_file), str(outcome_file)]
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=3 * job.seconds + GRACE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(status="error", faults=("killed: far beyond its time limit",))
        if not outcome_file.exists():
            last = done.stderr.strip().splitlines()[-1:] or [""]
            return Outcome(status="error", faults=(f"ended with {done.returncode}: {last[0]}",))
        return Outcome.model_validate_json(outcome_file.read_text(encoding="utf-8"))


def run_all(jobs: Sequence[Job]) -> Iterator[Entry]:
    """Do the jobs in turn; Ctrl-C ends with those that are done."""
    try:
        for job in jobs:
            yield Entry(job=job, outcome=run(job))
    except KeyboardInterrupt:
        return


def warm_up(workers: int) -> None:
    """Let numba compile once and fill its cache, so that no measured run pays for it.

    The first run is done in a second unless it compiles, and has time for that. The second one
    cannot end before it comes to improving plans, which the first one need not do.
    """
    job = Job(suite="core", case="40x2x10", seed=0, seconds=COMPILE_SECONDS, workers=workers)
    run(job)
    run(job.model_copy(update={"seconds": 4, "gap": 0.0}))
