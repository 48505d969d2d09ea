"""Commitments that keep every rule: drawn one by one, left out where the checker objects."""

import random
from datetime import date, timedelta

from ektp_sched.domain import Plan, Problem, Visit, VisitStatus
from ektp_sched.domain.scalars import clock_of
from ektp_sched.rulebook import check

SCHOOLS_PER_PROMISE = 25
TRIES = 60  # draws for each promise wanted
STAY_STEPS = (90, 120, 150)  # minutes


def with_promises(rng: random.Random, problem: Problem) -> Problem:
    """`problem` with a visit done before it starts and a few confirmed ones in its first half."""
    half = range((problem.end - problem.start).days // 2 + 1)
    wanted = max(1, len(problem.schools) // SCHOOLS_PER_PROMISE)
    before = problem.start - timedelta(days=4)
    done = _visit(rng, problem, before, "done")
    promised = problem.model_copy(update={"commitments": (done,)})
    for _ in range(TRIES * wanted):
        if len(promised.commitments) > wanted:
            break
        day = problem.start + timedelta(days=rng.choice(half))
        visit = _visit(rng, problem, day, "confirmed")
        more = problem.model_copy(update={"commitments": (*promised.commitments, visit)})
        if visit.students and _apart(more) and check(more, Plan(visits=more.commitments)).ok:
            promised = more
    return promised


def _apart(problem: Problem) -> bool:
    """Whether no two commitments share a school, or a team and date."""
    visits = problem.commitments
    schools = {visit.school for visit in visits}
    return len(visits) == len(schools) == len({(visit.team, visit.date) for visit in visits})


def _visit(rng: random.Random, problem: Problem, day: date, status: VisitStatus) -> Visit:
    """A visit in the morning that records as many pupils as fit, the eldest first."""
    school, team = rng.choice(problem.schools), rng.choice(problem.teams)
    step = problem.time_step
    start = step * -(-rng.choice((480, 510, 540)) // step)
    stay = step * -(-rng.choice(STAY_STEPS) // step)
    pace = school.seconds_per_student or team.seconds_per_student
    work = (stay - school.setup_minutes - school.teardown_minutes) * 60
    room = max(1 if status == "done" else 0, work * team.kits // pace)
    students = {}
    for cohort in school.cohorts:
        if cohort.record_from is None or cohort.record_from <= day:
            students[cohort.name] = min(room, cohort.students)
            room -= students[cohort.name]
    return Visit(
        school=school.id,
        team=team.id,
        date=day,
        start=clock_of(start),
        end=clock_of(start + stay),
        students=students,
        status=status,
    )
