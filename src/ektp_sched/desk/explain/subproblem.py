"""How many pupils of one school can be recorded beside visits that are kept: asked by solving."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from ektp_sched.desk.explain.gaps import TeamDay, ceiling, team_days
from ektp_sched.desk.promises import in_order, place_of, with_status
from ektp_sched.desk.searching import solve_within
from ektp_sched.domain import (
    Closed,
    ExtraHours,
    Plan,
    Policy,
    Problem,
    School,
    Travel,
    Visit,
    WeightedTerm,
)
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.rulebook.facts import Index
from ektp_sched.solve import Progress, Result

PUPILS_ONLY = Policy(tiers=((WeightedTerm(term="students"),),))
FIRST = 1_000
"""A priority above all pupils of the school together."""
TeamDayKey = tuple[str, date]
"""A team's id and a date."""


def beside(
    problem: Problem,
    school: str,
    kept: Sequence[Visit],
    *,
    closed: Set[TeamDayKey] = frozenset(),
    moving: Visit | None = None,
) -> Problem:
    """The problem whose plans are the kept visits and any more of that school.

    The one aim is the number of its pupils; a done visit keeps its status, the others are
    confirmed.

    Parameters
    ----------
    closed
        Team-days without room for the school: nobody works on them, and their visits are history,
        which draws the same blanks. That keeps the problem small.
    moving
        A visit of another school, not among the kept ones, for whose pupils another one must be
        found: they come first.
    """
    history = (
        with_status(visit, "done")
        if (visit.team, visit.date) in closed or visit.status == "done"
        else with_status(visit, "confirmed")
        for visit in kept
    )
    schools = tuple(_only_kept(problem.schools, school, kept, moving))
    known = {base.id for base in problem.bases} | {one.id for one in schools}
    return problem.model_copy(
        update={
            "schools": schools,
            "teams": tuple(
                team.model_copy(update={"off": (*team.off, *_off(closed, team.id))})
                for team in problem.teams
            ),
            "travel": _between(problem.travel, known),
            "policy": PUPILS_ONLY,
            "commitments": tuple(history),
        }
    )


def timeless(visits: Iterable[Visit], school: str) -> list[Visit]:
    """The visits with those of other schools as history: they draw blanks and take no time."""
    return [with_status(one, "done") if one.school != school else one for one in visits]


def _off(closed: Iterable[TeamDayKey], team: str) -> list[Closed]:
    return [Closed(start=day, end=day) for name, day in sorted(closed) if name == team]


def _only_kept(
    schools: Iterable[School], school: str, kept: Sequence[Visit], moving: Visit | None
) -> Iterable[School]:
    """The school with its pupils, and of others just the pupils and times of their kept visits."""
    for one in schools:
        visits = [visit for visit in kept if visit.school == one.id]
        if one.id == school:
            cohorts = (cohort.model_copy(update={"priority": 1}) for cohort in one.cohorts)
            yield one.model_copy(update={"cohorts": tuple(cohorts)})
        elif moving and one.id == moving.school:
            yield _pending(one, visits, moving)
        elif visits:
            yield _frozen(one, visits)


def _pending(school: School, visits: Sequence[Visit], moving: Visit) -> School:
    """A school with its hours and one visit to come, for the pupils of the one that moves."""
    frozen = _frozen(school, [*visits, moving])
    cohorts = (cohort.model_copy(update={"priority": FIRST}) for cohort in frozen.cohorts)
    return school.model_copy(
        update={"cohorts": tuple(cohorts), "max_visits": min(school.max_visits, len(visits) + 1)}
    )


def _frozen(school: School, visits: Sequence[Visit]) -> School:
    recorded: Counter[str] = Counter()
    for visit in visits:
        recorded.update(visit.students)
    hours = {(visit.date, visit.start, visit.end) for visit in visits}
    return school.model_copy(
        update={
            "cohorts": tuple(
                cohort.model_copy(update={"students": recorded[cohort.name], "priority": 0})
                for cohort in school.cohorts
            ),
            "hours": (),
            "extra_hours": tuple(ExtraHours(date=d, start=a, end=b) for d, a, b in sorted(hours)),
            "closed": (),
        }
    )


def _between(travel: Travel, known: set[str]) -> Travel:
    """The same ways, without overrides about places that are left out."""
    overrides = tuple(
        way for way in travel.overrides if way.from_place in known and way.to_place in known
    )
    return travel.model_copy(update={"overrides": overrides})


# No single solve may take more than this share of the time.
SHARE = 0.1
# What a deterministic run counts for a solve that ends within its limit.
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
        if self.budget.over:
            return _nothing_more(own)
        index = Index(problem)
        days = team_days(index, school, kept)
        closed, most = _full(days, school), ceiling(school, days, own)
        if moving:
            other = index.schools[moving.school]
            closed &= _full(team_days(index, other, kept), other)
        reduced = beside(problem, school.id, kept, closed=closed, moving=moving)
        result = self._solved(reduced, None if moving else most)
        if result.plan is None:
            return _nothing_more(own)
        bound = result.tiers[0].bound
        proven = None if moving else most if bound is None else min(most, bound)
        return _served(result.plan, school.id, kept, proven)

    def _solved(self, problem: Problem, most: int | None) -> Result:
        """Solve, and stop as soon as so many pupils are recorded as can be at most."""
        token = _Either(self.budget.token)

        def stop_at_most(step: Progress) -> None:
            if most is not None and step.value is not None and step.value >= most:
                token.cancel()

        limit = max(1e-3, min(self._limit, self.budget.remaining))
        result = solve_within(self.budget, problem, limit, on_progress=stop_at_most, cancel=token)
        self.budget.charge(limit if result.stopped_by == "time_limit" else UNITS_PER_SOLVE)
        return result


def _full(days: Sequence[TeamDay], school: School) -> frozenset[tuple[str, date]]:
    """Team-days with visits of other schools only, and no room for this one."""
    return frozenset(
        (day.team.id, day.date)
        for day in days
        if day.kept and not day.most() and all(one.school != school.id for one in day.kept)
    )


def _nothing_more(own: tuple[Visit, ...]) -> Served:
    return Served(sum(visit.recorded for visit in own), None, own, None)


def _served(found: Plan, school: str, kept: Sequence[Visit], most: int | None) -> Served:
    """What the reduced problem's plan means for the whole: the kept visits, and the new ones."""
    known = {place_of(visit) for visit in kept}
    new = (visit for visit in found.visits if place_of(visit) not in known)
    plan = Plan(visits=tuple(sorted((*kept, *new), key=in_order)))
    visits = tuple(visit for visit in plan.visits if visit.school == school)
    return Served(sum(visit.recorded for visit in visits), most, visits, plan)


class _Either(CancelToken):
    """A token that another one cancels too."""

    def __init__(self, other: CancelToken) -> None:
        super().__init__()
        self._other = other

    @property
    def cancelled(self) -> bool:
        """Whether this one or the other was cancelled."""
        return super().cancelled or self._other.cancelled
