"""T1 to T8: how good a plan is, in exact integers."""

from collections import Counter
from collections.abc import Callable, Hashable

from ektp_sched.domain import Floor, Plan, Problem, School, Term, Visit
from ektp_sched.rulebook.calendar import Opening
from ektp_sched.rulebook.facts import Facts, Stay
from ektp_sched.rulebook.report import Score


def t1_students(facts: Facts) -> int:
    """T1: "sum over recorded pupils of their cohort's priority"."""
    return sum(
        students * facts.index.cohorts[stay.school.id, name].priority
        for stay in facts.stays
        for name, students in stay.visit.students.items()
    )


def t2_shortfall(facts: Facts) -> int:
    """T2: what the groups with a floor lack.

    "Sum over floors of max(0, ceil(percent × the group's pupils ÷ 100) − the group's recorded
    pupils)."
    """
    return sum(_lacks(facts, floor) for floor in facts.problem.policy.floors)


def _lacks(facts: Facts, floor: Floor) -> int:
    members = floor_members(facts.problem, floor)
    recorded = sum(stay.recorded for s in members for stay in facts.by_school.get(s.id, ()))
    return max(0, floor_pupils(members, floor) - recorded)


def floor_members(problem: Problem, floor: Floor) -> list[School]:
    """The schools of a floor's district or kind."""
    return [school for school in problem.schools if getattr(school, floor.by) == floor.value]


def floor_pupils(members: list[School], floor: Floor) -> int:
    """How many pupils the floor asks for."""
    pupils = sum(cohort.students for school in members for cohort in school.cohorts)
    return -(-floor.percent * pupils // 100)


def t3_schools(facts: Facts) -> int:
    """T3: "schools with at least one visit"."""
    return len(facts.by_school)


def t4_lessons(facts: Facts) -> int:
    """T4: hundredths of a pupil's lesson minute.

    "Sum over visits of recorded pupils × minutes_away_per_student × lesson_percent of the open
    interval". Done visits do not count: that cost is spent.
    """
    minutes = facts.problem.policy.minutes_away_per_student
    return sum(stay.recorded * minutes * _lesson_percent(facts, stay) for stay in facts.live)


def _lesson_percent(facts: Facts, stay: Stay) -> int:
    """Of the stated interval "that holds most of the stay"; "a tie goes to the earlier".

    A stay that touches none breaks R2; all of its time then counts as lessons.
    """
    start, end = stay.span

    def preference(opening: Opening) -> tuple[int, Opening]:
        return max(start, opening.start) - min(end, opening.end), opening

    best = min(facts.index.openings(stay.school, stay.visit.date), key=preference, default=None)
    return best.lesson_percent if best and preference(best)[0] < 0 else 100


def t5_travel(facts: Facts) -> int:
    """T5: "minutes driven", base to base on every team-day."""
    return sum(sum(day.legs) for day in facts.team_days)


def t6_team_days(facts: Facts) -> int:
    """T6: "team-days with at least one visit"."""
    return len(facts.team_days)


def t7_wait(facts: Facts) -> int:
    """T7: "sum over recorded pupils of days from the horizon's start"."""
    start = facts.problem.start
    return sum(stay.recorded * (stay.visit.date - start).days for stay in facts.live)


def t8_changes(facts: Facts, baseline: Plan | None) -> int:
    """T8: "visits of the baseline plan that are not in the new plan as they were".

    As they were: everything but the status is the same. 0 without a baseline.
    """
    if baseline is None:
        return 0
    kept = Counter(_appointment(stay.visit) for stay in facts.stays)
    return (Counter(map(_appointment, baseline.visits)) - kept).total()


def _appointment(visit: Visit) -> Hashable:
    pupils = frozenset(visit.students.items())
    return visit.school, visit.team, visit.date, visit.start, visit.end, pupils


VALUE_OF: dict[Term, Callable[[Facts], int]] = {
    "students": t1_students,
    "shortfall": t2_shortfall,
    "schools": t3_schools,
    "lessons": t4_lessons,
    "travel": t5_travel,
    "team_days": t6_team_days,
    "wait": t7_wait,
}


def score(facts: Facts, baseline: Plan | None) -> Score:
    """Every term's value."""
    values = {term: value(facts) for term, value in VALUE_OF.items()}
    return Score(**values, changes=t8_changes(facts, baseline))
