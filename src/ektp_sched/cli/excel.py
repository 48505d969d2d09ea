"""``ektp-sched excel``: a plan as a workbook to print."""

import typer

from ektp_sched.cli.books import NewBook, new_book
from ektp_sched.cli.files import tell_of
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
from ektp_sched.files import load_plan, load_problem
from ektp_sched.report.plan_workbook import save_plan_xlsx
from ektp_sched.texts.language import _, spoken_language


def verb(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: NewBook,
    explain: Explain = 0,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write a plan as a workbook to print: by day, team and school, who is left, blank cards."""
    target = new_book(output, problem, plan, replace=replace)
    office = load_problem(problem)
    visits = load_plan(plan, office)
    options = SearchOptions(
        time_limit=explain, seed=seed, workers=workers, deterministic=deterministic
    )
    reasons = reasons_of(office, visits, options, context.obj)
    copy = save_plan_xlsx(
        office, visits, target, spoken_language(), reasons=reasons, replace=replace
    )
    say(_("Written: {files}", files=output))
    tell_of([copy])
