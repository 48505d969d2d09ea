"""What explain() says about random small offices, held against solves that are not its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from hypothesis import assume, event, given, note, settings
from hypothesis import strategies as st

from ektp_sched.desk.explain.explain import explain
from ektp_sched.desk.explain.values import Explanation, MoveVisit, Remedy
from ektp_sched.desk.interventions import MoreBlanks
from ektp_sched.desk.promises import promised, with_status
from ektp_sched.domain import (
    Hours,
    MatrixTravel,
    Plan,
    Policy,
    Problem,
    School,
    Shift,
    Visit,
    WeightedTerm,
    weekday_of,
)
from ektp_sched.domain.scalars import WEEKDAYS
from ektp_sched.rulebook import check, obstacle
from ektp_sched.rulebook.calendar import horizon, openings
from ektp_sched.solve import Result, solve
from tests.solving import solved
from tests.strategies import tiny_problems

SOME = max(15, settings().max_examples // 4)
PUPILS = Policy(tiers=((WeightedTerm(term="students"),),))
Case = tuple[Problem, Plan, str]
Lift = Callable[[Problem, list[Visit]], tuple[Problem, list[Visit]]]
"""What makes a problem, and visits that stay, to what they are without a limit."""


@st.composite
def crowded(draw: st.DrawFn) -> Problem:
    """A tiny problem with more pupils than usual and perhaps fewer cards."""
    problem = draw(tiny_problems())
    times = draw(st.sampled_from((4, 8, 1)))

    def with_more(school: School) -> School:
        cohorts = (c.model_copy(update={"students": times * c.students}) for c in school.cohorts)
        return school.model_copy(update={"cohorts": tuple(cohorts)})

    cards = draw(st.sampled_from((problem.stock.opening, 30, 10)))
    policy = draw(st.sampled_from((PUPILS, problem.policy)))
    return problem.model_copy(
        update={
            "schools": tuple(map(with_more, problem.schools)),
            "policy": policy,
            "stock": problem.stock.model_copy(update={"opening": cards}),
        }
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A problem, a plan (the best, or fewer visits, some of them confirmed), and a school."""
    problem = draw(crowded())
    result = solved(problem)
    assume(result.plan is not None and problem.schools)
    assert result.plan is not None
    school = draw(st.sampled_from([school.id for school in problem.schools]))
    visits = []
    for visit in result.plan.visits:
        fate = draw(st.integers(0, 5)) if visit.status == "proposed" else 0
        if fate < 5:
            visits.append(with_status(visit, "confirmed") if fate in (1, 2) else visit)
    plan = Plan(visits=tuple(visits))
    assume(check(problem, plan).ok)
    return problem, plan, school


def explained(problem: Problem, plan: Plan, school: str) -> Explanation:
    return explain(problem, plan, school, time_limit=20, deterministic=True)


def recorded(visits: Iterable[Visit], school: str) -> int:
    return sum(visit.recorded for visit in visits if visit.school == school)


def beside(problem: Problem, school: str, kept: Sequence[Visit]) -> Result:
    """Solve for the pupils of one school: all others keep just these visits."""
    counts = Counter(visit.school for visit in kept)
    schools = []
    for one in problem.schools:
        here = one.id == school
        cohorts = [c.model_copy(update={"priority": int(here)}) for c in one.cohorts]
        changes: dict[str, Any] = {"cohorts": tuple(cohorts)}
        if not here:
            changes["max_visits"] = min(one.max_visits, counts[one.id])
        schools.append(one.model_copy(update=changes))
    promises = tuple(
        visit if visit.status == "done" else visit.model_copy(update={"status": "confirmed"})
        for visit in kept
    )
    changed = {"schools": tuple(schools), "policy": PUPILS, "commitments": promises}
    return solve(problem.model_copy(update=changed), time_limit=2, gap=0, deterministic=True)


def kept_visits(problem: Problem, plan: Plan, school: str, level: str) -> list[Visit]:
    promises = promised(problem, plan)
    own = [visit for visit in promises if visit.school == school]
    if level == "nothing":
        firm = [v for v in problem.commitments if v.status in ("confirmed", "done")]
        return [v for v in firm if v.school == school]
    if level == "promises":
        return promises
    return own + [visit for visit in plan.visits if visit.school != school]


