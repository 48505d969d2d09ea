"""``ektp-sched accept``: an offer becomes a promise."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.agreeing import NAMES, Folder, Telling, finish
from ektp_sched.cli.files import outputs_in
from ektp_sched.cli.options import (
    Lang,
    PlanFile,
    ProblemFile,
    Replace,
)
from ektp_sched.desk.agree import accept
from ektp_sched.desk.offer import Offer, Offers
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.files import load_plan, load_problem
from ektp_sched.files.offer_files import load_offers
from ektp_sched.texts.language import _


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    offers: Annotated[Path, typer.Argument(help="The file that `offer -o` wrote.")],
    number: Annotated[int, typer.Argument(help="The number of the offer that was agreed.")],
    output: Folder,
    replace: Replace = False,
    _lang: Lang = None,
) -> int:
    """Confirm an offer: it becomes a promise of the problem, and the plan holds it."""
    return accept_offer(problem, plan, offers, number, output, replace=replace)


def accept_offer(
    problem_file: Path,
    plan_file: Path,
    offers_file: Path,
    number: int,
    folder: Path,
    *,
    replace: bool,
) -> int:
    """Confirm an offer as it was read out."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    chosen = _numbered(load_offers(offers_file), number, offers_file)
    agreed = accept(problem, plan, chosen)
    name = problem.school(chosen.visit.school).name
    telling = Telling(problem, plan)
    visit = telling.visit(chosen.visit)
    told = _("Confirmed: {school}, {visit}.", school=name, visit=visit)
    if agreed.outdated:
        told += " " + _("The plan has changed since the offer was made; it still fits.")
    outputs = outputs_in(folder, NAMES, inputs=[problem_file, plan_file], replace=replace)
    return finish(telling, agreed, told, folder=folder, outputs=outputs)


def _numbered(offers: Offers, number: int, source: Path) -> Offer:
    for one in offers.offers:
        if one.number == number:
            return one
    what = _("there is no offer {number}", number=number)
    remedy = _("Give 1 to {most}.", most=len(offers.offers))
    raise RequestError([Complaint("number", what, remedy)], source=str(source))
