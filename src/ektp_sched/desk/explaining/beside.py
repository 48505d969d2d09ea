"""A problem in which only one school can get visits, beside others that are kept as they are."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from datetime import date

from ektp_sched.desk.promises import with_status
from ektp_sched.domain import (
    Closed,
    ExtraHours,
    Policy,
    Problem,
    School,
    Travel,
    Visit,
    WeightedTerm,
)

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
