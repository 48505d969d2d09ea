"""Random visits for a given problem: plausible or wild, alone, as promises or as a plan."""

from datetime import date, timedelta

from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem, School, Team, Visit, VisitStatus, minute_of
from tests.strategies.frame import clock

USUAL = (8 * 60, 12 * 60)


def _hull(school: School) -> tuple[int, int]:
    """First and last minute at which the school is ever open."""
    entries = (*school.hours, *school.extra_hours)
    if not entries:
        return USUAL
    return min(minute_of(e.start) for e in entries), max(minute_of(e.end) for e in entries)


def capacity(school: School, team: Team, minutes: int) -> int:
    """Pupils that `team` records in a stay of `minutes` (R9)."""
    seconds = max(0, minutes - school.setup_minutes - school.teardown_minutes) * 60
    return seconds * team.kits // (school.seconds_per_student or team.seconds_per_student)


def _grid_stays(problem: Problem, school: School) -> st.SearchStrategy[tuple[int, int]]:
    """Starts and ends on the grid around the school's hours."""
    step = problem.time_step
    first, last = _hull(school)
    marks = st.integers(-(-first // step), max(last, first + 2 * step) // step)
    pairs = st.tuples(marks, marks).map(sorted)
    return pairs.map(lambda pair: (pair[0] * step, max(pair[1], pair[0] + 1) * step))


def _dates(problem: Problem) -> list[date]:
    count = (problem.end - problem.start).days + 1
    return [problem.start + timedelta(days=n) for n in range(count)]


@st.composite
def _visits(
    draw: st.DrawFn, problem: Problem, *, wild: bool, status: VisitStatus = "proposed"
) -> Visit:
    """A visit on the grid; a wild one may leave the grid, the horizon and every bound."""
    school = draw(st.sampled_from(problem.schools))
    team = draw(st.sampled_from(problem.teams))
    first, last = draw(_grid_stays(problem, school))
    dates = _dates(problem)
    room = capacity(school, team, last - first)
    if wild:
        first += draw(st.sampled_from((0, 0, 0, 1, problem.time_step // 2)))
        last += draw(st.sampled_from((0, 0, 0, 1, problem.time_step // 2)))
        dates += [dates[0] - timedelta(days=1), dates[-1] + timedelta(days=1)]
        room += 1
    students = {}
    for cohort in school.cohorts:
        most = min(room, cohort.students + wild)
        students[cohort.name] = draw(st.integers(1, most) if most else st.just(0))
        room -= students[cohort.name]
    return Visit(
        school=school.id,
        team=team.id,
        date=draw(st.sampled_from(dates)),
        start=clock(first),
        end=clock(last),
        students=students,
        status=status,
    )


def single_visits(problem: Problem) -> st.SearchStrategy[Visit]:
    """One visit of a problem that has schools and teams, allowed or not."""
    return _visits(problem, wild=False) | _visits(problem, wild=True)


def loose_plans(problem: Problem, *, most: int = 4) -> st.SearchStrategy[Plan]:
    """Some visits together, allowed or not: a baseline, or food for the checker."""
    some = st.lists(_visits(problem, wild=False), max_size=most)
    return some.map(lambda visits: Plan(visits=tuple(visits)))


def _place(visit: Visit) -> tuple[object, ...]:
    return visit.school, visit.team, visit.date, visit.start


@st.composite
def promises(draw: st.DrawFn, problem: Problem) -> tuple[Visit, ...]:
    """One to three commitments of any status; some contradict the rules or each other."""
    statuses: tuple[VisitStatus, ...] = ("confirmed", "done", "confirmed", "proposed")
    visits = {}
    for _ in range(draw(st.integers(1, 3))):
        status = draw(st.sampled_from(statuses))
        visit = draw(_visits(problem, wild=False, status=status))
        if status == "done" and draw(st.booleans()):
            earlier = problem.start - timedelta(days=draw(st.integers(1, 3)))
            visit = visit.model_copy(update={"date": earlier})
        visits[_place(visit)] = visit
    return tuple(visits.values())
