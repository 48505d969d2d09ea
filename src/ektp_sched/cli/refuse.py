"""``ektp-sched refuse``: dates on which a school cannot be visited."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.agreeing import NAMES, Folder, School, Telling, finish
from ektp_sched.cli.files import outputs_in
from ektp_sched.cli.options import (
    Lang,
    PlanFile,
    ProblemFile,
    Replace,
)
from ektp_sched.desk.agree import refuse
from ektp_sched.domain.words import amount
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.files import load_plan, load_problem
from ektp_sched.texts.language import _


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    school: School,
    dates: Annotated[
        list[str], typer.Argument(help="Dates, such as 2024-08-05 or 2024-08-05..2024-08-09.")
    ],
    output: Folder,
    reason: Annotated[str, typer.Option(help="Why, to be kept with the dates.")] = "",
    replace: Replace = False,
    _lang: Lang = None,
) -> int:
    """Close a school on dates that it refuses; its proposed visits on them fall."""
    return refuse_dates(problem, plan, school, dates, reason=reason, folder=output, replace=replace)


def dates_asked(texts: Iterable[str]) -> list[date]:
    """The dates of texts such as 2024-08-05 or 2024-08-05..2024-08-09, both included.

    Raises
    ------
    RequestError
        With a complaint for each text that is neither.
    """
    found: list[date] = []
    complaints = []
    for text in texts:
        try:
            found.extend(_range(text))
        except ValueError:
            remedy = _("Write YYYY-MM-DD, or YYYY-MM-DD..YYYY-MM-DD with the earlier date first.")
            complaints.append(
                Complaint(_("date"), _("{text!r} is no date and no range", text=text), remedy)
            )
    if complaints:
        raise RequestError(complaints)
    return found


def _range(text: str) -> list[date]:
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if end < start:
        raise ValueError
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def refuse_dates(
    problem_file: Path,
    plan_file: Path,
    school: str,
    dates: Sequence[str],
    *,
    reason: str,
    folder: Path,
    replace: bool,
) -> int:
    """Close a school on dates that it refuses."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    asked = problem.school(school)
    days = dates_asked(dates)
    agreed = refuse(problem, plan, asked.id, days, reason=reason)
    dates_told = amount(len(set(days)), "dates")
    told = _("{school} is closed for visits on {dates}.", school=asked.name, dates=dates_told)
    telling = Telling(problem, plan)
    outputs = outputs_in(folder, NAMES, inputs=[problem_file, plan_file], replace=replace)
    return finish(telling, agreed, told, folder=folder, outputs=outputs)
