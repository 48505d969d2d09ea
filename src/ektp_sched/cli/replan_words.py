"""What a planner wants to know after replanning, in text."""

from collections.abc import Iterator, Sequence

from ektp_sched.desk.changes import Change
from ektp_sched.desk.diff import PlanDiff
from ektp_sched.desk.replanned import Replanned
from ektp_sched.desk.said import names_of, short_day
from ektp_sched.desk.standing import ImpossiblePromise
from ektp_sched.domain import Problem
from ektp_sched.rulebook.words import amount, names


def replanned_in_words(
    outcome: Replanned, before: Problem, changes: Sequence[Change]
) -> Iterator[str]:
    """All that replanning did, line by line; `before` is the problem without the changes."""
    yield f"{outcome.problem.name}, replanned after {amount(len(changes), 'changes')}"
    yield from _costs(outcome, before, changes)
    yield from _promises(outcome)
    yield from _schools(outcome)
    yield from _teams(outcome)
    yield ""
    yield from _figures(outcome)


def _costs(outcome: Replanned, before: Problem, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield "\nWhat the changes took from the plan, before it was filled again:"
    known = names_of(before, outcome.problem)
    for cost in outcome.costs:
        change = changes[cost.change].said(known)
        if cost.pupils < 0:
            taken = f"{amount(-cost.pupils, 'pupils')} more"
        elif not cost.visits:
            taken = "nothing"
        else:
            taken = f"{amount(cost.pupils, 'pupils')}, {amount(cost.visits, 'visits')} concerned"
        yield f"  {cost.change + 1}. {change}: {taken}."


def _promises(outcome: Replanned) -> Iterator[str]:
    if outcome.impossible:
        yield "\nPromises that cannot be kept:"
        for promise in outcome.impossible:
            yield from (f"  {line}" for line in _promise(promise, outcome.problem))
    if outcome.unmet:
        yield "\nDates asked for that cannot be had:"
        schools = names(outcome.problem.schools)
        for wish in outcome.unmet:
            yield f"  {schools[wish.school]} on {short_day(wish.date)}: {wish.reason}"


def _promise(promise: ImpossiblePromise, problem: Problem) -> Iterator[str]:
    visit = promise.visit
    school, team = names(problem.schools)[visit.school], names(problem.teams)[visit.team]
    when = f"{short_day(visit.date)} {visit.start:%H:%M} ({team})"
    yield f"{school} on {when}, {amount(visit.recorded, 'pupils')}"
    since = "" if promise.change is None else f", by change {promise.change + 1}"
    for rule in promise.rules:
        yield f"  {rule.rule}{since}: {rule.message}"
    if promise.now is not None:
        yield f"  It keeps its date and time, with {amount(promise.now.recorded, 'pupils')}."


def _schools(outcome: Replanned) -> Iterator[str]:
    lines = outcome.diff.sentences(outcome.problem)
    yield "\nWhat is different, by school:" if lines else "\nNo visit is different."
    yield from (f"  {line}" for line in lines)


def _teams(outcome: Replanned) -> Iterator[str]:
    problem, diff = outcome.problem, outcome.diff
    by_team = {
        name: diff.of_team(team).sentences(problem, by_date=True)
        for team, name in names(problem.teams).items()
    }
    if any(by_team.values()):
        yield "\nBy team:"
    for name, lines in by_team.items():
        if lines:
            yield f"  {name}"
            yield from (f"    {line}" for line in lines)


def _figures(outcome: Replanned) -> Iterator[str]:
    yield _counted(outcome.diff)
    yield _forced(outcome)
    yield (
        f"Pupils: {outcome.recorded_before:,} in the old plan, {outcome.recorded_standing:,} in "
        f"what stands of it, {outcome.recorded_after:,} in the new plan."
    )
    fresh = outcome.afresh
    if fresh is None:
        return
    stable = amount(outcome.stability_cost or 0, "pupils")
    yield (
        f"Planned afresh, in about the same time: {fresh.recorded:,} pupils, with "
        f"{amount(fresh.changes, 'visits')} changed. Staying near the old plan costs {stable}."
    )
    if fresh.bound is not None:
        yield f"No plan that keeps the promises can record more than {fresh.bound:,} pupils."


def _counted(diff: PlanDiff) -> str:
    parts = [
        f"{len(diff.kept)} stay as they were",
        f"{len(diff.moved)} moved",
        f"{len(diff.resized)} with other pupils",
        f"{len(diff.cancelled)} cancelled",
        f"{len(diff.added)} new",
    ]
    return f"Visits: {', '.join(parts)}."


def _forced(outcome: Replanned) -> str:
    alone = f"The changes alone make {amount(outcome.forced, 'visits')} other than they were"
    if outcome.max_changes is None:
        return f"{alone}."
    if outcome.forced > outcome.max_changes:
        return f"{alone}: more than the {outcome.max_changes} allowed. No others were changed."
    return f"{alone}; up to {outcome.max_changes} were allowed."
