"""How many pupils of one school can be recorded beside visits that are kept: asked by solving."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ektp_sched.budget import Budget, CancelToken
from ektp_sched.desk.explaining.beside import beside
from ektp_sched.desk.explaining.rooms import TeamDay, ceiling, team_days
from ektp_sched.desk.promises import in_order, place_of
from ektp_sched.domain import Plan, Problem, School, Visit
from ektp_sched.rulebook.facts import Index
from ektp_sched.solve import Progress, Result, solve

# No single solve may take more than this share of the time.
SHARE = 0.1
# Units that a deterministic run counts for each solve.
UNITS_PER_SOLVE = 0.1


@dataclass(frozen=True, slots=True)
class Served:
    """What a school gets in the best plan found beside the kept visits.

    `recorded` pupils in `visits`, the kept ones of the school among them; `most` is the proven
    most, None where nothing is proven. `plan` is the kept visits and the new ones, None where no
    plan with the kept visits was found.
    """

    recorded: int
    most: int | None
    visits: tuple[Visit, ...]
    plan: Plan | None

    @property
    def proven(self) -> bool:
        """Whether no plan serves the school more."""
        return self.most == self.recorded


@dataclass(slots=True)
class Serving:
    """Asks how well a school can be served, within one budget."""

    budget: Budget
    share: float = SHARE
    _limit: float = field(init=False)

    def __post_init__(self) -> None:
        self._limit = self.budget.remaining * self.share

    def best(
        self,
        problem: Problem,
        school: School,
        kept: Sequence[Visit],
        *,
        moving: Visit | None = None,
    ) -> Served:
        """The most pupils of the school beside the kept visits; see `beside()` for `moving`.

        Nothing is proven about a plan in which another visit moves.
        """
        own = tuple(visit for visit in kept if visit.school == school.id)
        had = sum(visit.recorded for visit in own)
        if self.budget.over:
            return Served(had, None, own, None)
        index = Index(problem)
        days = team_days(index, school, kept)
        closed = _full(days, school)
        most = ceiling(school, days, own)
        if moving:
            other = index.schools[moving.school]
            closed &= _full(team_days(index, other, kept), other)
        reduced = beside(problem, school.id, kept, closed=closed, moving=moving)
        result = self._solved(reduced, None if moving else most)
        if result.plan is None:
            return Served(had, None, own, None)
        known = {place_of(visit) for visit in kept}
        new = [visit for visit in result.plan.visits if place_of(visit) not in known]
        visits = tuple(sorted((*own, *(v for v in new if v.school == school.id)), key=in_order))
        plan = Plan(visits=tuple(sorted((*kept, *new), key=in_order)))
        bound = None if moving else min(most, _given(result.tiers[0].bound, most))
        return Served(sum(visit.recorded for visit in visits), bound, visits, plan)

    def _solved(self, problem: Problem, most: int | None) -> Result:
        """Solve, and stop as soon as so many pupils are recorded as can be at most."""
        token = _Either(self.budget.token)

        def stop_at_most(step: Progress) -> None:
            if most is not None and step.value is not None and step.value >= most:
                token.cancel()

        self.budget.charge(UNITS_PER_SOLVE)
        return solve(
            problem,
            time_limit=max(1e-3, min(self._limit, self.budget.remaining)),
            gap=0,
            seed=self.budget.seed,
            workers=self.budget.workers,
            deterministic=self.budget.deterministic,
            on_progress=stop_at_most,
            cancel=token,
        )


def _full(days: Sequence[TeamDay], school: School) -> frozenset[tuple[str, date]]:
    """Team-days with visits of other schools only, and no room for this one."""
    return frozenset(
        (day.team.id, day.date)
        for day in days
        if day.kept and not day.most() and all(one.school != school.id for one in day.kept)
    )


def _given(bound: int | None, otherwise: int) -> int:
    return otherwise if bound is None else bound


class _Either(CancelToken):
    """A token that another one cancels too."""

    def __init__(self, other: CancelToken) -> None:
        super().__init__()
        self._other = other

    @property
    def cancelled(self) -> bool:
        """Whether this one or the other was cancelled."""
        return super().cancelled or self._other.cancelled
