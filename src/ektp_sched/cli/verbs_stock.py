"""Blanks that may come or not: contingent, what-if."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import (
    Deterministic,
    Gap,
    Lang,
    Replace,
    Seed,
    TimeLimit,
    Workers,
)


@app.command()
def contingent(
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
    from ektp_sched.cli.searching import GapOptions
    from ektp_sched.cli.stocking import add_contingent

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


@app.command(name="what-if")
def what_if(problem: ProblemFile, plan: PlanFile, as_json: Json = False, _lang: Lang = None) -> int:
    """Say what a plan comes to if blanks arrive late, in part or not at all."""
    from ektp_sched.cli.stocking import tell_what_if

    return tell_what_if(problem, plan, as_json=as_json)
