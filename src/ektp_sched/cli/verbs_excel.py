"""The verbs about workbooks: template, workbook, import-schools, import-hours, excel."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Explain, Lang
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
) -> None:
    """Write a blank workbook that explains itself, to be filled in for an office."""
    from ektp_sched.cli.streams import say
    from ektp_sched.io import write_template

    this = datetime.now(UTC).year
    write_template(_new(output), spoken_language(), years=tuple(year or (this, this + 1)))
    say(_("Written: {files}", files=output))


@app.command()
def workbook(problem: ProblemFile, output: NewBook, _lang: Lang = None) -> None:
    """Write a problem as a workbook that holds all of it."""
    from ektp_sched.cli.streams import say
    from ektp_sched.io import load_problem, save_problem_xlsx

    target = _new(output, problem)
    save_problem_xlsx(load_problem(problem), target, spoken_language())
    say(_("Written: {files}", files=output))


@app.command("import-schools")
def import_schools(
    schools: Annotated[Path, typer.Argument(help="The list of schools, CSV or Excel.")],
    output: NewBook,
    into: Annotated[
        Path | None, typer.Option(help="A workbook to add them to; a new one by default.")
    ] = None,
    _lang: Lang = None,
) -> None:
    """Put the schools of a register's list (Dapodik) into a workbook."""
    from ektp_sched.io.excel import import_schools

    target = _new(output, schools, into)
    found = import_schools(schools, target, workbook=into, language=spoken_language())
    added = ngettext("{n} school added.", "{n} schools added.", found.added)
    _say(found, added, output)


@app.command("import-hours")
def import_hours(
    timetable: Annotated[Path, typer.Argument(help="The export of aSc Timetables (XML).")],
    into: Annotated[Path, typer.Option(help="The workbook to add the hours to.")],
    school: Annotated[str, typer.Option(help="NPSN of the school.")],
    output: NewBook,
    _lang: Lang = None,
) -> None:
    """Put the hours of a school's timetable, with their share of lessons, into a workbook."""
    from ektp_sched.io.excel import import_hours

    target = _new(output, timetable, into)
    found = import_hours(
        timetable, target, school=school, workbook=into, language=spoken_language()
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
    _lang: Lang = None,
) -> None:
    """Write a plan as a workbook to print: by day, team and school, who is left, blank cards."""
    from ektp_sched.cli.reasons import reasons_of
    from ektp_sched.cli.streams import say
    from ektp_sched.io import load_plan, load_problem
    from ektp_sched.report.plan_workbook import save_plan_xlsx

    target = _new(output, problem, plan)
    office = load_problem(problem)
    visits = load_plan(plan, office)
    reasons = reasons_of(office, visits, time_limit=explain, interrupts=context.obj)
    save_plan_xlsx(office, visits, target, spoken_language(), reasons=reasons)
    say(_("Written: {files}", files=output))


def _say(imported: "Imported", added: str, output: Path) -> None:
    from ektp_sched.cli.streams import say

    if imported.known:
        known = ngettext("{n} was there already.", "{n} were there already.", imported.known)
        added = f"{added} {known}"
    say(added)
    if imported.doubts:
        say("", _("Look at these, {n} in all:", n=len(imported.doubts)))
        say(*(f"  {doubt}" for doubt in imported.doubts))
    say(_("Written: {files}", files=output))


def _new(path: Path, *inputs: Path | None) -> Path:
    """The workbook to write, which is none of the files that are read."""
    from ektp_sched.cli.folder import new_file

    if path.suffix.casefold() != ".xlsx":
        what = _("{path} does not end in .xlsx", path=path)
        raise typer.BadParameter(what, param_hint="--output")
    return new_file(path, inputs=inputs)
