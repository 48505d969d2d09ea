"""``ektp-sched report``: the page of a plan."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Explain, Lang


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
    _lang: Lang = None,
) -> None:
    """Write a page to look at a plan: figures, calendar, map, blank cards, schools.

    One file that opens in any browser, without a network. Needs the extra `report`.
    """
    from ektp_sched.cli.reporting import make_page

    make_page(
        problem,
        plan,
        output,
        result_file=result,
        former_file=former,
        explain=explain,
        interrupts=context.obj,
    )
