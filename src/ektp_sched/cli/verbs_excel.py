"""The verbs about workbooks: template, workbook, import-schools, import-hours, excel."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Explain, Lang, Replace, Seed, Workers
from ektp_sched.language import _, ngettext, spoken_language

if TYPE_CHECKING:
    from ektp_sched.io.excel.importing import Imported


NewBook = Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")]


@app.command()
def template(
    output: NewBook,
    _lang: Lang = None,
    year: Annotated[
        list[int] | None,
        typer.Option(help="Fill in the holidays of this year; by default this one and the next."),
    ] = None,
    replace: Replace = False,
) -> None:
    """Write a blank workbook that explains itself, to be filled in for an office."""
    from ektp_sched.cli.files import tell_of
    from ektp_sched.cli.streams import say
    from ektp_sched.io import write_template

    target, this = _new(output, replace=replace), datetime.now(UTC).year
    years = tuple(year or (this, this + 1))
    copy = write_template(target, spoken_language(), years=years, replace=replace)
    say(_("Written: {files}", files=output))
    tell_of([copy])


@app.command()
def workbook(
    problem: ProblemFile, output: NewBook, replace: Replace = False, _lang: Lang = None
) -> None:
    """Write a problem as a workbook that holds all of it."""
    from ektp_sched.cli.files import tell_of
    from ektp_sched.cli.streams import say
    from ektp_sched.io import load_problem, save_problem_xlsx

    target = _new(output, problem, replace=replace)
    copy = save_problem_xlsx(load_problem(problem), target, spoken_language(), replace=replace)
    say(_("Written: {files}", files=output))
    tell_of([copy])


@app.command("import-schools")
def import_schools(
    schools: Annotated[Path, typer.Argument(help="The list of schools, CSV or Excel.")],
    output: NewBook,
    into: Annotated[
        Path | None, typer.Option(help="A workbook to add them to; a new one by default.")
    ] = None,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Put the schools of a register's list (Dapodik) into a workbook."""
    from ektp_sched.io.excel import import_schools

    target = _new(output, schools, into, replace=replace)
    found = import_schools(
        schools, target, workbook=into, language=spoken_language(), replace=replace
    )
    added = ngettext("{n} school added.", "{n} schools added.", found.added)
    _say(found, added, output)


@app.command("import-hours")
def import_hours(
    timetable: Annotated[Path, typer.Argument(help="The export of aSc Timetables (XML).")],
    into: Annotated[Path, typer.Option(help="The workbook to add the hours to.")],
    school: Annotated[str, typer.Option(help="NPSN of the school.")],
    output: NewBook,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Put the hours of a school's timetable, with their share of lessons, into a workbook."""
    from ektp_sched.io.excel import import_hours

    target = _new(output, timetable, into, replace=replace)
    found = import_hours(
        timetable,
        target,
        school=school,
        workbook=into,
        language=spoken_language(),
        replace=replace,
    )
    added = ngettext("{n} row of hours added.", "{n} rows of hours added.", found.added)
    _say(found, added, output)


@app.command()
def excel(
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
    from ektp_sched.cli.files import tell_of
    from ektp_sched.cli.reasons import reasons_of
    from ektp_sched.cli.searching import SearchOptions
    from ektp_sched.cli.streams import say
    from ektp_sched.io import load_plan, load_problem
    from ektp_sched.report.plan_workbook import save_plan_xlsx

    target = _new(output, problem, plan, replace=replace)
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


def _say(imported: "Imported", added: str, output: Path) -> None:
    from ektp_sched.cli.files import tell_of
    from ektp_sched.cli.streams import say

    if imported.known:
        known = ngettext("{n} was there already.", "{n} were there already.", imported.known)
        added = f"{added} {known}"
    say(added)
    if imported.doubts:
        say("", _("Look at these, {n} in all:", n=len(imported.doubts)))
        say(*(f"  {doubt}" for doubt in imported.doubts))
    say(_("Written: {files}", files=output))
    tell_of([imported.copy])


def _new(path: Path, *inputs: Path | None, replace: bool) -> Path:
    """The workbook to write, which is none of the files that are read, and no other person's."""
    from ektp_sched.cli.files import output_file

    if path.suffix.casefold() != ".xlsx":
        what = _("{path} does not end in .xlsx", path=path)
        raise typer.BadParameter(what, param_hint="--output")
    output_file(path, inputs=inputs, replace=replace)
    return path
