"""``ektp-sched plan``: read, solve, write, print."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType

from ektp_sched.cli.explaining import contradiction_in_words
from ektp_sched.cli.folder import new_files
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.searching import GapOptions, under_way
from ektp_sched.cli.streams import say, say_text, tell
from ektp_sched.cli.summary import summary_of
from ektp_sched.desk.contradiction import contradiction
from ektp_sched.domain import Problem
from ektp_sched.io import (
    load_problem,
    result_json,
    save_plan,
    save_result,
)
from ektp_sched.language import _
from ektp_sched.rulebook import review
from ektp_sched.solve import Result, solve

NO_PLAN = 1
MOST_WARNINGS = 20


def make_plan(
    problem_file: Path,
    folder: Path,
    options: GapOptions,
    *,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Plan, and leave plan.json (only if there is a plan) and result.json in `folder`."""
    problem = load_problem(problem_file)
    plan_file, result_file = new_files(folder, ("plan.json", "result.json"), inputs=[problem_file])
    _warn(problem_file, problem)
    with under_way(options, interrupts) as arguments:
        result = solve(problem, **arguments)
    if result.plan is not None:
        save_plan(plan_file, result.plan)
    save_result(result_file, result)
    if as_json:
        say_text(result_json(result))
    else:
        say(*summary_of(problem, result), *_clash(problem, result))
        say(*_files(plan_file, result_file, result))
    return NO_PLAN if result.plan is None else 0


def _warn(problem_file: Path, problem: Problem) -> None:
    """Tell what looks wrong, the first of each kind before the second of any."""
    seen: Counter[str] = Counter()
    ranked = []
    for advice in review(problem):
        ranked.append((seen[advice.code], advice.message))
        seen[advice.code] += 1
    ranked.sort(key=lambda item: item[0])
    for _rank, message in ranked[:MOST_WARNINGS]:
        tell(_("warning: {what}", what=f"{problem_file}: {message}"))
    if (more := len(ranked) - MOST_WARNINGS) > 0:
        what = _("and {more} more warnings of these kinds", more=more)
        tell(_("warning: {what}", what=f"{problem_file}: {what}"))


def _clash(problem: Problem, result: Result) -> Iterator[RenderableType]:
    """Where no plan is allowed: a smallest set of promises to blame."""
    if result.status == "infeasible" and (found := contradiction(problem)):
        yield ""
        yield from contradiction_in_words(found, problem)


def _files(plan_file: Path, result_file: Path, result: Result) -> list[str]:
    if result.plan is not None:
        return [_("Written: {files}", files=f"{plan_file}, {result_file}")]
    lines = [_("Written: {files}", files=result_file)]
    if plan_file.exists():
        lines.append(_("{file} is of an earlier run and was left as it is.", file=plan_file))
    return lines
