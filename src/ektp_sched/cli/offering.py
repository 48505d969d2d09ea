"""``ektp-sched offer``, ``accept`` and ``refuse``: read, ask the desk, write, print."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ektp_sched.cli.asked import dates_asked
from ektp_sched.cli.files import output_file, outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.offer_words import Telling
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.agree import Agreed, accept, refuse
from ektp_sched.desk.offers import Offer, Offers, offer
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.io import load_plan, load_problem
from ektp_sched.io.json_files import PLAN_FILE, PROBLEM_FILE, json_of
from ektp_sched.io.offer_files import load_offers
from ektp_sched.io.outputs import Outputs
from ektp_sched.language import _
from ektp_sched.rulebook.words import amount, status_in_words
from ektp_sched.solve import CancelToken

NO_OFFER = 1
NAMES = (PROBLEM_FILE, PLAN_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOptions(SearchOptions):
    """The options of offer() that the command line has."""

    k: int
    exact: bool


def make_offers(
    problem_file: Path,
    plan_file: Path,
    school: str,
    options: OfferOptions,
    *,
    output: Path | None,
    replace: bool,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Print the offers, and keep them in a file if one is named."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    outputs = None
    if output is not None:
        outputs = output_file(output, inputs=[problem_file, plan_file], replace=replace)
    cancel = CancelToken()
    with interrupts.cancelling(cancel):
        found = offer(
            problem,
            plan,
            school,
            **asdict(options),
            cancel=cancel,
        )
    if output is not None and outputs is not None:
        write(outputs, {output: json_of(found)}, documents=[output])
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(*Telling(problem, plan).offers(found))
        if output is not None:
            say("", _("Written: {files}", files=output))
    return 0 if found.offers else NO_OFFER


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
    return _finish(telling, agreed, told, folder=folder, outputs=outputs)


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
    return _finish(telling, agreed, told, folder=folder, outputs=outputs)


def _numbered(offers: Offers, number: int, source: Path) -> Offer:
    for one in offers.offers:
        if one.number == number:
            return one
    what = _("there is no offer {number}", number=number)
    remedy = _("Give 1 to {most}.", most=len(offers.offers))
    raise RequestError([Complaint("number", what, remedy)], source=str(source))


def _finish(telling: Telling, agreed: Agreed, told: str, *, folder: Path, outputs: Outputs) -> int:
    problem_file, plan_file = (folder / name for name in NAMES)
    contents = {problem_file: json_of(agreed.problem), plan_file: json_of(agreed.plan)}
    write(outputs, contents, documents=[*contents])
    schools = {school.id: school.name for school in telling.problem.schools}
    say(told)
    if agreed.fallen:
        say(_("No longer in the plan:"))
        say(
            *(
                f"  {schools[v.school]}, {telling.visit(v)} ({status_in_words(v)})"
                for v in agreed.fallen
            )
        )
    say(_("Written: {files}", files=f"{problem_file}, {plan_file}"))
    return 0
