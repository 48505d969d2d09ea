"""What has been promised to schools, and a problem that keeps it."""

from collections.abc import Hashable, Iterable
from datetime import date

from ektp_sched.domain import Plan, Problem, Visit

FIRM = frozenset({"confirmed", "done"})


def promised(problem: Problem, plan: Plan, *, frozen_until: date | None = None) -> list[Visit]:
    """The visits that must stay: done and confirmed ones, and those dated before `frozen_until`.

    What is done stands in the problem's commitments alone: a plan cannot make history. Frozen
    visits come as confirmed ones, contingent ones excepted. In order of date, start and school.
    """
    kept = {place_of(visit): visit for visit in problem.commitments if visit.status in FIRM}
    for visit in plan.visits:
        frozen = frozen_until is not None and visit.date < frozen_until
        if visit.status == "confirmed" or (frozen and visit.status == "proposed"):
            kept.setdefault(place_of(visit), with_status(visit, "confirmed"))
    return sorted(kept.values(), key=in_order)


def unpromised(problem: Problem, plan: Plan) -> list[Visit]:
    """Visits that a plan has as confirmed and that the problem does not promise."""
    known = {place_of(visit) for visit in problem.commitments if visit.status in FIRM}
    return [v for v in plan.visits if v.status == "confirmed" and place_of(v) not in known]


def committed_to(problem: Problem, visits: Iterable[Visit]) -> Problem:
    """The same problem with these commitments and no others."""
    return problem.model_copy(update={"commitments": tuple(sorted(visits, key=in_order))})


def with_status(visit: Visit, status: str) -> Visit:
    """The same visit with another status."""
    return visit.model_copy(update={"status": status})


def place_of(visit: Visit) -> Hashable:
    """School, team and time: what tells a visit from others of a plan."""
    return (visit.school, visit.team, visit.date, visit.start, visit.end)


def in_order(visit: Visit) -> tuple[date, object, str, str]:
    """Key that sorts visits as a planner reads them."""
    return (visit.date, visit.start, visit.school, visit.team)
