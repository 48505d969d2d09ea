"""``ektp-sched contradictions``: promised visits that cannot all be kept."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import RenderableType

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Json,
    Lang,
    ProblemFile,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import violations_table, visits_table
from ektp_sched.desk.contradiction import Contradiction, contradiction
from ektp_sched.domain import Problem
from ektp_sched.files import load_problem
from ektp_sched.solve import CancelToken
from ektp_sched.texts.language import _


def verb(
    context: typer.Context,
    problem: ProblemFile,
    time_limit: TimeLimit = 20,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Show a smallest set of promised visits that cannot all be kept."""
    options = SearchOptions(
        time_limit=time_limit, seed=seed, workers=workers, deterministic=deterministic
    )
    return show_contradiction(problem, options, as_json=as_json, interrupts=context.obj)


FOUND = 1


def show_contradiction(
    problem_file: Path, options: SearchOptions, *, as_json: bool, interrupts: Interrupts
) -> int:
    """Print promised visits that contradict each other; tell by the exit code whether some do."""
    problem, token = load_problem(problem_file), CancelToken()
    with interrupts.cancelling(token):
        found = contradiction(problem, **asdict(options), cancel=token)
    if as_json:
        say_text((found.model_dump_json(indent=2) if found else "null") + "\n")
    elif found is None:
        say(_("No contradiction among the promised visits was found."))
    else:
        say(*contradiction_in_words(found, problem))
    return 0 if found is None else FOUND


def contradiction_in_words(found: Contradiction, problem: Problem) -> Iterator[RenderableType]:
    """The visits, the rules they break, and what to do."""
    if len(found.visits) == 1:
        yield _("This promised visit cannot be kept, whatever else is planned:")
    else:
        yield _("These {count} promised visits cannot all be kept:", count=len(found.visits))
    yield ""
    yield visits_table(found.visits, problem)
    yield ""
    yield violations_table(found.violations)
    yield ""
    if len(found.visits) > 1 and found.minimal:
        yield _("Without any one of them the others can be kept. Change or cancel one.")
    elif len(found.visits) > 1:
        yield _("Perhaps not all of them are needed for that: there was no time to find out.")
    yield _("There may be more such visits: ask again when this is mended.")
