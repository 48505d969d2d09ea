"""``ektp-sched plan``: read, solve, write, print."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType

from ektp_sched.cli.explaining import contradiction_in_words
from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.searching import GapOptions, tell_faults, under_way
from ektp_sched.cli.streams import say, say_text, tell
from ektp_sched.cli.summary import summary_of
from ektp_sched.desk.contradiction import contradiction
from ektp_sched.desk.diff import PlanDiff, diff_plans
from ektp_sched.desk.promises import unpromised
from ektp_sched.desk.standing import still_allowed
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import InputError
from ektp_sched.io import load_problem, result_json
from ektp_sched.io.json_files import PLAN_FILE, RESULT_FILE, json_of, read_plan
from ektp_sched.language import _, all_of, ngettext
from ektp_sched.rulebook import review
from ektp_sched.rulebook.words import amount
from ektp_sched.solve import Result, solve

NO_PLAN = 1
MOST_WARNINGS = MOST_MOVES = 20


def make_plan(
    problem_file: Path,
    folder: Path,
    options: GapOptions,
    *,
    fresh: bool,
    replace: bool,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Plan, and leave plan.json and result.json in `folder`, both of one run.

    Where no plan is found, those of a former run stay, and result.json is alone only where there is
    no plan.
    """
    problem = load_problem(problem_file)
    names = (PLAN_FILE, RESULT_FILE)
    outputs = outputs_in(folder, names, inputs=[problem_file], replace=replace)
    plan_file, result_file = folder / PLAN_FILE, folder / RESULT_FILE
    options.check()
    _warn(problem_file, problem)
    former = None if fresh or options.deterministic else _former(problem, plan_file)
    start = former.stands if former else None
    with under_way(options, interrupts) as arguments:
        result = solve(problem, warm_start=start, **arguments)
    tell_faults(result)
    told = result_json(result)
    files = {} if result.plan is None else {plan_file: json_of(result.plan)}
    files[result_file] = told
    stays = result.plan is None and plan_file.exists()
    if not stays:
        write(outputs, files, documents=[plan_file])
    if as_json:
        say_text(told)
    else:
        say(*summary_of(problem, result), *_clash(problem, result, options))
        if former is not None and result.plan is not None:
            say(*_moves(diff_plans(former.plan, result.plan), problem))
        say(_stay(plan_file, result_file) if stays else _written(files))
    return NO_PLAN if result.plan is None else 0


@dataclass(frozen=True, slots=True)
class _Former:
    """The plan that is in the folder, and as much of it as the problem still allows."""

    plan: Plan
    stands: Plan


def _former(problem: Problem, plan_file: Path) -> _Former | None:
    """The plan to begin from, if there is one, and a word about it."""
    if not plan_file.exists():
        return None
    try:
        whole = read_plan(plan_file)
        plan = problem.known_part(whole)
        stands = still_allowed(problem, plan)
    except InputError:
        what = _("this is no plan of this problem, so planning begins from nothing")
        tell(_("warning: {what}", what=f"{plan_file}: {what}"))
        return None
    if unknown := unpromised(problem, plan):
        what = ngettext(
            "{n} visit is confirmed in the plan but not in the problem, so it may move: give the "
            "problem that promises it",
            "{n} visits are confirmed in the plan but not in the problem, so they may move: give "
            "the problem that promises them",
            len(unknown),
        )
        tell(_("warning: {what}", what=f"{plan_file}: {what}"))
    visits, left = len(whole.firm), len(stands.visits)
    if not visits:
        return None
    if not left:
        tell(
            _(
                "Planning begins from nothing: no visit of the plan in {file} can stay.",
                file=plan_file,
            )
        )
    elif stands.visits == whole.firm:
        told = amount(visits, "visits")
        tell(_("Planning begins from the plan in {file}: {visits}.", file=plan_file, visits=told))
    else:
        told = _(
            "Planning begins from the plan in {file}. The problem has changed since: {left} of its "
            "{visits} can stay.",
            file=plan_file,
            visits=amount(visits, "visits"),
            left=left,
        )
        tell(told)
    return _Former(plan, stands)


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


def _clash(problem: Problem, result: Result, options: GapOptions) -> Iterator[RenderableType]:
    """Where no plan is allowed: a smallest set of promises to blame."""
    if result.status != "infeasible":
        return
    found = contradiction(problem, seed=options.seed, deterministic=options.deterministic)
    if found is not None:
        yield ""
        yield from contradiction_in_words(found, problem)


def _moves(diff: PlanDiff, problem: Problem) -> Iterator[str]:
    """What is different from the plan that the search began from."""
    yield ""
    lines = diff.sentences(problem)
    if not lines:
        yield _("Nothing has moved: this is the plan that the search began from.")
        return
    yield _("What has moved since the plan that the search began from:")
    yield from (f"  {line}" for line in lines[:MOST_MOVES])
    if (more := len(lines) - MOST_MOVES) > 0:
        yield "  " + ngettext("and {n} visit more", "and {n} visits more", more)
    yield diff.counted()


def _written(files: Iterable[Path]) -> str:
    return _("Written: {files}", files=", ".join(map(str, files)))


def _stay(*files: Path) -> str:
    return _(
        "{files} are of an earlier run and were left as they are.",
        files=all_of(str(file) for file in files if file.exists()),
    )
