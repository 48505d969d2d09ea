"""``ektp-sched offer``: the best slots to propose to a school."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.agreeing import School, Telling
from ektp_sched.cli.files import output_file, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Json,
    Lang,
    PlanFile,
    ProblemFile,
    Replace,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.offer import offer
from ektp_sched.files import load_plan, load_problem
from ektp_sched.files.json_files import json_of
from ektp_sched.solve import CancelToken
from ektp_sched.texts.language import _


def verb(
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


NO_OFFER = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOptions(SearchOptions):
    """The options of offer() that the command line has."""

    k: int
    exact: bool


def make_offers(
    problem_file: Path,
    plan_file: Path,
    school: str,
    options: OfferOptions,
    *,
    output: Path | None,
    replace: bool,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Print the offers, and keep them in a file if one is named."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    outputs = None
    if output is not None:
        outputs = output_file(output, inputs=[problem_file, plan_file], replace=replace)
    cancel = CancelToken()
    with interrupts.cancelling(cancel):
        found = offer(
            problem,
            plan,
            school,
            **asdict(options),
            cancel=cancel,
        )
    if output is not None and outputs is not None:
        write(outputs, {output: json_of(found)}, documents=[output])
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(*Telling(problem, plan).offers(found))
        if output is not None:
            say("", _("Written: {files}", files=output))
    return 0 if found.offers else NO_OFFER
