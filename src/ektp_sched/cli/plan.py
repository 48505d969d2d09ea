"""``ektp-sched plan``: make the best plan that can be found in the time given."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from ektp_sched.cli.contradictions import contradiction_in_words
from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Gap,
    Json,
    Lang,
    ProblemFile,
    Replace,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import GapOptions, tell_faults, under_way
from ektp_sched.cli.streams import say, say_text, tell
from ektp_sched.cli.tables import (
    ledger_in_words,
    pupils_of,
    tiers_in_words,
    unserved_table,
    violations_table,
    visits_table,
)
from ektp_sched.desk.contradiction import contradiction
from ektp_sched.desk.differences import PlanDiff, diff_plans
from ektp_sched.desk.promises import unpromised
from ektp_sched.desk.replan.standing import still_allowed
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.domain.words import amount
from ektp_sched.errors import InputError
from ektp_sched.files import load_problem, result_json
from ektp_sched.files.json_files import PLAN_FILE, RESULT_FILE, json_of, read_plan
from ektp_sched.rulebook import check, review
from ektp_sched.solve import Result, solve
from ektp_sched.texts.language import N_, _, all_of, ngettext


def verb(
    context: typer.Context,
    problem: ProblemFile,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder for plan.json and result.json; made if new."),
    ],
    time_limit: TimeLimit = 60,
    gap: Gap = 0.001,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh",
            help="Begin from nothing, not from the plan in the folder; so does --deterministic.",
        ),
    ] = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Make the best plan that can be found and proven in the time given.

    Where the folder holds a plan, the search begins from it, and what moved is told. Ctrl-C ends
    the search early; the best plan so far is written.
    """
    options = GapOptions(
        time_limit=time_limit, gap=gap, seed=seed, workers=workers, deterministic=deterministic
    )
    return make_plan(
        problem,
        output,
        options,
        fresh=fresh,
        replace=replace,
        as_json=as_json,
        interrupts=context.obj,
    )


_METHODS = {"exact": N_("exact"), "tours": N_("tours")}
_ENDS = {
    "optimal": N_("It is proven that no plan is better."),
    "gap": N_("It is proven that no plan is better by more than the gap asked for."),
    "time_limit": N_("The time given is used up."),
    "cancelled": N_("The search was interrupted."),
    "exhausted": N_("The search had nothing more to try."),
}


def summary_of(problem: Problem, result: Result) -> Iterator[RenderableType]:
    """The whole summary, from the visits to how the search ended."""
    if result.plan is None:
        yield from _no_plan(result)
    else:
        yield from _plan(problem, result.plan)
        yield ""
        yield _("How good the plan is (each aim as far as those above it allow):")
        yield from (f"  {line}" for line in tiers_in_words(result.tiers, problem))
        yield ""
        how = _(
            "{seconds:.1f} s, method: {method}.",
            seconds=result.runtime_seconds,
            method=_(_METHODS.get(result.method, result.method)),
        )
        yield f"{_(_ENDS[result.stopped_by])} {how}"


def _no_plan(result: Result) -> Iterator[RenderableType]:
    if result.status == "unknown":
        yield _("No plan was found. Give more time with --time-limit.")
        return
    yield _("No plan is allowed: the visits that were promised break the rules.")
    if result.violations:
        yield violations_table(result.violations)


def _plan(problem: Problem, plan: Plan) -> Iterator[RenderableType]:
    firm, contingent = plan.firm, plan.contingent
    yield _(
        "{problem}, {start} to {end}", problem=problem.name, start=problem.start, end=problem.end
    )
    yield ""
    yield visits_table(firm, problem) if firm else _("No visits.")
    if contingent:
        yield ""
        yield _("Only if the unconfirmed deliveries arrive:")
        yield visits_table(contingent, problem)
    yield ""
    yield from _pupils(problem, firm)
    yield from ledger_in_words(check(problem, plan).ledger, problem)


def _pupils(problem: Problem, firm: Sequence[Visit]) -> Iterator[RenderableType]:
    due = sum(pupils_of(school) for school in problem.schools)
    recorded = sum(visit.recorded for visit in firm)
    visited = {visit.school for visit in firm}
    left = [s for s in problem.schools if s.id not in visited and pupils_of(s)]
    yield _(
        "Pupils: {recorded} recorded, {left} left of {due}.",
        recorded=recorded,
        left=due - recorded,
        due=due,
    )
    if left:
        yield ""
        yield _("Schools without a visit: {count}", count=len(left))
        yield unserved_table(left)
        yield ""
    else:
        yield _("Every school with pupils has a visit.")


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
