"""``ektp-sched contingent``: the visits that unconfirmed deliveries would allow."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Gap,
    Json,
    Lang,
    PlanFile,
    ProblemFile,
    Replace,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import GapOptions, under_way
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import contingent_table
from ektp_sched.desk.stock import Contingency, plan_contingent, unconfirmed
from ektp_sched.domain import Problem
from ektp_sched.domain.words import amount, day_in_words
from ektp_sched.files import load_plan, load_problem
from ektp_sched.files.json_files import PLAN_FILE, json_of
from ektp_sched.texts.language import _


def verb(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the new plan.json; made if new.")
    ],
    time_limit: TimeLimit = 60,
    gap: Gap = 0.001,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Add the visits that unconfirmed deliveries of blanks would allow, and how to give them up.

    All other visits stay as they are.
    """
    options = GapOptions(
        time_limit=time_limit, gap=gap, seed=seed, workers=workers, deterministic=deterministic
    )
    return add_contingent(
        problem,
        plan,
        output,
        options,
        replace=replace,
        as_json=as_json,
        interrupts=context.obj,
    )


def add_contingent(
    problem_file: Path,
    plan_file: Path,
    folder: Path,
    options: GapOptions,
    *,
    replace: bool,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Add contingent visits, and leave plan.json in `folder`."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    inputs, output = (problem_file, plan_file), folder / PLAN_FILE
    outputs = outputs_in(folder, [PLAN_FILE], inputs=inputs, replace=replace)
    with under_way(options, interrupts) as arguments:
        found = plan_contingent(problem, plan, **arguments)
    write(outputs, {output: json_of(found.plan)}, documents=[output])
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(*_contingency(problem, found), "", _("Written: {files}", files=output))
    return 0


def _contingency(problem: Problem, found: Contingency) -> Iterator[RenderableType]:
    if problem.stock.cards != "reserve":
        yield _("Recording needs no blank at hand here, so no visit waits for a delivery.")
    elif not unconfirmed(problem):
        yield _("Every delivery is confirmed, so no visit waits for one.")
    elif not found.drop_order:
        yield _(
            "The unconfirmed deliveries would allow no visit more: beside the visits that stay as "
            "they are, the teams have no time, or no pupils are left."
        )
    else:
        dropped = [visit for step in found.drop_order for visit in step]
        pupils = sum(visit.recorded for visit in dropped)
        yield _(
            "If the unconfirmed deliveries arrive as announced: {visits} and {pupils} more. "
            "All other visits are as they were.",
            visits=amount(len(dropped), "visits"),
            pupils=amount(pupils, "pupils"),
        )
        yield _("If less arrives, give up first what stands first (fewest pupils, then the later):")
        yield ""
        yield contingent_table(dropped, problem)
    yield ""
    yield _("Blanks without these deliveries: {stock}.", stock=_used_up(found.runs_out))
    if unconfirmed(problem):
        yield _("Blanks with them: {stock}.", stock=_used_up(found.runs_out_with))


def _used_up(day: date | None) -> str:
    if day is None:
        return _("some above the reserve are left at the end")
    return _("none above the reserve from {day} on", day=day_in_words(day))
