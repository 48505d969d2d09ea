"""Blanks that may come or not: contingent, what-if."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Lang


@app.command()
def contingent(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the new plan.json; made if new.")
    ],
    time_limit: Annotated[float, typer.Option(help="Seconds in all.")] = 60,
    gap: Annotated[
        float, typer.Option(help="A tier is done when it is this close to its bound.")
    ] = 0.001,
    seed: Annotated[int, typer.Option(help="Another seed may find other visits.")] = 0,
    workers: Annotated[int | None, typer.Option(help="Threads; all cores by default.")] = None,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Add the visits that unconfirmed deliveries of blanks would allow, and how to give them up.

    All other visits stay as they are.
    """
    from ektp_sched.cli.searching import GapOptions
    from ektp_sched.cli.stocking import add_contingent

    options = GapOptions(time_limit=time_limit, gap=gap, seed=seed, workers=workers)
    return add_contingent(problem, plan, output, options, as_json=as_json, interrupts=context.obj)


@app.command(name="what-if")
def what_if(problem: ProblemFile, plan: PlanFile, as_json: Json = False, _lang: Lang = None) -> int:
    """Say what a plan comes to if blanks arrive late, in part or not at all."""
    from ektp_sched.cli.stocking import tell_what_if

    return tell_what_if(problem, plan, as_json=as_json)
