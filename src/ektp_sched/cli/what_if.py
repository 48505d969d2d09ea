"""``ektp-sched what-if``: what a plan comes to if blanks arrive late, in part or not at all."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType

from ektp_sched.cli.options import (
    Json,
    Lang,
    PlanFile,
    ProblemFile,
)
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import outcomes_table
from ektp_sched.desk.stock import Outcome, unconfirmed, what_if
from ektp_sched.domain import Problem
from ektp_sched.domain.words import day_in_words
from ektp_sched.files import load_plan, load_problem
from ektp_sched.texts.language import _


def verb(problem: ProblemFile, plan: PlanFile, as_json: Json = False, _lang: Lang = None) -> int:
    """Say what a plan comes to if blanks arrive late, in part or not at all."""
    return tell_what_if(problem, plan, as_json=as_json)


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
