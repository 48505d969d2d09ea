"""Several solves that share the budget of one request."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ektp_sched.desk.promises import committed_to, place_of, with_status
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.solve import Progress, Result, solve
from ektp_sched.solve.settings import Settings, available_cores

LEAST_SECONDS = 1.0  # for the loops to be loaded and a first plan be made

Listener = Callable[[Progress], None]


def budget_of(
    time_limit: float,
    *,
    seed: int,
    workers: int | None,
    deterministic: bool,
    cancel: CancelToken | None,
    gap: float = 0.0,
) -> Budget:
    """The budget of a request; see solve() for the numbers.

    Raises
    ------
    SettingsError
        One is out of range.
    """
    threads = available_cores() if workers is None else workers
    Settings(time_limit, gap, seed, threads, deterministic)
    return Budget(time_limit, token=cancel, deterministic=deterministic, workers=threads, seed=seed)


def solve_within(
    budget: Budget,
    problem: Problem,
    seconds: float,
    *,
    gap: float = 0.0,
    start: Plan | None = None,
    published: Plan | None = None,
    on_progress: Listener | None = None,
    cancel: CancelToken | None = None,
) -> Result:
    """solve() in some seconds (or units of work) of a budget, which are not charged to it.

    `cancel` stops this solve alone; by default it stops with the budget.
    """
    return solve(
        problem,
        time_limit=seconds,
        gap=gap,
        seed=budget.seed,
        workers=budget.workers,
        deterministic=budget.deterministic,
        warm_start=start,
        baseline=published,
        on_progress=on_progress,
        cancel=cancel or budget.token,
    )


@dataclass(frozen=True, slots=True)
class Search:
    """Solves around visits that stay, one after the other."""

    budget: Budget
    gap: float
    on_progress: Listener | None

    @property
    def over(self) -> bool:
        """Whether no more solve should begin. A deterministic search does not mind the time."""
        return self.budget.token.cancelled or (not self.budget.deterministic and self.budget.over)

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
        seconds = share * self.budget.remaining
        self.budget.charge(seconds)
        promised = committed_to(problem, firm)
        return solve_within(
            self.budget,
            promised,
            max(seconds, min(LEAST_SECONDS, self.budget.limit)),
            gap=self.gap,
            start=None if start is None else _marked(start, promised),
            published=published,
            on_progress=self.on_progress,
        )


def as_agreed(plan: Plan, statuses: Iterable[Visit]) -> Plan:
    """A plan whose visits have the status that they have in `statuses`, "proposed" elsewhere."""
    known = {place_of(visit): visit.status for visit in statuses}
    visits = (with_status(v, known.get(place_of(v), "proposed")) for v in plan.visits)
    return Plan(visits=tuple(visits))


def _marked(plan: Plan, promised: Problem) -> Plan:
    """The plan with the statuses that the problem's commitments ask for."""
    return as_agreed(plan, promised.commitments)
