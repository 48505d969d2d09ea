"""``ektp-sched replan``: its arguments and options."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Lang, Replace, Seed, TimeLimit, Workers


@app.command()
def replan(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="Folder for problem, plan, result and diff; made if new."
        ),
    ],
    changes: Annotated[
        Path | None,
        typer.Argument(
            help="What has happened: a JSON file, see 'schema changes'. Without one the plan is "
            "only filled up."
        ),
    ] = None,
    max_changes: Annotated[
        int | None, typer.Option(help="At most so many published visits may change.")
    ] = None,
    frozen_until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Visits before this date stay."),
    ] = None,
    time_limit: TimeLimit = 30,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Repair a plan after changes, near to what was published.

    Confirmed visits stay unless the changes make them impossible. Ctrl-C ends the search early; the
    best plan so far is written.
    """
    from ektp_sched.cli.replanning import Files, Options, repair_plan

    files = Files(problem=problem, plan=plan, changes=changes, folder=output)
    options = Options(
        max_changes=max_changes,
        frozen_until=frozen_until.date() if frozen_until else None,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
    )
    return repair_plan(files, options, replace=replace, as_json=as_json, interrupts=context.obj)
