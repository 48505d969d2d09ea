"""The verbs about workbooks: template, workbook, import-schools, import-hours, excel."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Explain, Lang, language_of

if TYPE_CHECKING:
    from ektp_sched.io.excel.importing import Imported


NewBook = Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")]


@app.command()
def template(
    output: NewBook,
    lang: Lang = None,
    year: Annotated[
        list[int] | None,
        typer.Option(help="Fill in the holidays of this year; by default this one and the next."),
    ] = None,
) -> None:
    """Write a blank workbook that explains itself, to be filled in for an office."""
    from ektp_sched.cli.streams import say
    from ektp_sched.io import write_template

    this = datetime.now(UTC).year
    write_template(_new(output), language_of(lang), years=tuple(year or (this, this + 1)))
    say(f"Written: {output}")


@app.command()
def workbook(problem: ProblemFile, output: NewBook, lang: Lang = None) -> None:
    """Write a problem as a workbook that holds all of it."""
    from ektp_sched.cli.streams import say
    from ektp_sched.io import load_problem, save_problem_xlsx

    target = _new(output, problem)
    save_problem_xlsx(load_problem(problem), target, language_of(lang))
    say(f"Written: {output}")


@app.command("import-schools")
def import_schools(
    schools: Annotated[Path, typer.Argument(help="The list of schools, CSV or Excel.")],
    output: NewBook,
    into: Annotated[
        Path | None, typer.Option(help="A workbook to add them to; a new one by default.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Put the schools of a register's list (Dapodik) into a workbook."""
    from ektp_sched.io.excel import import_schools

    target = _new(output, schools, into)
    _say(
        import_schools(schools, target, workbook=into, language=language_of(lang)),
        "schools",
        output,
    )


@app.command("import-hours")
def import_hours(
    timetable: Annotated[Path, typer.Argument(help="The export of aSc Timetables (XML).")],
    into: Annotated[Path, typer.Option(help="The workbook to add the hours to.")],
    school: Annotated[str, typer.Option(help="NPSN of the school.")],
    output: NewBook,
    lang: Lang = None,
) -> None:
    """Put the hours of a school's timetable, with their share of lessons, into a workbook."""
    from ektp_sched.io.excel import import_hours

    target = _new(output, timetable, into)
    found = import_hours(
        timetable, target, school=school, workbook=into, language=language_of(lang)
    )
    _say(found, "rows of hours", output)


@app.command()
def excel(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: NewBook,
    explain: Explain = 0,
    lang: Lang = None,
) -> None:
    """Write a plan as a workbook to print: by day, team and school, who is left, blank cards."""
    from ektp_sched.cli.reasons import reasons_of
    from ektp_sched.cli.streams import say
    from ektp_sched.io import load_plan, load_problem
    from ektp_sched.report.plan_workbook import save_plan_xlsx

    target = _new(output, problem, plan)
    office, language = load_problem(problem), language_of(lang)
    visits = load_plan(plan, office)
    reasons = reasons_of(
        office, visits, time_limit=explain, language=language, interrupts=context.obj
    )
    save_plan_xlsx(office, visits, target, language, reasons=reasons)
    say(f"Written: {output}")


def _say(imported: "Imported", what: str, output: Path) -> None:
    from ektp_sched.cli.streams import say

    known = f" {imported.known:,} were there already." if imported.known else ""
    say(f"{imported.added:,} {what} added.{known}")
    if imported.doubts:
        say("", f"Look at these, {len(imported.doubts):,} in all:")
        say(*(f"  {doubt}" for doubt in imported.doubts))
    say(f"Written: {output}")


def _new(path: Path, *inputs: Path | None) -> Path:
    """The workbook to write, which is none of the files that are read."""
    from ektp_sched.cli.folder import new_file

    if path.suffix.casefold() != ".xlsx":
        raise typer.BadParameter(f"{path} does not end in .xlsx", param_hint="--output")
    return new_file(path, inputs=inputs)
