"""``ektp-sched explain``: why schools are not served, or not fully."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Json,
    Lang,
    PlanFile,
    ProblemFile,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.explain.explain import explain
from ektp_sched.desk.explain.overview import left_over
from ektp_sched.desk.explain.values import LeftOver
from ektp_sched.files import load_plan, load_problem
from ektp_sched.solve import CancelToken
from ektp_sched.texts.language import _, number


def verb(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    school: Annotated[
        str | None, typer.Argument(help="A school's NPSN or name; all schools at a glance if none.")
    ] = None,
    time_limit: TimeLimit = 20,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say why a school is not served, or not fully, and the least that would serve it."""
    if school is None:
        list_schools(problem, plan, as_json=as_json)
    else:
        options = SearchOptions(
            time_limit=time_limit, seed=seed, workers=workers, deterministic=deterministic
        )
        explain_school(problem, plan, school, options, as_json=as_json, interrupts=context.obj)


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
