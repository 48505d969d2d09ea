"""``ektp-sched report``: the page of a plan."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Explain, Lang, Replace, Seed, Workers


@app.command()
def report(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")],
    result: Annotated[
        Path | None,
        typer.Option(help="result.json of the plan, for how much better a plan could be."),
    ] = None,
    former: Annotated[
        Path | None, typer.Option(help="A former plan, to show what has changed.")
    ] = None,
    explain: Explain = 0,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write a page to look at a plan: figures, calendar, map, blank cards, schools.

    One file that opens in any browser, without a network. Needs the extra `report`.
    """
    from ektp_sched.cli.reporting import make_page
    from ektp_sched.cli.searching import SearchOptions

    options = SearchOptions(
        time_limit=explain, seed=seed, workers=workers, deterministic=deterministic
    )
    make_page(
        problem,
        plan,
        output,
        result_file=result,
        former_file=former,
        options=options,
        replace=replace,
        interrupts=context.obj,
    )
