"""What is asked of a process that measures, and what it answers: values that JSON can hold."""

from typing import Literal, TypedDict

from ektp_sched.domain.scalars import Value

OURS = "ektp-sched"


class Target(Value):
    """What a published case is compared with, and what that is: published, or an upper bound."""

    family: str
    tours: int
    value: int
    source: Literal["published", "proved upper bound"]


class Settings(TypedDict):
    """What solve(), plan_offices() and share_out() are all told."""

    time_limit: float
    gap: float
    seed: int
    workers: int
    deterministic: bool


class Job(Value):
    """One case for one solver."""

    suite: str
    case: str
    seed: int
    solver: str = OURS
    seconds: float
    gap: float = 0.001
    workers: int
    deterministic: bool = False  # `seconds` are units of work then
    data: str = ""  # folder of instances, for a suite whose cases are files
    target: Target | None = None

    @property
    def settings(self) -> Settings:
        """How this library is to do it."""
        return Settings(
            time_limit=self.seconds,
            gap=self.gap,
            seed=self.seed,
            workers=self.workers,
            deterministic=self.deterministic,
        )


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


class Standing(Value):
    """How the published cases of a family stand, all of them or those of some number of tours.

    A case fails without a plan that the checker lets pass; it counts in `cases` alone. `mean_gap`
    is the mean of (target − value) / target; a case is proved where the bound is the value, and
    `upper_bounds` counts those whose target is a proved upper bound, not a published value.
    """

    family: str
    tours: int | None
    cases: int
    failed: int
    mean_gap: float | None
    equalled: int
    beaten: int
    proved: int
    upper_bounds: int


class Record(Value):
    """All that one command measured, with what is needed to measure it again."""

    date: str
    command: str
    versions: dict[str, str]
    machine: dict[str, str | int]
    entries: tuple[Entry, ...]
    standings: tuple[Standing, ...] = ()
