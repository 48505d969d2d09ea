"""The verb ``worth``."""

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Lang, Seed, TimeLimit, Workers


@app.command()
def worth(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    time_limit: TimeLimit = 60,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say what one more team-day, 100 blanks, a kit or half an hour at a school would bring.

    Ctrl-C ends early; what was not tried by then is told as an estimate.
    """
    from ektp_sched.cli.searching import SearchOptions
    from ektp_sched.cli.worth import say_worth

    options = SearchOptions(
        time_limit=time_limit, seed=seed, workers=workers, deterministic=deterministic
    )
    say_worth(problem, plan, options, as_json=as_json, interrupts=context.obj)
