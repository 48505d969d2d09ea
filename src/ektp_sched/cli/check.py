"""``ektp-sched check``: which rules a plan breaks, or what is wrong in the data."""

import json
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import output_file, tell_of
from ektp_sched.cli.options import (
    Json,
    Lang,
    ProblemFile,
    Replace,
)
from ektp_sched.cli.streams import complain, say, say_text
from ektp_sched.cli.tables import ledger_in_words, pupils_of, terms_table, violations_table
from ektp_sched.domain import Problem
from ektp_sched.errors import Complaint, FileError, ProblemError
from ektp_sched.files import Inspection, inspect_problem, load_plan, load_problem
from ektp_sched.files.excel import looks_like_workbook
from ektp_sched.rulebook import Report, check
from ektp_sched.texts.language import _, ngettext, spoken_language


def verb(
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
    if plan is None:
        return check_data(problem, output, replace=replace, as_json=as_json)
    if output is not None:
        what = _("only the data of a workbook are marked in a copy; leave out the plan")
        raise typer.BadParameter(what, param_hint="--output")
    return check_plan(problem, plan, as_json=as_json)


BROKEN = 1
FAULTY = 2


def check_plan(problem_file: Path, plan_file: Path, *, as_json: bool) -> int:
    """Print what the checker says; tell by the exit code whether a rule is broken."""
    problem = load_problem(problem_file)
    report = check(problem, load_plan(plan_file, problem))
    if as_json:
        say_text(report.model_dump_json(indent=2) + "\n")
    else:
        _print(report, problem)
    return 0 if report.ok else BROKEN


def check_data(problem_file: Path, copy: Path | None, *, replace: bool, as_json: bool) -> int:
    """Print what is at fault and what is doubtful in a problem's file, and mark it in a copy."""
    if copy is not None:
        _require_books(problem_file, copy)
        output_file(copy, inputs=[problem_file], replace=replace)
    found = inspect_problem(problem_file)
    if as_json:
        say_text(_json(found))
    else:
        if found.faults:
            complain(ProblemError(found.faults, source=str(problem_file)))
        _print_doubts(found)
    if copy is not None:
        before = found.mark(copy, spoken_language(), replace=replace)
        if not as_json:
            say(_("Written: {files}", files=copy))
        tell_of([before])
    return FAULTY if found.faults else 0


def _require_books(source: Path, copy: Path) -> None:
    if not looks_like_workbook(source):
        what = _("this is not a workbook (.xlsx), so no cell can be marked")
        raise FileError([Complaint("", what, _("Leave out --output."))], source=str(source))
    if copy.suffix.casefold() != ".xlsx":
        what = _("the copy is a workbook, but its name does not end in .xlsx")
        raise FileError([Complaint("", what, _("Choose another name."))], source=str(copy))


def _json(found: Inspection) -> str:
    value = {
        "faults": [
            {"where": one.where, "what": one.what, "remedy": one.remedy} for one in found.faults
        ],
        "doubts": [
            {"code": one.code, "where": one.where, "message": one.message} for one in found.doubts
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _print_doubts(found: Inspection) -> None:
    if found.problem is not None:
        schools, teams = found.problem.schools, found.problem.teams
        say(
            _(
                "No faults. Schools: {schools}, pupils: {pupils}, teams: {teams}.",
                schools=len(schools),
                pupils=sum(map(pupils_of, schools)),
                teams=len(teams),
            )
        )
    if found.doubts:
        say(_("Look at these, {n} in all:", n=len(found.doubts)))
        say(*(f"  {one.where}: {one.message}" for one in found.doubts))
    elif found.problem is not None:
        say(_("Nothing looks doubtful."))


def _print(report: Report, problem: Problem) -> None:
    if report.ok:
        say(_("No rule is broken."))
    else:
        breaks = ngettext(
            "The plan breaks rules, once:",
            "The plan breaks rules, {n} times:",
            len(report.violations),
        )
        say(breaks, "")
        say(violations_table(report.violations))
    say("", terms_table(report, problem), "", *ledger_in_words(report.ledger, problem))
