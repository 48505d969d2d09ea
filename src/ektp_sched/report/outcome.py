"""What a plan comes to, school by school and day by day: worked out once for page and pictures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ektp_sched.domain import (
    SERVICE_STATES,
    Location,
    Plan,
    Problem,
    School,
    ServiceState,
    Visit,
    service_state,
)
from ektp_sched.language import Language, speaking
from ektp_sched.rulebook import LedgerRow, check
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.facts import Facts, Index
from ektp_sched.rulebook.ledger import ledger
from ektp_sched.rulebook.words import names


@dataclass(frozen=True, slots=True)
class SchoolOutcome:
    """What one school gets. `recorded` counts the firm visits, `visits` holds contingent ones too.

    Served means that no pupil is left, not that there was a visit.
    """

    school: School
    name: str
    pupils: int
    recorded: int
    visits: tuple[Visit, ...]

    @property
    def left(self) -> int:
        """Pupils that no firm visit records."""
        return max(0, self.pupils - self.recorded)

    @property
    def state(self) -> ServiceState:
        """Whether all, some or none of its pupils are recorded, or it has none."""
        return service_state(self.pupils, self.recorded)


@dataclass(frozen=True, slots=True)
class Route:
    """A team's day: its visits in order of time, and the places it drives to, base to base."""

    team: str
    date: date
    visits: tuple[Visit, ...]
    places: tuple[Location, ...]


class Outcome:
    """A problem and a plan, read for showing.

    Raises
    ------
    PlanError
        The plan names schools, cohorts or teams that the problem does not know.
    """

    def __init__(self, problem: Problem, plan: Plan, *, former: Plan | None = None) -> None:
        self.problem, self.plan, self.former = problem, plan, former
        if former is not None:
            problem.require_match(former)
        self.report = check(problem, plan, baseline=former)
        self.days = horizon(problem)
        self.team_names = names(problem.teams)
        self.real_teams = problem.real_teams
        self.school_names = names(problem.schools)
        self.visits = sorted(
            plan.visits, key=lambda v: (v.date, self.team_names[v.team], v.team, v.start)
        )

    @property
    def firm(self) -> list[Visit]:
        """The visits that need no unconfirmed delivery."""
        return [visit for visit in self.visits if visit.status != "contingent"]

    @property
    def contingent(self) -> list[Visit]:
        """The visits that need one."""
        return [visit for visit in self.visits if visit.status == "contingent"]

    @cached_property
    def schools(self) -> list[SchoolOutcome]:
        """What every school gets, in the order of their names."""
        visits: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            visits[visit.school].append(visit)
        outcomes = (self._school(school, visits[school.id]) for school in self.problem.schools)
        return sorted(outcomes, key=lambda outcome: outcome.name.casefold())

    def _school(self, school: School, visits: Sequence[Visit]) -> SchoolOutcome:
        return SchoolOutcome(
            school=school,
            name=self.school_names[school.id],
            pupils=sum(cohort.students for cohort in school.cohorts),
            recorded=sum(visit.recorded for visit in visits if visit.status != "contingent"),
            visits=tuple(visits),
        )

    @cached_property
    def routes(self) -> list[Route]:
        """Every team-day with visits, in order of date and team."""
        bases = {base.id: base.location for base in self.problem.bases}
        at_base = {team.id: bases[team.base] for team in self.problem.teams}
        at_school = {school.id: school.location for school in self.problem.schools}
        days: dict[tuple[date, str], list[Visit]] = defaultdict(list)
        for visit in self.visits:
            days[visit.date, visit.team].append(visit)
        return [
            Route(
                team=team,
                date=day,
                visits=tuple(visits),
                places=(at_base[team], *(at_school[v.school] for v in visits), at_base[team]),
            )
            for (day, team), visits in days.items()
        ]

    @cached_property
    def rows_with_contingent(self) -> tuple[LedgerRow, ...]:
        """The blank cards day by day if every delivery arrives and every visit is made."""
        return ledger(Facts(Index(self.problem), self.plan, contingent=True)).rows

    @property
    def is_uncertain(self) -> bool:
        """Whether visits or deliveries are there that may come to nothing."""
        deliveries = self.problem.stock.deliveries
        unconfirmed = any(not d.confirmed and d.date in self.days for d in deliveries)
        return unconfirmed or bool(self.contingent)

    def count(self, state: ServiceState) -> int:
        """Schools in a state."""
        return sum(1 for school in self.schools if school.state == state)

    @property
    def states(self) -> list[ServiceState]:
        """The states to explain: that of schools without pupils only where there are some."""
        return [state for state in SERVICE_STATES if state != "nobody" or self.count(state)]


def outcome_in(
    language: Language, problem: Problem, plan: Plan, *, former: Plan | None = None
) -> Outcome:
    """An outcome whose names and broken rules are told in a language."""
    with speaking(language):
        return Outcome(problem, plan, former=former)
