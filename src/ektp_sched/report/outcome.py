"""What a plan comes to, school by school and day by day: worked out once for page and pictures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

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
from ektp_sched.domain.words import names
from ektp_sched.report.dates import short_day
from ektp_sched.report.numerals import number
from ektp_sched.report.texts import text
from ektp_sched.rulebook import LedgerRow, check
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.facts import Facts, Index
from ektp_sched.rulebook.ledger import ledger
from ektp_sched.texts.language import Language, speaking


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


class Figure(NamedTuple):
    """A number in large type, its name, and more about it."""

    value: str
    name: str
    more: str


def figures(outcome: Outcome, language: Language) -> list[Figure]:
    """The figures of the firm plan; what contingent visits add is told with the first."""
    return [
        _pupils(outcome, language),
        _schools(outcome, language),
        _visits(outcome, language),
        _blanks(outcome, language),
        _driving(outcome, language),
        _lessons(outcome, language),
    ]


def _pupils(outcome: Outcome, language: Language) -> Figure:
    every = sum(one.pupils for one in outcome.schools)
    recorded = sum(visit.recorded for visit in outcome.firm)
    left = sum(one.left for one in outcome.schools)
    shown = {"all": number(every, language), "left": number(left, language)}
    more = text("of_pupils", language, **shown)
    if contingent := sum(visit.recorded for visit in outcome.contingent):
        more += f"; {text('contingent_more', language, n=number(contingent, language))}"
    return Figure(number(recorded, language), text("recorded", language), more)


def _schools(outcome: Outcome, language: Language) -> Figure:
    with_pupils = [one for one in outcome.schools if one.pupils]
    visited = {visit.school for visit in outcome.firm}
    more = text(
        "of_schools",
        language,
        all=number(len(with_pupils), language),
        served=number(outcome.count("served"), language),
        partly=number(outcome.count("partly"), language),
        unserved=number(outcome.count("not"), language),
    )
    return Figure(number(len(visited), language), text("schools_visited", language), more)


def _visits(outcome: Outcome, language: Language) -> Figure:
    days = number(outcome.report.score.team_days, language)
    count = number(len(outcome.firm), language)
    return Figure(count, text("visits", language), text("on_team_days", language, n=days))


def _blanks(outcome: Outcome, language: Language) -> Figure:
    rows = outcome.report.ledger.rows
    low = min(rows, key=lambda row: row.closing)
    more = text(
        "blanks_low",
        language,
        low=number(low.closing, language),
        day=short_day(low.date, language),
        reserve=number(low.reserve, language),
    )
    return Figure(number(rows[-1].closing, language), text("blanks_at_end", language), more)


def _driving(outcome: Outcome, language: Language) -> Figure:
    score = outcome.report.score
    each = number(score.travel / max(1, score.team_days), language)
    hours = number(score.travel / 60, language, decimals=1)
    return Figure(hours, text("hours_driven", language), text("per_team_day", language, n=each))


def _lessons(outcome: Outcome, language: Language) -> Figure:
    minutes = outcome.report.score.lessons / 100
    recorded = sum(visit.recorded for visit in outcome.firm if visit.status != "done")
    each = number(minutes / max(1, recorded), language, decimals=1)
    hours = number(minutes / 60, language)
    return Figure(hours, text("lesson_hours", language), text("per_pupil", language, n=each))
