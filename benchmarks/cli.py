"""The command line: parse, call, print."""

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.suites import SUITES

app = typer.Typer(no_args_is_help=True, add_completion=False)

SuiteName = Annotated[str, typer.Option("--suite", help=f"One of: {', '.join(SUITES)}.")]


@app.command()
def make(
    suite: SuiteName,
    size: Annotated[str, typer.Option(help="Schools x teams x days, as in 300x6x20.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The problem file to write.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Write the problem of a case, for `ektp-sched plan` or for a look at it."""
    make_problem = SUITES[suite].make if suite in SUITES else None
    if make_problem is None:
        raise typer.BadParameter(f"{suite!r} is no suite of made problems.", param_hint="--suite")
    try:
        problem = make_problem(size, seed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--size") from None
    text = problem.model_dump_json(exclude_defaults=True, indent=1)
    output.write_text(text + "\n", encoding="utf-8")
