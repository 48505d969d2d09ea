"""What a school answers: a slot agreed, or dates refused; and the plan that follows from it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ektp_sched.desk.allowed import mark_of, require_allowed
from ektp_sched.desk.contingent import contingent_visits, with_those_that_hold
from ektp_sched.desk.offers import Offer
from ektp_sched.desk.promises import committed_to, promised
from ektp_sched.desk.revise import require_in_horizon, with_school
from ektp_sched.desk.said import names_of
from ektp_sched.domain import Closed, Plan, Problem, School, Visit
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Note
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _
from ektp_sched.rulebook import check


class Agreed(Shown):
    """A problem and a plan after a school's answer, and the visits that the plan has lost by it."""

    problem: Problem
    plan: Plan
    fallen: tuple[Visit, ...]

    def _shown(self) -> Iterator[str | Table]:
        yield self.plan.in_short
        if self.fallen:
            names = names_of(self.problem)
            yield _("No longer in the plan:")
            yield visits_table(self.fallen, schools=names.schools, teams=names.teams)


def accept(problem: Problem, plan: Plan, offer: Offer) -> Agreed:
    """Confirm an offer: the problem holds it as a commitment, and the plan is the offer's.

    Contingent visits stay as far as they go with it.

    Raises
    ------
    RequestError
        The offer was made for another problem or plan, or the plan breaks rules.
    """
    require_allowed(problem, plan)
    if offer.mark != mark_of(problem, plan):
        what = _("the offer was made for another problem, or the plan has changed since")
        raise RequestError([Complaint("offer", what, _("Ask for offers again, and choose anew."))])
    agreed = committed_to(problem, [*promised(problem, plan), offer.visit])
    require_allowed(agreed, offer.plan)
    new = with_those_that_hold(agreed, offer.plan, contingent_visits(plan))
    return Agreed(problem=agreed, plan=new, fallen=_lost(plan, new))


def refuse(
    problem: Problem, plan: Plan, school: str, dates: Iterable[date], *, reason: str = ""
) -> Agreed:
    """Close a school on dates that it refuses; proposed and contingent visits on them fall.

    So do those that cannot stay without them. What is free then is left free: plan again, or ask
    for offers.

    Raises
    ------
    RequestError
        There is no such school, no date is given or one is not planned, a visit on one is
        confirmed, or the plan breaks rules.
    """
    school = problem.school(school).id
    require_allowed(problem, plan)
    refused = sorted(set(dates))
    if not refused:
        raise RequestError([Complaint("dates", _("no date is given"), _("Give at least one."))])
    for day in refused:
        require_in_horizon(problem, day)
    _require_no_promise(problem, plan, school, refused)
    ranges = tuple(_ranges(refused, reason))

    def closed(one: School) -> School:
        return one.model_copy(update={"closed": (*one.closed, *ranges)})

    narrower = with_school(problem, school, closed)
    stay = [v for v in plan.visits if v.status == "done" or not _is_on(v, school, refused)]
    new = _mended(narrower, Plan(visits=tuple(stay)))
    return Agreed(problem=narrower, plan=new, fallen=_lost(plan, new))


def _require_no_promise(problem: Problem, plan: Plan, school: str, refused: list[date]) -> None:
    promises = [
        visit
        for visit in promised(problem, plan)
        if visit.status == "confirmed" and _is_on(visit, school, refused)
    ]
    if promises:
        what = _("{school} has a confirmed visit then", school=problem.school(school).name)
        remedy = _(
            "Take the promise back first, by a change that cancels it, or leave this date out."
        )
        raise RequestError([Complaint(f"dates, {visit.date}", what, remedy) for visit in promises])


def _is_on(visit: Visit, school: str, dates: list[date]) -> bool:
    return visit.school == school and visit.date in dates


def _ranges(days: list[date], reason: Note) -> Iterable[Closed]:
    """Dates in order as ranges without holes."""
    first = days[0]
    for day, following in zip(days, [*days[1:], None], strict=True):
        if following != day + timedelta(days=1):
            yield Closed(start=first, end=day, reason=reason)
            if following is not None:
                first = following


def _mended(problem: Problem, plan: Plan) -> Plan:
    """A plan without the visits, not promised, that break a rule now that others are gone."""
    while not (report := check(problem, plan)).ok:
        culprits = {number for fault in report.violations for number in fault.visits}
        stay = tuple(
            visit
            for number, visit in enumerate(plan.visits)
            if number not in culprits or visit.status in {"confirmed", "done"}
        )
        if len(stay) == len(plan.visits):
            raise RequestError(
                [
                    Complaint("dates", fault.message, _("Confirmed visits would break this rule."))
                    for fault in report.violations
                ]
            )
        plan = Plan(visits=stay)
    return plan


def _lost(before: Plan, after: Plan) -> tuple[Visit, ...]:
    """Visits of a plan that have no like in another, whatever their status."""
    there = {(v.school, v.team, v.date, v.start) for v in after.visits}
    return tuple(v for v in before.visits if (v.school, v.team, v.date, v.start) not in there)
