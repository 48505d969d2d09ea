"""What is asked of a process that measures, and what it answers: values that JSON can hold."""

from ektp_sched.domain.scalars import Value

OURS = "ektp-sched"


class Job(Value):
    """One case for one solver."""

    suite: str
    case: str
    seed: int
    solver: str = OURS
    seconds: float
    gap: float = 0.001
    workers: int


class Tier(Value):
    """What a plan reaches in one tier, and the bound proven for it."""

    term: str
    sense: str
    value: int
    bound: int | None = None
    gap: float | None = None


class Step(Value):
    """A better value or bound while a solve runs."""

    seconds: float
    tier: str
    value: int | None
    bound: int | None


class Outcome(Value):
    """The end of one job.

    `faults` are what the checker objects to, or where two ways of solving disagree; a plan with
    faults has no tiers, so that it is never counted. `seconds` is the wall-clock of the solve alone
    and `peak_mib` the most memory that the process (and those it started) ever held.
    """

    status: str
    stopped_by: str = ""
    method: str = ""
    tiers: tuple[Tier, ...] = ()
    visits: int = 0
    faults: tuple[str, ...] = ()
    first_plan_seconds: float | None = None
    seconds: float | None = None
    peak_mib: float | None = None
    steps: tuple[Step, ...] = ()
    notes: str = ""


class Entry(Value):
    """A job and its outcome."""

    job: Job
    outcome: Outcome


class Record(Value):
    """All that one command measured, with what is needed to measure it again."""

    date: str
    command: str
    versions: dict[str, str]
    machine: dict[str, str | int]
    entries: tuple[Entry, ...]
