"""``ektp-sched explain`` and ``ektp-sched contradictions``: arguments and options."""

from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Lang

TimeLimit = Annotated[float, typer.Option(help="Seconds in all.")]


@app.command()
def explain(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    school: Annotated[
        str | None, typer.Argument(help="A school's NPSN or name; all schools at a glance if none.")
    ] = None,
    time_limit: TimeLimit = 20,
    seed: Annotated[int, typer.Option(help="Another seed may find another remedy.")] = 0,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say why a school is not served, or not fully, and the least that would serve it."""
    from ektp_sched.cli.explaining import explain_school, list_schools

    if school is None:
        list_schools(problem, plan, as_json=as_json)
    else:
        explain_school(
            problem,
            plan,
            school,
            time_limit=time_limit,
            seed=seed,
            as_json=as_json,
            interrupts=context.obj,
        )


@app.command()
def contradictions(
    context: typer.Context,
    problem: ProblemFile,
    time_limit: TimeLimit = 20,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Show a smallest set of promised visits that cannot all be kept."""
    from ektp_sched.cli.explaining import show_contradiction

    return show_contradiction(
        problem, time_limit=time_limit, as_json=as_json, interrupts=context.obj
    )
