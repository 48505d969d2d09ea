"""The verb ``worth``."""

from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Lang


@app.command()
def worth(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    time_limit: Annotated[float, typer.Option(help="Seconds in all.")] = 60,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say what one more team-day, 100 blanks, a kit or half an hour at a school would bring.

    Ctrl-C ends early; what was not tried by then is told as an estimate.
    """
    from ektp_sched.cli.worth import say_worth

    say_worth(problem, plan, time_limit=time_limit, as_json=as_json, interrupts=context.obj)
