"""``ektp-sched explain`` and ``ektp-sched contradictions``: read, ask, print."""

import json
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import RenderableType
from rich.table import Table

from ektp_sched.cli.asked import school_asked
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import violations_table, visits_table
from ektp_sched.desk.contradiction import Contradiction, contradiction
from ektp_sched.desk.explain import explain
from ektp_sched.desk.explaining.overview import left_over
from ektp_sched.desk.explaining.values import Beside, Explanation, LeftOver
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.solve import CancelToken

FOUND = 1
_HEADINGS: dict[Beside, str] = {
    "nothing": "Even if no other school were visited",
    "promises": "Beside what is promised to other schools",
    "plan": "Beside the plan's visits to other schools",
}


def list_schools(problem_file: Path, plan_file: Path, *, as_json: bool) -> None:
    """Print a line for each school that is not fully served, most pupils left first."""
    problem = load_problem(problem_file)
    lines = left_over(problem, load_plan(plan_file, problem))
    if as_json:
        say_text(json.dumps([line.model_dump() for line in lines], indent=2) + "\n")
    elif not lines:
        say("Every school is fully served.")
    else:
        left = sum(line.left for line in lines)
        say(f"Not fully served: {len(lines):,} schools, {left:,} pupils left.", "", _table(lines))
        say("", "Give a school's NPSN or name as well to see what is proven and what would help.")


def explain_school(
    problem_file: Path,
    plan_file: Path,
    school: str,
    *,
    time_limit: float,
    seed: int,
    as_json: bool,
    interrupts: Interrupts,
) -> None:
    """Print why a school is not fully served, and the remedies that were verified."""
    problem, token = load_problem(problem_file), CancelToken()
    plan = load_plan(plan_file, problem)
    with interrupts.cancelling(token):
        found = explain(
            problem,
            plan,
            school_asked(problem, school),
            time_limit=time_limit,
            seed=seed,
            cancel=token,
        )
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(*_explanation(found))


def show_contradiction(
    problem_file: Path, *, time_limit: float, as_json: bool, interrupts: Interrupts
) -> int:
    """Print promised visits that contradict each other; tell by the exit code whether some do."""
    problem, token = load_problem(problem_file), CancelToken()
    with interrupts.cancelling(token):
        found = contradiction(problem, time_limit=time_limit, cancel=token)
    if as_json:
        say_text((found.model_dump_json(indent=2) if found else "null") + "\n")
    elif found is None:
        say("No contradiction among the promised visits was found.")
    else:
        say(*contradiction_in_words(found, problem))
    return 0 if found is None else FOUND


def contradiction_in_words(found: Contradiction, problem: Problem) -> Iterator[RenderableType]:
    """The visits, the rules they break, and what to do."""
    if len(found.visits) == 1:
        yield "This promised visit cannot be kept, whatever else is planned:"
    else:
        yield f"These {len(found.visits)} promised visits cannot all be kept:"
    yield ""
    yield visits_table(found.visits, problem)
    yield ""
    yield violations_table(found.violations)
    yield ""
    if len(found.visits) > 1 and found.minimal:
        yield "Without any one of them the others can be kept. Change or cancel one."
    elif len(found.visits) > 1:
        yield "Perhaps not all of them are needed for that: there was no time to find out."
    yield "There may be more such visits: ask again when this is mended."


def _table(lines: tuple[LeftOver, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("School", "NPSN"):
        table.add_column(heading, no_wrap=heading == "NPSN", overflow="fold")
    for heading in ("Recorded", "Left"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Why", overflow="fold")
    for one in lines:
        why = one.words if one.tag == "proven" else f"likely: {one.words}"
        table.add_row(one.name, one.school, f"{one.recorded:,}", f"{one.left:,}", why)
    return table


def _explanation(found: Explanation) -> Iterator[str]:
    left = sum(found.left.values())
    if not left:
        yield f"{found.name}: all {found.recorded:,} pupils are recorded."
        return
    by_cohort = ", ".join(f"{count:,} of {name}" for name, count in found.left.items())
    yield f"{found.name}: {found.recorded:,} pupils recorded, {left:,} left ({by_cohort})."
    yield ""
    yield from _reasons(found, found.recorded + left)
    yield "What would help, each shown by a plan in which all other schools keep their pupils:"
    yield from (f"  - {remedy.sentence}{_not_least(remedy.smallest)}" for remedy in found.remedies)
    if not found.remedies:
        yield "  Nothing that was tried."
    if found.not_tried:
        yield ""
        yield f"There was no time to try all of: {', '.join(found.not_tried)}. Raise --time-limit."


def _reasons(found: Explanation, pupils: int) -> Iterator[str]:
    mosts = {
        "nothing": found.most_alone,
        "promises": found.most_beside_promises,
        "plan": found.most_beside_plan,
    }
    for beside, heading in _HEADINGS.items():
        told = [reason for reason in found.reasons if reason.beside == beside]
        if told:
            most = mosts[beside]
            yield f"{heading}{_at_most(most, pupils)}:"
            yield from (f"  - {_hedge(one.tag)}{one.sentence}" for one in told)
            yield ""


def _at_most(most: int | None, pupils: int) -> str:
    if most is None:
        return ""
    number = f"at most {most:,}" if most else "none"
    return f", {number} of its {pupils:,} pupils can be recorded"


def _hedge(tag: str) -> str:
    return "Likely: " if tag == "likely" else ""


def _not_least(smallest: bool) -> str:
    return "" if smallest else " (less may do)"
