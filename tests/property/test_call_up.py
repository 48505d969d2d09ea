"""call_up() on the best plans of random problems, with and without lesson periods."""

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import groupby

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ektp_sched.desk.call_up import CallUp, Period, call_up
from ektp_sched.domain import Plan, Problem, School, Team, Visit, minute_of, weekday_of
from ektp_sched.solve import solve
from tests.strategies import tiny_problems
from tests.strategies.frame import clock

A_STEP = 5


@st.composite
def planned(draw: st.DrawFn) -> tuple[Problem, Plan]:
    """A problem and its quick first plan."""
    problem = draw(tiny_problems())
    plan = solve(problem, time_limit=1e-9, deterministic=True).plan
    assume(plan is not None and any(visit.status != "done" for visit in plan.visits))
    assert plan is not None
    return problem, plan


@st.composite
def lessons_of(draw: st.DrawFn, problem: Problem) -> dict[str, list[Period]]:
    """Lessons for some of the schools, on the weekdays of the horizon's beginning."""
    days = [weekday_of(date.fromordinal(problem.start.toordinal() + n)) for n in range(3)]
    found: dict[str, list[Period]] = {}
    for school in draw(st.sets(st.sampled_from([one.id for one in problem.schools]))):
        marks = sorted(draw(st.sets(st.integers(96, 156), min_size=2, max_size=6)))
        found[school] = [
            Period(weekday=day, start=clock(a * 5), end=clock(b * 5))
            for day in days
            for a, b in zip(marks[::2], marks[1::2], strict=False)
        ]
    return found


def parts(problem: Problem, visit: Visit) -> tuple[School, Team]:
    schools = {school.id: school for school in problem.schools}
    return schools[visit.school], next(team for team in problem.teams if team.id == visit.team)


def assert_kits_keep_up(problem: Problem, visit: Visit, calls: list[CallUp]) -> None:
    """Follow the queue: few wait when others are called, and all are done when it is said."""
    school, team = parts(problem, visit)
    seconds = school.seconds_per_student or team.seconds_per_student
    pace = Fraction(60 * team.kits, seconds)  # pupils in a minute
    begin = minute_of(visit.start) + school.setup_minutes
    end = minute_of(visit.end) - school.teardown_minutes
    step = min(A_STEP, problem.time_step)
    now, waiting = begin, Fraction(0)
    for start, together in groupby(calls, lambda call: minute_of(call.start)):
        assert begin <= start < end
        assert start == begin or start % step == 0
        waiting = max(Fraction(0), waiting - pace * (start - now))
        assert waiting <= -(-step * 60 * team.kits // seconds)
        now = start
        for call in together:
            waiting += call.pupils
            assert start + waiting / pace <= minute_of(call.end) <= end


@settings(max_examples=max(25, settings().max_examples // 2))
@given(planned(), st.data(), st.sampled_from((1, 3, 10)))
def test_every_pupil_is_called_once_and_the_kits_keep_up(
    case: tuple[Problem, Plan], data: st.DataObject, size: int
) -> None:
    problem, plan = case
    periods = data.draw(lessons_of(problem))
    calls = call_up(problem, plan, periods=periods, size=size)
    assert calls == call_up(problem, plan, periods=periods, size=size)
    still = [visit for visit in plan.visits if visit.status != "done"]
    for visit in still:
        key = (visit.school, visit.team, visit.date, visit.start)
        own = [c for c in calls if (c.school, c.team, c.date, c.visit_start) == key]
        called: Counter[str] = Counter()
        for call in own:
            called[call.cohort] += call.pupils
            assert 1 <= call.pupils <= size
            assert (call.lesson_minutes is None) == (visit.school not in periods)
        assert called == visit.students
        assert_kits_keep_up(problem, visit, own)
    assert sum(call.pupils for call in calls) == sum(visit.recorded for visit in still)
