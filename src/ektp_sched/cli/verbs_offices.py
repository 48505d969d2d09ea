"""The verb ``offices``."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import Json, app
from ektp_sched.cli.options import Deterministic, Gap, Lang, Replace, Seed


@app.command()
def offices(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="A folder with the problem of each office: .json or .xlsx.")
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder for plans and summaries; go on in it later."),
    ],
    pool: Annotated[
        Path | None, typer.Option(help="A pool of blank cards (JSON) to share out first.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(help="Seconds in all; with a pool, half of them to share it out.")
    ] = 600,
    gap: Gap = 0.001,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    workers: Annotated[
        int | None, typer.Option(help="Offices at once on this machine; all cores by default.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask cluster to work on instead (extra `cluster`)."),
    ] = None,
    pages: Annotated[
        bool, typer.Option(help="Write a page of each office, too; about 0.6 MB each.")
    ] = True,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Plan all offices of a folder, with a summary as page and workbook.

    Run it again to go on where it was stopped: what is finished and unchanged is not planned again.
    Needs the extras `excel` and `report`.
    """
    from ektp_sched.cli.offices import OfficesOptions, hands_here, plan_folder

    if workers is not None and scheduler is not None:
        message = "Give --workers or --scheduler, not both"
        raise typer.BadParameter(message, ctx=context)
    hands = hands_here(workers)
    if scheduler is not None:
        from ektp_sched.cli.cluster import hands_at

        hands = hands_at(scheduler)
    options = OfficesOptions(
        time_limit=time_limit,
        gap=gap,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
        pages=pages,
        replace=replace,
    )
    return plan_folder(
        folder, output, pool, options, hands, as_json=as_json, interrupts=context.obj
    )
