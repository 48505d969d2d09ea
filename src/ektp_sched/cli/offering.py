"""``ektp-sched offer``, ``accept`` and ``refuse``: read, ask the desk, write, print."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ektp_sched.cli.asked import dates_asked
from ektp_sched.cli.folder import new_file, new_files
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.offer_words import Telling
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.agree import Agreed, accept, refuse
from ektp_sched.desk.offers import Offer, Offers, offer
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.io import load_plan, load_problem, save_plan, save_problem
from ektp_sched.io.offer_files import load_offers, save_offers
from ektp_sched.language import _
from ektp_sched.rulebook.words import amount, status_in_words
from ektp_sched.solve import CancelToken

NO_OFFER = 1


@dataclass(frozen=True, slots=True)
class OfferOptions:
    """The options of offer() that the command line has."""

    k: int
    exact: bool
    time_limit: float
    seed: int
    workers: int | None


def make_offers(
    problem_file: Path,
    plan_file: Path,
    school: str,
    options: OfferOptions,
    *,
    output: Path | None,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Print the offers, and keep them in a file if one is named."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    if output is not None:
        new_file(output, inputs=[problem_file, plan_file])
    cancel = CancelToken()
    with interrupts.cancelling(cancel):
        found = offer(
            problem,
            plan,
            school,
            options.k,
            exact=options.exact,
            time_limit=options.time_limit,
            seed=options.seed,
            workers=options.workers,
            cancel=cancel,
        )
    if output is not None:
        save_offers(output, found)
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(*Telling(problem, plan).offers(found))
        if output is not None:
            say("", _("Written: {files}", files=output))
    return 0 if found.offers else NO_OFFER


def accept_offer(
    problem_file: Path, plan_file: Path, offers_file: Path, number: int, folder: Path
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
    return _finish(telling, agreed, told, folder=folder, inputs=[problem_file, plan_file])


def refuse_dates(
    problem_file: Path,
    plan_file: Path,
    school: str,
    dates: Sequence[str],
    *,
    reason: str,
    folder: Path,
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
    return _finish(telling, agreed, told, folder=folder, inputs=[problem_file, plan_file])


def _numbered(offers: Offers, number: int, source: Path) -> Offer:
    for one in offers.offers:
        if one.number == number:
            return one
    what = _("there is no offer {number}", number=number)
    remedy = _("Give 1 to {most}.", most=len(offers.offers))
    raise RequestError([Complaint("number", what, remedy)], source=str(source))


def _finish(
    telling: Telling, agreed: Agreed, told: str, *, folder: Path, inputs: Sequence[Path]
) -> int:
    problem_file, plan_file = new_files(folder, ("problem.json", "plan.json"), inputs=inputs)
    save_problem(problem_file, agreed.problem)
    save_plan(plan_file, agreed.plan)
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
