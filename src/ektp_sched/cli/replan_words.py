"""What a planner wants to know after replanning, in text."""

from collections.abc import Iterator, Sequence

from ektp_sched.desk.changes import Change
from ektp_sched.desk.replanned import Replanned
from ektp_sched.desk.said import names_of, short_day
from ektp_sched.desk.standing import ImpossiblePromise
from ektp_sched.domain import Problem
from ektp_sched.language import _
from ektp_sched.rulebook.words import amount, names


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
