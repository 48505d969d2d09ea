"""Several solves that share one time limit and one cancel token."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ektp_sched.budget import Budget, CancelToken
from ektp_sched.desk.promises import committed_to, place_of, with_status
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.solve import Progress, Result, solve

LEAST_SECONDS = 1.0  # for the loops to be loaded and a first plan be made


@dataclass(slots=True)
class Search:
    """The arguments that the solves of one request have in common; see solve() for them."""

    time_limit: float
    gap: float
    seed: int
    workers: int | None
    deterministic: bool
    on_progress: Callable[[Progress], None] | None
    token: CancelToken
    clock: Budget = field(init=False)
    units: float = field(init=False)  # of work, left in a deterministic search

    def __post_init__(self) -> None:
        self.clock = Budget(self.time_limit, token=self.token)
        self.units = self.time_limit

    @property
    def over(self) -> bool:
        """Whether no more solve should begin. A deterministic search does not mind the clock."""
        return self.token.cancelled or (not self.deterministic and self.clock.over)

    def solve(
        self,
        problem: Problem,
        held: Iterable[Visit],
        *,
        share: float,
        start: Plan | None = None,
        published: Plan | None = None,
    ) -> Result:
        """Plan around visits that stay as they are, in a share of the time left.

        A deterministic search counts every share as used up.
        """
        firm = [one if one.status == "done" else with_status(one, "confirmed") for one in held]
        seconds = share * (self.units if self.deterministic else self.clock.remaining)
        self.units = max(0.0, self.units - seconds)
        promised = committed_to(problem, firm)
        return solve(
            promised,
            time_limit=max(seconds, min(LEAST_SECONDS, self.time_limit)),
            gap=self.gap,
            seed=self.seed,
            workers=self.workers,
            deterministic=self.deterministic,
            warm_start=None if start is None else _marked(start, promised),
            baseline=published,
            on_progress=self.on_progress,
            cancel=self.token,
        )


def as_agreed(plan: Plan, statuses: Iterable[Visit]) -> Plan:
    """A plan whose visits have the status that they have in `statuses`, "proposed" elsewhere."""
    known = {place_of(visit): visit.status for visit in statuses}
    visits = (with_status(v, known.get(place_of(v), "proposed")) for v in plan.visits)
    return Plan(visits=tuple(visits))


def _marked(plan: Plan, promised: Problem) -> Plan:
    """The plan with the statuses that the problem's commitments ask for."""
    return as_agreed(plan, promised.commitments)
