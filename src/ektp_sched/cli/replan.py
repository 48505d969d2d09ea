"""``ektp-sched replan``: repair a plan after changes, and what a planner wants to know then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Json,
    Lang,
    PlanFile,
    ProblemFile,
    Replace,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import SearchOptions, tell_faults, under_way
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.apply_changes import by_id
from ektp_sched.desk.changes import Change
from ektp_sched.desk.replan.replan import replan
from ektp_sched.desk.replan.result import Replanned
from ektp_sched.desk.replan.standing import ImpossiblePromise
from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.words import amount, names, names_of, short_day
from ektp_sched.errors import RequestError
from ektp_sched.files import load_changes, load_plan, load_problem, result_json
from ektp_sched.files.json_files import PLAN_FILE, PROBLEM_FILE, RESULT_FILE, json_of
from ektp_sched.texts.language import _


def verb(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="Folder for problem, plan, result and diff; made if new."
        ),
    ],
    changes: Annotated[
        Path | None,
        typer.Argument(
            help="What has happened: a JSON file, see 'schema changes'. Without one the plan is "
            "only filled up."
        ),
    ] = None,
    max_changes: Annotated[
        int | None, typer.Option(help="At most so many published visits may change.")
    ] = None,
    frozen_until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Visits before this date stay."),
    ] = None,
    time_limit: TimeLimit = 30,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Repair a plan after changes, near to what was published.

    Confirmed visits stay unless the changes make them impossible. Ctrl-C ends the search early; the
    best plan so far is written.
    """
    files = Files(problem=problem, plan=plan, changes=changes, folder=output)
    options = Options(
        max_changes=max_changes,
        frozen_until=frozen_until.date() if frozen_until else None,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
    )
    return repair_plan(files, options, replace=replace, as_json=as_json, interrupts=context.obj)


def replanned_in_words(
    outcome: Replanned, before: Problem, changes: Sequence[Change]
) -> Iterator[str]:
    """All that replanning did, line by line; `before` is the problem without the changes."""
    yield _(
        "{problem}, replanned after {changes}",
        problem=outcome.problem.name,
        changes=amount(len(changes), "changes"),
    )
    yield from _costs(outcome, before, changes)
    yield from _promises(outcome)
    yield from _schools(outcome)
    yield from _teams(outcome)
    yield ""
    yield from _figures(outcome)


def _costs(outcome: Replanned, before: Problem, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield ""
    yield _("What the changes took from the plan, before it was filled again:")
    known = names_of(before, outcome.problem)
    for cost in outcome.costs:
        change = changes[cost.change].said(known)
        if cost.pupils < 0:
            taken = _("{pupils} more", pupils=amount(-cost.pupils, "pupils"))
        elif not cost.visits:
            taken = _("nothing")
        else:
            taken = _(
                "{pupils}, {visits} concerned",
                pupils=amount(cost.pupils, "pupils"),
                visits=amount(cost.visits, "visits"),
            )
        yield f"  {cost.change + 1}. {change}: {taken}."


def _promises(outcome: Replanned) -> Iterator[str]:
    if outcome.impossible:
        yield ""
        yield _("Promises that cannot be kept:")
        for promise in outcome.impossible:
            yield from (f"  {line}" for line in _promise(promise, outcome.problem))
    if outcome.unmet:
        yield ""
        yield _("Dates asked for that cannot be had:")
        schools = names(outcome.problem.schools)
        for wish in outcome.unmet:
            told = _(
                "{school} on {day}: {reason}",
                school=schools[wish.school],
                day=short_day(wish.date),
                reason=wish.reason,
            )
            yield f"  {told}"


def _promise(promise: ImpossiblePromise, problem: Problem) -> Iterator[str]:
    visit = promise.visit
    school, team = names(problem.schools)[visit.school], names(problem.teams)[visit.team]
    when = f"{short_day(visit.date)} {visit.start:%H:%M} ({team})"
    yield _(
        "{school} on {day}, {pupils}",
        school=school,
        day=when,
        pupils=amount(visit.recorded, "pupils"),
    )
    since = "" if promise.change is None else _(", by change {number}", number=promise.change + 1)
    for rule in promise.rules:
        yield f"  {rule.rule}{since}: {rule.message}"
    if promise.now is not None:
        pupils = amount(promise.now.recorded, "pupils")
        kept = _("It keeps its date and time, with {pupils}.", pupils=pupils)
        yield f"  {kept}"


def _schools(outcome: Replanned) -> Iterator[str]:
    lines = outcome.diff.sentences(outcome.problem)
    yield ""
    yield _("What is different, by school:") if lines else _("No visit is different.")
    yield from (f"  {line}" for line in lines)


def _teams(outcome: Replanned) -> Iterator[str]:
    problem, diff = outcome.problem, outcome.diff
    real, called = problem.real_teams, names(problem.teams)
    crews: dict[str, list[str]] = {}
    for team, whose in real.items():
        crews.setdefault(whose.id, []).append(team)
    by_team = {head: diff.of_team(*c).sentences(problem, by_date=True) for head, c in crews.items()}
    if any(by_team.values()):
        yield ""
        yield _("By team:")
    for head, lines in by_team.items():
        if lines:
            yield f"  {called[head]}"
            yield from (f"    {line}" for line in lines)


def _figures(outcome: Replanned) -> Iterator[str]:
    yield outcome.diff.counted()
    yield _forced(outcome)
    yield _(
        "Pupils: {before} in the old plan, {standing} in what stands of it, {after} in the new "
        "plan.",
        before=outcome.recorded_before,
        standing=outcome.recorded_standing,
        after=outcome.recorded_after,
    )
    fresh = outcome.afresh
    if fresh is None:
        return
    stable = amount(outcome.stability_cost or 0, "pupils")
    yield _(
        "Planned afresh, in about the same time: {pupils} pupils, with {visits} changed. Staying "
        "near the old plan costs {cost}.",
        pupils=fresh.recorded,
        visits=amount(fresh.changes, "visits"),
        cost=stable,
    )
    if fresh.bound is not None:
        yield _(
            "No plan that keeps the promises can record more than {bound} pupils.",
            bound=fresh.bound,
        )


def _forced(outcome: Replanned) -> str:
    visits = amount(outcome.forced, "visits")
    if outcome.max_changes is None:
        return _("The changes alone make {visits} other than they were.", visits=visits)
    allowed = {"visits": visits, "most": outcome.max_changes}
    if outcome.forced > outcome.max_changes:
        return _(
            "The changes alone make {visits} other than they were: more than the {most} allowed. "
            "No others were changed.",
            **allowed,
        )
    return _(
        "The changes alone make {visits} other than they were; up to {most} were allowed.",
        **allowed,
    )


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
