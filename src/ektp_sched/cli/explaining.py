"""``ektp-sched explain`` and ``ektp-sched contradictions``: read, ask, print."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.console import RenderableType
from rich.table import Table

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import violations_table, visits_table
from ektp_sched.desk.contradiction import Contradiction, contradiction
from ektp_sched.desk.explain import explain
from ektp_sched.desk.explaining.overview import left_over
from ektp_sched.desk.explaining.values import LeftOver
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.language import _, number
from ektp_sched.solve import CancelToken

FOUND = 1


def list_schools(problem_file: Path, plan_file: Path, *, as_json: bool) -> None:
    """Print a line for each school that is not fully served, most pupils left first."""
    problem = load_problem(problem_file)
    lines = left_over(problem, load_plan(plan_file, problem))
    if as_json:
        say_text(json.dumps([line.model_dump() for line in lines], indent=2) + "\n")
    elif not lines:
        say(_("Every school is fully served."))
    else:
        left = sum(line.left for line in lines)
        head = _(
            "Not fully served: {schools} schools, {pupils} pupils left.",
            schools=len(lines),
            pupils=left,
        )
        say(head, "", _table(lines), "")
        say(_("Give a school's NPSN or name as well to see what is proven and what would help."))


def explain_school(
    problem_file: Path,
    plan_file: Path,
    school: str,
    options: SearchOptions,
    *,
    as_json: bool,
    interrupts: Interrupts,
) -> None:
    """Print why a school is not fully served, and the remedies that were verified."""
    problem, token = load_problem(problem_file), CancelToken()
    plan = load_plan(plan_file, problem)
    with interrupts.cancelling(token):
        found = explain(problem, plan, school, **asdict(options), cancel=token)
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(str(found))


def show_contradiction(
    problem_file: Path, options: SearchOptions, *, as_json: bool, interrupts: Interrupts
) -> int:
    """Print promised visits that contradict each other; tell by the exit code whether some do."""
    problem, token = load_problem(problem_file), CancelToken()
    with interrupts.cancelling(token):
        found = contradiction(problem, **asdict(options), cancel=token)
    if as_json:
        say_text((found.model_dump_json(indent=2) if found else "null") + "\n")
    elif found is None:
        say(_("No contradiction among the promised visits was found."))
    else:
        say(*contradiction_in_words(found, problem))
    return 0 if found is None else FOUND


def contradiction_in_words(found: Contradiction, problem: Problem) -> Iterator[RenderableType]:
    """The visits, the rules they break, and what to do."""
    if len(found.visits) == 1:
        yield _("This promised visit cannot be kept, whatever else is planned:")
    else:
        yield _("These {count} promised visits cannot all be kept:", count=len(found.visits))
    yield ""
    yield visits_table(found.visits, problem)
    yield ""
    yield violations_table(found.violations)
    yield ""
    if len(found.visits) > 1 and found.minimal:
        yield _("Without any one of them the others can be kept. Change or cancel one.")
    elif len(found.visits) > 1:
        yield _("Perhaps not all of them are needed for that: there was no time to find out.")
    yield _("There may be more such visits: ask again when this is mended.")


def _table(lines: tuple[LeftOver, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(_("School"), overflow="fold")
    table.add_column("NPSN", no_wrap=True)
    for heading in (_("Recorded"), _("Left")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(_("Why"), overflow="fold")
    for one in lines:
        why = one.words if one.tag == "proven" else _("likely: {reason}", reason=one.words)
        table.add_row(one.name, one.school, number(one.recorded), number(one.left), why)
    return table
