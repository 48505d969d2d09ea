"""The model holds exactly the plans that the checker accepts, and counts what it counts."""

from datetime import timedelta

from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Problem, Visit, minute_of
from tests.strategies import loose_plans, planned_problems, tiny_problems
from tests.strategies.frame import clock
from tests.unit.compact.fixing import accepts, values


@st.composite
def nearly_allowed(draw: st.DrawFn) -> tuple[Problem, tuple[Visit, ...]]:
    """A problem with its hidden plan, of which one visit was dropped, moved or changed a little."""
    problem, plan = draw(planned_problems())
    visits = [visit for visit in plan.visits if visit.status != "done"]
    if visits and draw(st.integers(0, 4)) > 0:
        place = draw(st.integers(0, len(visits) - 1))
        changed = draw(_changed(problem, visits[place]))
        visits[place : place + 1] = changed
    return problem, tuple(visits)


@st.composite
def _changed(draw: st.DrawFn, problem: Problem, visit: Visit) -> list[Visit]:
    change: dict[str, object]
    step, first, last = problem.time_step, minute_of(visit.start), minute_of(visit.end)
    match draw(st.sampled_from(("drop", "start", "end", "date", "team", "pupils"))):
        case "drop":
            return []
        case "start":
            change = {"start": clock(max(0, first - draw(_small(step))))}
        case "end":
            change = {"end": clock(last + draw(_small(step)))}
        case "date":
            change = {"date": visit.date + timedelta(days=draw(st.sampled_from((-1, 1))))}
        case "team":
            change = {"team": draw(st.sampled_from([team.id for team in problem.teams]))}
        case _:
            by = draw(st.sampled_from((-1, 1, 3)))
            change = {"students": {name: max(1, n + by) for name, n in visit.students.items()}}
    changed = visit.model_copy(update=change)
    return [changed] if changed.start < changed.end else []


def _small(step: int) -> st.SearchStrategy[int]:
    return st.sampled_from((-step, -1, 1, step, 2 * step))


def _once_a_day(visits: tuple[Visit, ...]) -> bool:
    return len({(v.school, v.team, v.date) for v in visits}) == len(visits)


@given(nearly_allowed())
def test_a_plan_near_an_allowed_one_is_held_by_both_or_neither(
    case: tuple[Problem, tuple[Visit, ...]],
) -> None:
    problem, visits = case
    note(problem.model_dump_json())
    note(Plan(visits=visits).model_dump_json())
    assume(_once_a_day(visits))
    if accepts(problem, *visits):
        event("allowed")
        values(problem, *visits)


@st.composite
def some_plan(draw: st.DrawFn) -> tuple[Problem, tuple[Visit, ...], Plan]:
    """A tiny problem, its promises with a few visits more, and a baseline."""
    problem = draw(tiny_problems())
    promised = tuple(v for v in problem.commitments if v.status == "confirmed")
    more = draw(loose_plans(problem, most=2)).visits
    baseline = (*draw(loose_plans(problem, most=2)).visits, *problem.commitments, *more[:1])
    return problem, (*promised, *more), Plan(visits=baseline)


@given(some_plan())
def test_a_random_plan_is_held_by_both_or_neither(
    case: tuple[Problem, tuple[Visit, ...], Plan],
) -> None:
    problem, visits, baseline = case
    note(problem.model_dump_json())
    note(Plan(visits=visits).model_dump_json())
    assume(_once_a_day(visits))
    if accepts(problem, *visits):
        event("allowed")
        values(problem, *visits, baseline=baseline)
