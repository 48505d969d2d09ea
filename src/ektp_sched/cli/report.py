"""``ektp-sched report``: the page of a plan."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import output_file, tell_of
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Explain,
    Lang,
    PlanFile,
    ProblemFile,
    Replace,
    Seed,
    Workers,
)
from ektp_sched.cli.searching import SearchOptions, reasons_of
from ektp_sched.cli.streams import say
from ektp_sched.errors import RequestError
from ektp_sched.files import load_plan, load_problem, load_result
from ektp_sched.report import write_page
from ektp_sched.texts.language import _, spoken_language


def verb(
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
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write a page to look at a plan: figures, calendar, map, blank cards, schools.

    One file that opens in any browser, without a network. Needs the extra `report`.
    """
    options = SearchOptions(
        time_limit=explain, seed=seed, workers=workers, deterministic=deterministic
    )
    make_page(
        problem,
        plan,
        output,
        result_file=result,
        former_file=former,
        options=options,
        replace=replace,
        interrupts=context.obj,
    )


def make_page(
    problem_file: Path,
    plan_file: Path,
    page: Path,
    *,
    result_file: Path | None,
    former_file: Path | None,
    options: SearchOptions,
    replace: bool,
    interrupts: Interrupts,
) -> None:
    """Write the page of a plan; none of the files that are read is ever overwritten."""
    inputs = [problem_file, plan_file, result_file, former_file]
    output_file(page, inputs=inputs, replace=replace)
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    result = load_result(result_file, plan) if result_file else None
    former = load_plan(former_file, problem) if former_file else None
    reasons = reasons_of(problem, plan, options, interrupts)
    try:
        copy = write_page(
            problem,
            plan,
            page,
            result=result,
            former=former,
            reasons=reasons,
            language=spoken_language(),
            replace=replace,
        )
    except RequestError as error:
        raise RequestError(error.complaints, source=str(result_file)) from None
    say(_("Written: {files}", files=page))
    tell_of([copy])
