"""What a planner wants to know about a result, in text and tables."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from ektp_sched.cli.ledger import ledger_in_words
from ektp_sched.cli.tables import pupils_of, unserved_table, violations_table, visits_table
from ektp_sched.cli.words import tiers_in_words
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.language import N_, _
from ektp_sched.rulebook import check
from ektp_sched.solve import Result

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
