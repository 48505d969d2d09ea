"""What a planner wants to know about a result, in text and tables."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from ektp_sched.cli.ledger import ledger_in_words
from ektp_sched.cli.tables import pupils_of, unserved_table, violations_table, visits_table
from ektp_sched.cli.words import tiers_in_words
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.rulebook import check
from ektp_sched.solve import Result

_ENDS = {
    "optimal": "It is proven that no plan is better.",
    "gap": "It is proven that no plan is better by more than the gap asked for.",
    "time_limit": "The time given is used up.",
    "cancelled": "The search was interrupted.",
    "exhausted": "The search had nothing more to try.",
}


def summary_of(problem: Problem, result: Result) -> Iterator[RenderableType]:
    """The whole summary, from the visits to how the search ended."""
    if result.plan is None:
        yield from _no_plan(result)
    else:
        yield from _plan(problem, result.plan)
        yield ""
        yield "How good the plan is (each aim as far as those above it allow):"
        yield from (f"  {line}" for line in tiers_in_words(result.tiers, problem))
        yield ""
        yield f"{_ENDS[result.stopped_by]} {result.runtime_seconds:.1f} s, method: {result.method}."


def _no_plan(result: Result) -> Iterator[RenderableType]:
    if result.status == "unknown":
        yield "No plan was found. Give more time with --time-limit."
        return
    yield "No plan is allowed: the visits that were promised break the rules."
    if result.violations:
        yield violations_table(result.violations)


def _plan(problem: Problem, plan: Plan) -> Iterator[RenderableType]:
    firm, contingent = plan.firm, plan.contingent
    yield f"{problem.name}, {problem.start} to {problem.end}"
    yield ""
    yield visits_table(firm, problem) if firm else "No visits."
    if contingent:
        yield "\nOnly if the unconfirmed deliveries arrive:"
        yield visits_table(contingent, problem)
    yield ""
    yield from _pupils(problem, firm)
    yield from ledger_in_words(check(problem, plan).ledger, problem)


def _pupils(problem: Problem, firm: Sequence[Visit]) -> Iterator[RenderableType]:
    due = sum(pupils_of(school) for school in problem.schools)
    recorded = sum(visit.recorded for visit in firm)
    visited = {visit.school for visit in firm}
    left = [s for s in problem.schools if s.id not in visited and pupils_of(s)]
    yield f"Pupils: {recorded:,} recorded, {due - recorded:,} left of {due:,}."
    if left:
        yield f"\nSchools without a visit: {len(left):,}"
        yield unserved_table(left)
        yield ""
    else:
        yield "Every school with pupils has a visit."