@settings(max_examples=SOME)
@given(cases())
def test_what_is_proven_holds_when_only_that_school_is_planned(case: Case) -> None:
    problem, plan, school = case
    found = explained(problem, plan, school)
    total = found.recorded + sum(found.left.values())
    for reason in found.reasons:
        event(f"{reason.tag} {reason.code} beside {reason.beside}")
        if reason.tag == "proven":
            result = beside(problem, school, kept_visits(problem, plan, school, reason.beside))
            if result.plan is not None:
                assert recorded(result.plan.visits, school) <= total - reason.pupils


@settings(max_examples=SOME)
@given(cases())
def test_a_school_has_reasons_unless_it_is_fully_served(case: Case) -> None:
    problem, plan, school = case
    found = explained(problem, plan, school)
    assert found.recorded == recorded(plan.visits, school)
    if found.left:
        assert found.reasons
    else:
        assert not found.reasons
        assert not found.remedies


@settings(max_examples=SOME)
@given(cases())
def test_every_remedy_serves_the_school_when_it_is_applied(case: Case) -> None:
    problem, plan, school = case
    before = recorded(plan.visits, school)
    for remedy in explained(problem, plan, school).remedies:
        event(" and ".join(relief.kind for relief in remedy.reliefs))
        eased = applied(problem, remedy)
        assert check(eased, remedy.plan).ok
        assert recorded(remedy.plan.visits, school) == before + remedy.gain > before
        assert_nothing_lost(plan, remedy, school)
        again = beside(eased, school, kept_visits(eased, remedy.plan, school, "plan"))
        assert again.plan is not None
        assert recorded(again.plan.visits, school) >= before + remedy.gain or not proven(again)
        assert_smallest(case, remedy)


def applied(problem: Problem, remedy: Remedy) -> Problem:
    for relief in remedy.reliefs:
        if isinstance(relief, MoveVisit):
            rest = tuple(v for v in problem.commitments if v != relief.visit)
            problem = problem.model_copy(update={"commitments": rest})
        else:
            problem = relief.apply(problem)
    return problem


def assert_nothing_lost(plan: Plan, remedy: Remedy, school: str) -> None:
    """All visits of others are there, but for one that moves with all its pupils."""
    moves = [relief for relief in remedy.reliefs if isinstance(relief, MoveVisit)]
    gone = [move.visit for move in moves]
    for visit in plan.visits:
        if visit.school != school and visit.status != "contingent" and visit not in gone:
            assert visit in remedy.plan.visits
    for move in moves:
        assert move.to in remedy.plan.visits
        assert move.to.students == move.visit.students
        assert move.visit not in remedy.plan.visits


def assert_smallest(case: Case, remedy: Remedy) -> None:
    """One blank fewer, even on the first date, would not do as much."""
    problem, plan, school = case
    relief = remedy.reliefs[0]
    if len(remedy.reliefs) == 1 and isinstance(relief, MoreBlanks) and remedy.smallest:
        fewer = MoreBlanks(date=problem.start, cards=relief.cards - 1).apply(problem)
        result = beside(fewer, school, kept_visits(problem, plan, school, "plan"))
        assert result.plan is not None
        assert recorded(result.plan.visits, school) < recorded(remedy.plan.visits, school)


def proven(result: Result) -> bool:
    return result.status == "optimal"


@settings(max_examples=5)
@given(cases())
def test_a_deterministic_explanation_repeats_itself(case: Case) -> None:
    assert explained(*case) == explained(*case)


# Reasons, one by one


def _of_school(school: str, **changes: Any) -> Lift:
    def lift(problem: Problem, kept: list[Visit]) -> tuple[Problem, list[Visit]]:
        schools = (
            one.model_copy(update=changes) if one.id == school else one for one in problem.schools
        )
        return problem.model_copy(update={"schools": tuple(schools)}), kept

    return lift


