"""The verbs about workbooks: template, workbook, import-schools, import-hours, excel."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ektp_sched.cli.app import PlanFile, ProblemFile, app
from ektp_sched.cli.options import Deterministic, Explain, Lang, Replace, Seed, Workers
from ektp_sched.language import _, ngettext, number, spoken_language

if TYPE_CHECKING:
    from ektp_sched.io.excel.importing import Imported


MOST_DOUBTS = 40


class Hidden(StrEnum):
    """What to do with rows of a list that are hidden."""

    TAKE = "take"
    LEAVE = "leave"


class Existing(StrEnum):
    """What to do with rows that an import would add to."""

    REPLACE = "replace"
    KEEP = "keep"


NewBook = Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")]


@app.command()
def template(
    output: NewBook,
    _lang: Lang = None,
    year: Annotated[
        list[int] | None,
        typer.Option(
            min=2000,
            max=2100,
            help="Fill in the holidays of this year; by default this one and the next.",
        ),
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
    schools: Annotated[Path, typer.Argument(help="The list of schools: CSV, Excel or JSON.")],
    output: NewBook,
    into: Annotated[
        Path | None, typer.Option(help="A workbook to add them to; a new one by default.")
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(
            help="Kinds to take, such as SMA,SMK, or all; by default the senior-secondary ones."
        ),
    ] = None,
    hidden: Annotated[
        Hidden | None, typer.Option(help="What to do with rows that are hidden; else it is asked.")
    ] = None,
    skip_incomplete: Annotated[
        bool,
        typer.Option(
            "--skip-incomplete",
            help="Leave out rows without NPSN, name, kind or district, such as “No data”.",
        ),
    ] = False,
    due: Annotated[
        bool,
        typer.Option("--due", help="The list counts the pupils due for recording, not all pupils."),
    ] = False,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Put the schools of a list (Dapodik and others) into a workbook."""
    from ektp_sched.io.excel import import_schools

    target = _new(output, schools, into, replace=replace)
    choices: dict[str, Any] = {"skip_incomplete": skip_incomplete, "due": due, **_kinds(kinds)}
    choices |= {"workbook": into, "language": spoken_language(), "replace": replace}
    run = partial(import_schools, schools, target, **choices)
    found = _decided(run, hidden=hidden and hidden.value)
    added = ngettext("{n} school added.", "{n} schools added.", found.added)
    _say(found, added, output)


@app.command("import-hours")
def import_hours(
    timetable: Annotated[Path, typer.Argument(help="The export of aSc Timetables (XML).")],
    into: Annotated[Path, typer.Option(help="The workbook to add the hours to.")],
    school: Annotated[str, typer.Option(help="NPSN of the school, or its name.")],
    output: NewBook,
    existing: Annotated[
        Existing | None,
        typer.Option(help="What to do with hours that the school has already; else it is asked."),
    ] = None,
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Put the hours of a school's timetable, with their share of lessons, into a workbook."""
    from ektp_sched.io.excel import import_hours

    target = _new(output, timetable, into, replace=replace)
    run = partial(
        import_hours,
        timetable,
        target,
        school=school,
        workbook=into,
        language=spoken_language(),
        replace=replace,
    )
    found = _decided(run, existing=existing and existing.value)
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


def _kinds(text: str | None) -> dict[str, list[str] | None]:
    """The kinds asked for, as an argument; nothing where the usual ones are meant."""
    if text is None:
        return {}
    if text.strip().casefold() in {"all", "semua"}:
        return {"kinds": None}
    kinds = [kind.strip() for kind in text.replace(";", ",").split(",") if kind.strip()]
    if not kinds:
        raise typer.BadParameter(_("no kind is named"), param_hint="--kinds")
    return {"kinds": kinds}


def _decided(run: "Callable[..., Imported]", **choices: str | None) -> "Imported":
    """What comes of a run; what only the planner can decide is asked, where she can answer."""
    from ektp_sched.cli.streams import ask
    from ektp_sched.errors import DecisionError

    try:
        return run(**choices)
    except DecisionError as error:
        answer = ask(error.question)
        if answer is None:
            raise
        yes, no = error.answers
        return _decided(run, **choices | {error.argument: yes if answer else no})


def _say(imported: "Imported", added: str, output: Path) -> None:
    from ektp_sched.cli.files import tell_of
    from ektp_sched.cli.streams import say

    if imported.known:
        known = ngettext("{n} was there already.", "{n} were there already.", imported.known)
        added = f"{added} {known}"
    say(added)
    if imported.left_out:
        kinds = ", ".join(f"{kind} {number(n)}" for kind, n in sorted(imported.left_out.items()))
        say(_("Left out by kind (--kinds says which are taken): {kinds}.", kinds=kinds))
    for remark in imported.remarks:
        say(_("Note: {remark}.", remark=remark))
    if imported.doubts:
        say("", _("Look at these, {n} in all:", n=len(imported.doubts)))
        say(*(f"  {doubt}" for doubt in imported.doubts[:MOST_DOUBTS]))
        if (more := len(imported.doubts) - MOST_DOUBTS) > 0:
            say(_("  and {more} more; all are marked in the workbook", more=more))
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
