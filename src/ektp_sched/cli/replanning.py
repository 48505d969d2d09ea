"""``ektp-sched replan``: read, replan, write, print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ektp_sched.cli.folder import new_files
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.replan_words import replanned_in_words
from ektp_sched.cli.searching import SearchOptions, under_way
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.apply_changes import by_id
from ektp_sched.desk.replan import replan
from ektp_sched.desk.replanned import Replanned
from ektp_sched.domain import Plan
from ektp_sched.errors import RequestError
from ektp_sched.io import (
    load_changes,
    load_plan,
    load_problem,
    save_plan,
    save_problem,
    save_result,
    write_text_atomically,
)
from ektp_sched.language import _

NAMES = ("problem.json", "plan.json", "result.json", "diff.json")


@dataclass(frozen=True, slots=True)
class Files:
    """What is read, and the folder that is written to."""

    problem: Path
    plan: Path
    changes: Path | None
    folder: Path

    @property
    def read(self) -> list[Path]:
        """The files that are there already."""
        return [file for file in (self.problem, self.plan, self.changes) if file]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(SearchOptions):
    """The options of replan() that the command line offers."""

    max_changes: int | None
    frozen_until: date | None


def repair_plan(files: Files, options: Options, *, as_json: bool, interrupts: Interrupts) -> int:
    """Replan, and leave the new problem and plan in a folder with what differs."""
    problem = load_problem(files.problem)
    plan = load_plan(files.plan, problem)
    changes = by_id(problem, load_changes(files.changes) if files.changes else ())
    written = new_files(files.folder, NAMES, inputs=files.read)
    try:
        with under_way(options, interrupts) as arguments:
            outcome = replan(problem, plan, changes, **arguments)
    except RequestError as error:
        raise RequestError(error.complaints, source=str(files.changes or files.plan)) from None
    told = outcome.model_dump_json(indent=2, exclude={"problem", "published", "result"}) + "\n"
    _write(written, outcome, told)
    if as_json:
        say_text(told)
    else:
        say(*replanned_in_words(outcome, problem, changes))
        say("", _("Written: {files}", files=", ".join(map(str, written))))
    return 0


def _write(files: Sequence[Path], outcome: Replanned, told: str) -> None:
    problem_file, plan_file, result_file, diff_file = files
    plan = outcome.result.plan or Plan()
    save_problem(problem_file, outcome.problem)
    save_plan(plan_file, plan)
    save_result(result_file, outcome.result)
    write_text_atomically(diff_file, told)