def _of_teams(**changes: Any) -> Lift:
    def lift(problem: Problem, kept: list[Visit]) -> tuple[Problem, list[Visit]]:
        teams = tuple(team.model_copy(update=changes) for team in problem.teams)
        return problem.model_copy(update={"teams": teams}), kept

    return lift


def _without_blanks(problem: Problem, kept: list[Visit]) -> tuple[Problem, list[Visit]]:
    stock = problem.stock.model_copy(update={"cards": "none"})
    return problem.model_copy(update={"stock": stock}), kept


def _without_drives(problem: Problem, kept: list[Visit]) -> tuple[Problem, list[Visit]]:
    places = tuple(problem.place_ids)
    minutes = tuple((0,) * len(places) for _ in places)
    return problem.model_copy(update={"travel": MatrixTravel(places=places, minutes=minutes)}), kept


def lifts(problem: Problem, school: str) -> dict[str, Lift]:
    """What each limit is lifted by: written once more, not those of explain()."""
    (one,) = (one for one in problem.schools if one.id == school)
    old = tuple(cohort.model_copy(update={"record_from": None}) for cohort in one.cohorts)
    all_day = {"days": WEEKDAYS, "start": "00:00", "end": "23:59"}

    def timeless(problem: Problem, kept: list[Visit]) -> tuple[Problem, list[Visit]]:
        return problem, [v if v.school == school else with_status(v, "done") for v in kept]

    return {
        "time": timeless,
        "blanks": _without_blanks,
        "visits_used_up": _of_school(school, max_visits=20),
        "gap": _of_school(school, min_gap_days=0),
        "teams_per_day": _of_school(school, max_teams_per_day=20),
        "min_students": _of_school(school, min_students=0),
        "not_yet_16": _of_school(school, cohorts=old),
        "no_skills": _of_school(school, needs=frozenset()),
        "closed": _of_school(school, closed=()),
        "out_of_season": _of_school(school, not_before=None, not_after=None),
        "hours_too_short": _of_school(
            school, hours=(Hours.model_validate(all_day),), extra_hours=()
        ),
        "teams_off": _of_teams(off=()),
        "outside_shifts": _of_teams(shifts=(Shift.model_validate(all_day),)),
        "too_far": _without_drives,
        "max_travel": _of_teams(max_travel_minutes=None),
        "no_break": _of_teams(breaks=()),
    }


def most_without(case: Case, level: str, limits: Iterable[str]) -> int | None:
    """The most pupils of the school at a level without some limits; None where not proven."""
    problem, plan, school = case
    kept, how = kept_visits(problem, plan, school, level), lifts(problem, school)
    for code in limits:
        problem, kept = how[code](problem, kept)
    result = beside(problem, school, kept)
    if result.plan is None or not proven(result):
        return None
    return recorded(result.plan.visits, school)


@settings(max_examples=SOME)
@given(cases())
def test_without_the_limits_that_are_told_as_proven_more_are_recorded(case: Case) -> None:
    """As many as told, and of several limits none can be left out."""
    problem, plan, school = case
    for reason in explained(problem, plan, school).reasons:
        if reason.limits and reason.tag == "proven":
            event(" and ".join(reason.limits))
            assert reason.could is not None
            with_all = most_without(case, reason.beside, ())
            without = most_without(case, reason.beside, reason.limits)
            if with_all is not None:
                assert with_all <= reason.could - reason.pupils < reason.could
            assert without is None or without >= reason.could
            for limit in reason.limits if len(reason.limits) > 1 else ():
                others = [one for one in reason.limits if one != limit]
                for some in (others, [limit]):
                    fewer = most_without(case, reason.beside, some)
                    assert fewer is None or fewer < reason.could


@settings(max_examples=SOME)
@given(cases())
def test_more_could_be_recorded_without_promises_and_where_there_is_room(case: Case) -> None:
    problem, plan, school = case
    for reason in explained(problem, plan, school).reasons:
        level = {"commitments": "nothing", "room_left": "plan"}.get(reason.code)
        if level:
            event(reason.code)
            most = most_without(case, level, ())
            assert most is None or most >= (reason.could or 0)
            assert (reason.could or 0) > recorded(plan.visits, school)


