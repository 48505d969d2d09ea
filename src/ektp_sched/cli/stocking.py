"""``ektp-sched contingent`` and ``what-if``: read, ask the desk, write, print."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rich.console import RenderableType

from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.searching import GapOptions, under_way
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import contingent_table, outcomes_table
from ektp_sched.desk.contingent import Contingency, plan_contingent, unconfirmed
from ektp_sched.desk.what_if import Outcome, what_if
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.io.json_files import PLAN_FILE, json_of
from ektp_sched.language import _
from ektp_sched.rulebook.words import amount, day_in_words


def add_contingent(
    problem_file: Path,
    plan_file: Path,
    folder: Path,
    options: GapOptions,
    *,
    replace: bool,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Add contingent visits, and leave plan.json in `folder`."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    inputs, output = (problem_file, plan_file), folder / PLAN_FILE
    outputs = outputs_in(folder, [PLAN_FILE], inputs=inputs, replace=replace)
    with under_way(options, interrupts) as arguments:
        found = plan_contingent(problem, plan, **arguments)
    write(outputs, {output: json_of(found.plan)}, documents=[output])
    if as_json:
        say_text(found.model_dump_json(indent=2) + "\n")
    else:
        say(*_contingency(problem, found), "", _("Written: {files}", files=output))
    return 0


def tell_what_if(problem_file: Path, plan_file: Path, *, as_json: bool) -> int:
    """Print what the plan comes to in the usual scenarios."""
    problem = load_problem(problem_file)
    outcomes = what_if(problem, load_plan(plan_file, problem))
    if as_json:
        rows = ",\n".join(outcome.model_dump_json(indent=2) for outcome in outcomes)
        say_text(f"[\n{rows}\n]\n")
    else:
        say(*_outcomes(problem, outcomes))
    return 0


def _contingency(problem: Problem, found: Contingency) -> Iterator[RenderableType]:
    if problem.stock.cards != "reserve":
        yield _("Recording needs no blank at hand here, so no visit waits for a delivery.")
    elif not unconfirmed(problem):
        yield _("Every delivery is confirmed, so no visit waits for one.")
    elif not found.drop_order:
        yield _(
            "The unconfirmed deliveries would allow no visit more: beside the visits that stay as "
            "they are, the teams have no time, or no pupils are left."
        )
    else:
        dropped = [visit for step in found.drop_order for visit in step]
        pupils = sum(visit.recorded for visit in dropped)
        yield _(
            "If the unconfirmed deliveries arrive as announced: {visits} and {pupils} more. "
            "All other visits are as they were.",
            visits=amount(len(dropped), "visits"),
            pupils=amount(pupils, "pupils"),
        )
        yield _("If less arrives, give up first what stands first (fewest pupils, then the later):")
        yield ""
        yield contingent_table(dropped, problem)
    yield ""
    yield _("Blanks without these deliveries: {stock}.", stock=_used_up(found.runs_out))
    if unconfirmed(problem):
        yield _("Blanks with them: {stock}.", stock=_used_up(found.runs_out_with))


def _used_up(day: date | None) -> str:
    if day is None:
        return _("some above the reserve are left at the end")
    return _("none above the reserve from {day} on", day=day_in_words(day))


def _outcomes(problem: Problem, outcomes: tuple[Outcome, ...]) -> Iterator[RenderableType]:
    announced = unconfirmed(problem)
    if announced:
        yield _("Announced, not confirmed:")
        for one in announced:
            cards = _("{cards} cards for {day}", cards=one.cards, day=day_in_words(one.date))
            yield f"  {cards}"
        yield ""
    yield outcomes_table(outcomes)
    yield ""
    if problem.stock.cards == "reserve":
        yield _(
            "Confirmed and proposed visits hold in each case. Contingent ones fall where no blank "
            "is left for them; nothing is planned anew."
        )
    else:
        yield _("The visits are the same in each case; only the printing of cards differs.")
