"""A planner's week: agree dates with ten schools, publish, and repair the plan afterwards.

Run it with ``python examples/school_week/week.py``; README.md shows and explains what it prints.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ektp_sched import (
    Offer,
    Offers,
    Plan,
    Problem,
    Result,
    Visit,
    accept,
    call_up,
    diff_plans,
    explain,
    left_over,
    load_changes,
    load_problem,
    offer,
    plan_contingent,
    refuse,
    replan,
    solve,
    what_if,
    worth,
)
from ektp_sched.cli.worth import in_words
from ektp_sched.domain.words import amount, names_of, short_day

HERE = Path(__file__).parent
# On the telephone, SMA Negeri 5 has exams, and SMAS Pembangunan is not reached.
EXAMS = {"10702412": tuple(date(2024, 7, day) for day in range(22, 27))}
NOT_REACHED = {"10702419"}
FROZEN_UNTIL = date(2024, 7, 26)  # on Wednesday nobody plans anything new for Thursday


@dataclass(frozen=True)
class Step:
    """What a step of the week ends with, and what a planner reads."""

    title: str
    problem: Problem
    plan: Plan
    lines: tuple[str, ...]


def week(problem: Problem, *, effort: float = 1) -> Iterator[Step]:
    """Tell the week step by step.

    Parameters
    ----------
    effort
        Units of the solvers' work for each search, a few seconds each. The same effort finds the
        same plans again.
    """
    draft = _plan_of(solve(problem, time_limit=effort, deterministic=True))
    yield Step("Thursday, 18 July: a draft", problem, draft, tuple(_visits(problem, draft)))
    problem, plan, calls = _telephone(problem, draft)
    yield Step("Friday, 19 July: dates are agreed by telephone", problem, plan, tuple(calls))
    published = _plan_of(solve(problem, time_limit=effort, deterministic=True, warm_start=plan))
    yield Step(
        "Saturday, 20 July: published", problem, published, tuple(_visits(problem, published))
    )
    why = tuple(_least_served(problem, published, effort))
    yield Step("Why is a school left out?", problem, published, why)
    problem, plan, told = _repaired(problem, published, effort)
    yield Step("Wednesday, 24 July: three things go wrong", problem, plan, tuple(told))
    why = tuple(_least_served(problem, plan, effort))
    yield Step("Who pays for it, and what would help?", problem, plan, why)
    plan, told = _if_more_comes(problem, plan, effort)
    yield Step("If the other blanks come", problem, plan, tuple(told))
    yield Step("What is one thing more worth?", problem, plan, tuple(_worth(problem, plan, effort)))
    yield Step("A list for one school", problem, plan, tuple(_call_up(problem, plan)))


def _telephone(problem: Problem, plan: Plan) -> tuple[Problem, Plan, list[str]]:
    """Call one school after the other: each takes the first date that it can."""
    lines: list[str] = []
    for school in problem.schools:
        lines.append(f"{school.name}:")
        if school.id in NOT_REACHED:
            lines.append("  nobody answers; its visit stays a proposal")
            continue
        found = offer(problem, plan, school.id, k=5)
        if school.id in EXAMS and found.offers:
            said = _when(problem, _best(found).visit)
            lines.append(f"  {said}? No: exams all week. That week is closed; asked again:")
            no = refuse(problem, plan, school.id, EXAMS[school.id], reason="exams")
            problem, plan = no.problem, no.plan
            found = offer(problem, plan, school.id, k=5)
        if not found.offers:
            lines.append("  no date can be offered")
            continue
        best = _best(found)
        lost = found.score.students - best.score.students
        cost = f"; costs the plan {amount(lost, 'pupils')}" if lost > 0 else ""
        lines.append(f"  {_when(problem, best.visit)}? Agreed{cost}")
        yes = accept(problem, plan, best)
        problem, plan = yes.problem, yes.plan
    return problem, plan, lines


def _best(found: Offers) -> Offer:
    """Of the dates that cost the whole plan no more pupils than the first, the one with most."""
    first = found.offers[0].score.students
    alike = [one for one in found.offers if one.score.students == first]
    return max(alike, key=lambda one: one.visit.recorded)


def _repaired(problem: Problem, plan: Plan, effort: float) -> tuple[Problem, Plan, list[str]]:
    """Replan after what changes.json says has happened."""
    changes = load_changes(HERE / "changes.json")
    found = replan(
        problem, plan, changes, frozen_until=FROZEN_UNTIL, time_limit=2 * effort, deterministic=True
    )
    known, after = names_of(problem, found.problem), _plan_of(found.result)
    lines = [
        f"{change.said(known)}: takes {amount(cost.pupils, 'pupils')}"
        for change, cost in zip(changes, found.costs, strict=True)
    ]
    lines += ["", "Promises that cannot be kept:"] if found.impossible else []
    for lost in found.impossible:
        lines += [f"  {rule.rule}: {rule.message}" for rule in lost.rules]
    lines += ["", "What is different:"]
    lines += [f"  {line}" for line in diff_plans(found.published, after).sentences(found.problem)]
    lines += [
        "",
        f"{amount(len(found.diff.kept), 'visits')} stay as they were. Pupils: "
        f"{found.recorded_before} published, {found.recorded_standing} in what stands of that, "
        f"{found.recorded_after} now.",
    ]
    return found.problem, after, lines


def _least_served(problem: Problem, plan: Plan, effort: float) -> Iterator[str]:
    """Explain the school that has the smallest part of its pupils recorded."""
    school = min(left_over(problem, plan), key=lambda one: one.recorded / (one.recorded + one.left))
    found = explain(problem, plan, school.school, time_limit=3 * effort, deterministic=True)
    yield f"{found.name}: {found.recorded} recorded, {sum(found.left.values())} left"
    yield "Why:"
    for reason in found.reasons:
        yield f"  - {reason.sentence} ({reason.tag})"
    yield "What would help:"
    yield from (f"  - {remedy.sentence}" for remedy in found.remedies)
    if found.not_tried:
        yield f"  (no time to try all of: {', '.join(found.not_tried)})"


def _if_more_comes(problem: Problem, plan: Plan, effort: float) -> tuple[Plan, list[str]]:
    """Add visits that wait for unconfirmed blanks, and say what comes of them."""
    found = plan_contingent(problem, plan, time_limit=effort, deterministic=True)
    lines = ["Only if they come, the first to be given up first:"]
    dropped = (visit for step in found.drop_order for visit in step)
    lines += [f"  {_at_school(problem, visit)}" for visit in dropped]
    lines += ["", f"{'If they come':20} {'pupils':>6} {'visits that fall':>16}"]
    for outcome in what_if(problem, found.plan):
        lines.append(f"{outcome.scenario.name:20} {outcome.pupils:6} {len(outcome.fallen):16}")
    return found.plan, lines


def _worth(problem: Problem, plan: Plan, effort: float) -> Iterator[str]:
    """The best that was tried out by planning anew."""
    found = worth(problem, plan, time_limit=2 * effort, verify=3, deterministic=True)
    pupils = amount(found.pupils, "pupils")
    yield f"In hand: {pupils}, contingent visits aside. With one thing more:"
    for gain in found.gains:
        if gain.found is not None:
            yield f"  {in_words(gain, problem)}: {amount(gain.found, 'pupils')} more"


def _call_up(problem: Problem, plan: Plan) -> Iterator[str]:
    """Which class comes when, at the last visit that was agreed."""
    visit = max(_of_status(plan, "confirmed"), key=lambda one: (one.date, one.start))
    yield _at_school(problem, visit)
    for call in call_up(problem, plan, school=visit.school):
        if call.date == visit.date and call.team == visit.team:
            pupils = amount(call.pupils, "pupils")
            yield f"  {call.start:%H:%M}  {call.cohort}: {pupils}, done by {call.end:%H:%M}"


def _visits(problem: Problem, plan: Plan) -> Iterator[str]:
    """A plan as it is published, then those who are left out."""
    for visit in sorted(plan.visits, key=lambda one: (one.date, one.start)):
        yield f"{_at_school(problem, visit)} ({visit.status})"
    due = sum(cohort.students for school in problem.schools for cohort in school.cohorts)
    yield f"{sum(visit.recorded for visit in plan.visits)} of {due} pupils recorded"
    for one in left_over(problem, plan):
        yield f"  {one.left} left at {one.name}: {one.words}"


def _at_school(problem: Problem, visit: Visit) -> str:
    return f"{_when(problem, visit)}, {names_of(problem).schools[visit.school]}"


def _when(problem: Problem, visit: Visit) -> str:
    times = f"{visit.start:%H:%M}-{visit.end:%H:%M}"
    team = names_of(problem).teams[visit.team]
    return f"{short_day(visit.date)}, {times} ({team}), {amount(visit.recorded, 'pupils')}"


def _of_status(plan: Plan, status: str) -> Iterable[Visit]:
    return (visit for visit in plan.visits if visit.status == status)


def _plan_of(result: Result) -> Plan:
    if result.plan is None:
        raise SystemExit("No plan was found: give more effort.")
    return result.plan


def main() -> None:
    """Print the week."""
    for step in week(load_problem(HERE / "problem.json")):
        print(f"\n== {step.title}\n")
        print(*step.lines, sep="\n")


if __name__ == "__main__":
    main()
