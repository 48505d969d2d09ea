"""The verb ``call-up``."""

from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Lang


@app.command("call-up")
def call_up(
    problem: ProblemFile,
    plan: PlanFile,
    school: Annotated[
        str | None, typer.Option(help="A school's NPSN or name; all schools by default.")
    ] = None,
    size: Annotated[int, typer.Option(help="Pupils called at once, at most.")] = 10,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say which class comes when, for each visit: a list to read out or to send on."""
    from ektp_sched.cli.call_up import say_call_up

    say_call_up(problem, plan, school=school, size=size, as_json=as_json)
