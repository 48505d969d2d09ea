"""Agreeing dates with a school: offer, accept, refuse."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.app import Json, PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Lang, Replace, Seed, TimeLimit, Workers

School = Annotated[str, typer.Argument(help="The school's NPSN, or a part of its name.")]
Folder = Annotated[
    Path,
    typer.Option("--output", "-o", help="Folder for the new problem.json and plan.json."),
]


@app.command()
def offer(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    school: School,
    count: Annotated[int, typer.Option("-k", help="How many slots, 1 to 20.")] = 5,
    exact: Annotated[
        bool, typer.Option("--exact", help="Plan anew for every slot instead of estimating.")
    ] = False,
    time_limit: TimeLimit = 60,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to keep the offers in, for accept.")
    ] = None,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Find the best slots to propose to a school, and what each costs the whole plan.

    Time is used, and seed and workers matter, for --exact alone.
    """
    from ektp_sched.cli.offering import OfferOptions, make_offers

    options = OfferOptions(
        k=count,
        exact=exact,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
    )
    return make_offers(
        problem,
        plan,
        school,
        options,
        output=output,
        replace=replace,
        as_json=as_json,
        interrupts=context.obj,
    )


@app.command()
def accept(
    problem: ProblemFile,
    plan: PlanFile,
    offers: Annotated[Path, typer.Argument(help="The file that `offer -o` wrote.")],
    number: Annotated[int, typer.Argument(help="The number of the offer that was agreed.")],
    output: Folder,
    replace: Replace = False,
    _lang: Lang = None,
) -> int:
    """Confirm an offer: it becomes a promise of the problem, and the plan holds it."""
    from ektp_sched.cli.offering import accept_offer

    return accept_offer(problem, plan, offers, number, output, replace=replace)


@app.command()
def refuse(
    problem: ProblemFile,
    plan: PlanFile,
    school: School,
    dates: Annotated[
        list[str], typer.Argument(help="Dates, such as 2024-08-05 or 2024-08-05..2024-08-09.")
    ],
    output: Folder,
    reason: Annotated[str, typer.Option(help="Why, to be kept with the dates.")] = "",
    replace: Replace = False,
    _lang: Lang = None,
) -> int:
    """Close a school on dates that it refuses; its proposed visits on them fall."""
    from ektp_sched.cli.offering import refuse_dates

    return refuse_dates(problem, plan, school, dates, reason=reason, folder=output, replace=replace)
