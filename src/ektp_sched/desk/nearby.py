"""Small problems cut out of a large one: most visits stay, a few schools may be planned anew."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import date
from random import Random

from ektp_sched.desk.promises import place_of
from ektp_sched.domain import ExtraHours, Problem, School, Visit
from ektp_sched.domain.scalars import clock_of
from ektp_sched.rulebook.calendar import horizon, openings

FEW = 6  # schools that may be planned anew at once, and visits that are taken out for them


def released(
    problem: Problem,
    visits: Sequence[Visit],
    *,
    published: Collection[Hashable],
    allowance: int,
    random: Random,
) -> list[Visit]:
    """Some of a plan's movable visits, the nearest to a random date.

    At most `allowance` of them are of the published plan, told by place_of(); the others may be
    changed freely.
    """
    day = random.choice(horizon(problem))
    near = sorted(visits, key=lambda visit: (abs(visit.date - day), random.random()))
    some: list[Visit] = []
    for visit in near:
        counts = place_of(visit) in published
        if len(some) < FEW and (allowance > 0 or not counts):
            allowance -= counts
            some.append(visit)
    return some


def wanting(problem: Problem, visits: Iterable[Visit], random: Random) -> set[str]:
    """A few of the schools that have most pupils left and may have more visits."""
    recorded, made = Counter[str](), Counter[str]()
    for visit in visits:
        recorded[visit.school] += visit.recorded
        made[visit.school] += 1
    left = {
        school.id: sum(cohort.students for cohort in school.cohorts) - recorded[school.id]
        for school in problem.schools
        if made[school.id] < school.max_visits
    }
    most = sorted((name for name in left if left[name] > 0), key=lambda name: -left[name])
    return set(random.sample(most[: 3 * FEW], min(FEW, len(most))))


def narrowed(
    problem: Problem, schools: Collection[str], held: Iterable[Visit], *, on: date | None = None
) -> Problem:
    """The problem in which no schools but these can have visits besides the held ones.

    `on` leaves them only one date. The others are open for their held visits alone, at lessons
    that count in full: what a held visit costs is the same in all plans.
    """
    visits: dict[str, list[Visit]] = defaultdict(list)
    for visit in held:
        visits[visit.school].append(visit)

    def cut(school: School) -> School:
        if school.id in schools and on is None:
            return school
        windows = tuple(
            ExtraHours(date=visit.date, start=visit.start, end=visit.end)
            for visit in visits[school.id]
        )
        if school.id in schools and on is not None:
            return _open_only(school, on, windows)
        return school.model_copy(update={"hours": (), "extra_hours": windows})

    return problem.model_copy(update={"schools": tuple(map(cut, problem.schools))})


def _open_only(school: School, on: date, windows: Sequence[ExtraHours]) -> School:
    """The school open on one date as it was, and otherwise for its held visits alone."""
    stated = (
        ExtraHours(
            date=on,
            start=clock_of(one.start),
            end=clock_of(one.end),
            lesson_percent=one.lesson_percent,
        )
        for one in openings(school, on)
    )
    elsewhere = tuple(window for window in windows if window.date != on)
    return school.model_copy(update={"hours": (), "extra_hours": (*stated, *elsewhere)})
