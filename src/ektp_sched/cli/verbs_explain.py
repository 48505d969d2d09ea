"""``ektp-sched explain`` and ``ektp-sched contradictions``: arguments and options."""

from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Lang, Seed, TimeLimit, Workers


@app.command()
def explain(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    school: Annotated[
        str | None, typer.Argument(help="A school's NPSN or name; all schools at a glance if none.")
    ] = None,
    time_limit: TimeLimit = 20,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say why a school is not served, or not fully, and the least that would serve it."""
    from ektp_sched.cli.explaining import explain_school, list_schools
    from ektp_sched.cli.searching import SearchOptions

    if school is None:
        list_schools(problem, plan, as_json=as_json)
    else:
        options = SearchOptions(
            time_limit=time_limit, seed=seed, workers=workers, deterministic=deterministic
        )
        explain_school(problem, plan, school, options, as_json=as_json, interrupts=context.obj)


@app.command()
def contradictions(
    context: typer.Context,
    problem: ProblemFile,
    time_limit: TimeLimit = 20,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Show a smallest set of promised visits that cannot all be kept."""
    from ektp_sched.cli.explaining import show_contradiction
    from ektp_sched.cli.searching import SearchOptions

    options = SearchOptions(
        time_limit=time_limit, seed=seed, workers=workers, deterministic=deterministic
    )
    return show_contradiction(problem, options, as_json=as_json, interrupts=context.obj)