@settings(max_examples=SOME)
@given(cases())
def test_too_many_pupils_are_too_many_without_any_limit(case: Case) -> None:
    problem, plan, school = case
    found = explained(problem, plan, school)
    for reason in found.reasons:
        if reason.code == "too_many" and reason.tag == "proven":
            event("too many")
            most = most_without(case, "nothing", set(lifts(problem, school)) - {"time"})
            assert most is None or most == found.most_alone


DATES = {"closed", "out_of_season", "teams_off", "holidays", "no_open_hours"}
OF_ALL = ("blanks", "gap", "teams_per_day")
DRIVES = ("too_far", "max_travel", "no_break")
# What a visit is asked for only once it is over the hurdle that is told.
COMES_AFTER: dict[str, tuple[str, ...]] = {
    "no_visits_left": ("blanks", "hours_too_short", "outside_shifts", "no_skills", *DRIVES),
    "no_skills": (*OF_ALL, "visits_used_up", "hours_too_short", "outside_shifts", *DRIVES),
    "hours_too_short": (*OF_ALL, *DRIVES),
    "outside_shifts": (*OF_ALL, *DRIVES),
    "too_far": (*OF_ALL, "max_travel", "no_break"),
    "max_travel": (*OF_ALL, "no_break"),
    "no_break": OF_ALL,
} | dict.fromkeys(DATES, (*OF_ALL, *DRIVES))


@settings(max_examples=4 * SOME)
@given(tiny_problems())
def test_a_school_told_as_out_of_reach_is_visited_in_no_plan_whatever(problem: Problem) -> None:
    """Not even without what comes after the hurdle that is told, and any school may help."""
    for school in problem.schools:
        found = obstacle(problem, school)
        if found is None or found[0] == "nobody_due":
            continue
        event(found[0])
        note(problem.model_dump_json())
        eased, how = problem, lifts(problem, school.id)
        for code in COMES_AFTER[found[0]]:
            eased, _ = how[code](eased, [])
        eased = eased.model_copy(update={"policy": PUPILS, "schools": only_counting(eased, school)})
        done = tuple(visit for visit in problem.commitments if visit.status == "done")
        result = solve(
            eased.model_copy(update={"commitments": done}), time_limit=2, gap=0, deterministic=True
        )
        if result.plan is not None:
            assert recorded(result.plan.visits, school.id) == recorded(done, school.id)


def only_counting(problem: Problem, school: School) -> tuple[School, ...]:
    """The schools, with pupils of one of them only counting."""
    return tuple(
        one.model_copy(
            update={
                "cohorts": tuple(
                    cohort.model_copy(update={"priority": int(one.id == school.id)})
                    for cohort in one.cohorts
                )
            }
        )
        for one in problem.schools
    )


@settings(max_examples=4 * SOME)
@given(tiny_problems())
def test_what_alone_takes_all_dates_from_a_school_does_so(problem: Problem) -> None:
    """With it no date is left, without it some: open, with a team at work and pupils due."""
    for school in problem.schools:
        code = (obstacle(problem, school) or ("",))[0]
        if code not in DATES:
            continue
        event(code)
        assert not dates_left(problem, school)
        if code == "holidays":
            assert dates_left(problem.model_copy(update={"holidays": ()}), school)
        elif code != "no_open_hours":
            eased, _ = lifts(problem, school.id)[code](problem, [])
            (same,) = (one for one in eased.schools if one.id == school.id)
            assert dates_left(eased, same)


def dates_left(problem: Problem, school: School) -> list[date]:
    """Dates on which a school is open, pupils are 16, and a team that is able works."""
    done = Counter[str]()
    for visit in problem.commitments:
        if visit.status == "done" and visit.school == school.id:
            done.update(visit.students)

    def suits(day: date) -> bool:
        due = any(
            (one.record_from or day) <= day and one.students > done[one.name]
            for one in school.cohorts
        )
        at_work = any(
            weekday_of(day) in shift.days
            and not any(away.start <= day <= away.end for away in team.off)
            for team in problem.teams
            if school.needs <= team.skills
            for shift in team.shifts
        )
        return due and at_work and day not in problem.holidays and bool(openings(school, day))

    return [day for day in horizon(problem) if suits(day)]
