"""The verbs, their arguments and options. Whatever is slow to import is imported when needed."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.options import (
    Deterministic,
    Gap,
    Lang,
    Replace,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.writer import writing_as

app = typer.Typer(
    help="Plan the visits of mobile e-KTP recording teams to schools.",
    epilog="Exit codes: 0 done, 1 the plan breaks rules or there is none, 2 bad input or usage, "
    "130 interrupted, 143 terminated, 70 a fault of ektp-sched.",
    add_completion=False,
)

ProblemFile = Annotated[
    Path, typer.Argument(help="The problem: a workbook (.xlsx) or a JSON file.")
]
PlanFile = Annotated[Path, typer.Argument(help="The plan, a JSON file such as `plan` writes.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


class Kind(StrEnum):
    """What there is a schema of."""

    problem = "problem"
    plan = "plan"
    changes = "changes"
    pool = "pool"


def _print_version(wanted: bool) -> None:
    if wanted:
        from ektp_sched import __version__
        from ektp_sched.cli.streams import say_text

        say_text(f"ektp-sched {__version__}\n")
        raise typer.Exit


@app.callback()
def _ektp_sched(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    context.with_resource(writing_as(context.invoked_subcommand or ""))


@app.command()
def plan(
    context: typer.Context,
    problem: ProblemFile,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder for plan.json and result.json; made if new."),
    ],
    time_limit: TimeLimit = 60,
    gap: Gap = 0.001,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh",
            help="Begin from nothing, not from the plan in the folder; so does --deterministic.",
        ),
    ] = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Make the best plan that can be found and proven in the time given.

    Where the folder holds a plan, the search begins from it, and what moved is told. Ctrl-C ends
    the search early; the best plan so far is written.
    """
    from ektp_sched.cli.planning import make_plan
    from ektp_sched.cli.searching import GapOptions

    options = GapOptions(
        time_limit=time_limit, gap=gap, seed=seed, workers=workers, deterministic=deterministic
    )
    return make_plan(
        problem,
        output,
        options,
        fresh=fresh,
        replace=replace,
        as_json=as_json,
        interrupts=context.obj,
    )


@app.command()
def check(
    problem: ProblemFile,
    plan: Annotated[
        Path | None,
        typer.Argument(help="The plan; without one, the problem's own data are checked."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Without a plan: a copy of the workbook (.xlsx) to write, with each fault and "
            "doubt marked on its cell.",
        ),
    ] = None,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Say which rules a plan breaks, and what it is worth; or what is wrong in the data."""
    from ektp_sched.cli.checking import check_data, check_plan

    if plan is None:
        return check_data(problem, output, replace=replace, as_json=as_json)
    if output is not None:
        from ektp_sched.language import _

        what = _("only the data of a workbook are marked in a copy; leave out the plan")
        raise typer.BadParameter(what, param_hint="--output")
    return check_plan(problem, plan, as_json=as_json)


@app.command()
def schema(
    kind: Annotated[Kind, typer.Argument(help="Which file's form to print.")],
) -> None:
    """Print the form of a file as JSON Schema."""
    from ektp_sched.cli.streams import say_text
    from ektp_sched.io import changes_schema, plan_schema, problem_schema
    from ektp_sched.offices import pool_schema

    makers = {
        Kind.problem: problem_schema,
        Kind.plan: plan_schema,
        Kind.changes: changes_schema,
        Kind.pool: pool_schema,
    }
    say_text(makers[kind]())
