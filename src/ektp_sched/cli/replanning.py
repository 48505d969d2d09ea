"""``ektp-sched replan``: read, replan, write, print."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.replan_words import replanned_in_words
from ektp_sched.cli.searching import SearchOptions, tell_faults, under_way
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.apply_changes import by_id
from ektp_sched.desk.replan import replan
from ektp_sched.domain import Plan
from ektp_sched.errors import RequestError
from ektp_sched.io import (
    load_changes,
    load_plan,
    load_problem,
    result_json,
)
from ektp_sched.io.json_files import PLAN_FILE, PROBLEM_FILE, RESULT_FILE, json_of
from ektp_sched.language import _

DIFF_FILE = "diff.json"


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


def repair_plan(
    files: Files, options: Options, *, replace: bool, as_json: bool, interrupts: Interrupts
) -> int:
    """Replan, and leave the new problem and plan in a folder with what differs."""
    problem = load_problem(files.problem)
    plan = load_plan(files.plan, problem)
    changes = by_id(problem, load_changes(files.changes) if files.changes else ())
    names = (PROBLEM_FILE, PLAN_FILE, RESULT_FILE, DIFF_FILE)
    outputs = outputs_in(files.folder, names, inputs=files.read, replace=replace)
    problem_file, plan_file, result_file, diff_file = (files.folder / name for name in names)
    try:
        with under_way(options, interrupts) as arguments:
            outcome = replan(problem, plan, changes, **arguments)
    except RequestError as error:
        raise RequestError(error.complaints, source=str(files.changes or files.plan)) from None
    tell_faults(outcome.result)
    told = outcome.model_dump_json(indent=2, exclude={"problem", "published", "result"}) + "\n"
    contents = {
        problem_file: json_of(outcome.problem),
        plan_file: json_of(outcome.result.plan or Plan()),
        result_file: result_json(outcome.result),
        diff_file: told,
    }
    write(outputs, contents, documents=[problem_file, plan_file])
    if as_json:
        say_text(told)
    else:
        say(*replanned_in_words(outcome, problem, changes))
        say("", _("Written: {files}", files=", ".join(map(str, contents))))
    return 0
