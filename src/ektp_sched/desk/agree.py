"""What a school answers: a slot agreed, or dates refused; and the plan that follows from it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NoReturn

from ektp_sched.desk.allowed import mark_of, require_allowed
from ektp_sched.desk.offer import LEAST_TRIES, Offer, Question
from ektp_sched.desk.promises import committed_to, in_order, place_of, promised
from ektp_sched.desk.replan.standing import beside
from ektp_sched.desk.revise import require_in_horizon, with_school
from ektp_sched.desk.stock import contingent_visits, with_those_that_hold
from ektp_sched.domain import Closed, Plan, Problem, School, Visit, minute_of
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Flag, Note
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.domain.words import amount, day_in_words, names_of
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.rulebook import check
from ektp_sched.texts.language import _


class Agreed(Shown):
    """A problem and a plan after a school's answer, and the visits that the plan has lost by it.

    `outdated`: the offer was made for an earlier state of them, and still goes with what there is.
    """

    problem: Problem
    plan: Plan
    fallen: tuple[Visit, ...]
    outdated: Flag = False

    def _shown(self) -> Iterator[str | Table]:
        yield self.plan.in_short
        if self.fallen:
            names = names_of(self.problem)
            yield _("No longer in the plan:")
            yield visits_table(self.fallen, schools=names.schools, teams=names.teams)


def accept(problem: Problem, plan: Plan, offer: Offer) -> Agreed:
    """Confirm an offer: the problem holds it as a commitment, and the plan is the offer's.

    Where the problem or the plan is no longer the one that the offer was made for, its visit is put
    into the plan as it is now, and as few proposed visits as can be give way. Contingent visits
    stay as far as they go with it.

    Raises
    ------
    RequestError
        The visit no longer goes with what there is: which rules it would break now, and the nearest
        slot that does go. Or it is confirmed already, or names what the problem does not know, or
        the plan breaks rules.
    """
    require_allowed(problem, plan)
    firm = promised(problem, plan)
    outdated = offer.mark != mark_of(problem, plan)
    if outdated:
        _require_new(problem, firm, offer.visit)
    agreed = committed_to(problem, [*firm, offer.visit])
    held = _around(problem, plan, offer.visit) if outdated else offer.plan
    require_allowed(agreed, held)
    new = with_those_that_hold(agreed, held, contingent_visits(plan))
    return Agreed(problem=agreed, plan=new, fallen=_lost(plan, new), outdated=outdated)


def _require_new(problem: Problem, firm: Iterable[Visit], visit: Visit) -> None:
    """Make sure that a visit offered earlier can be asked about at all."""
    problem.require_match(Plan(visits=(visit,)))
    if any(place_of(one) == place_of(visit) for one in firm):
        what = _("this visit is confirmed already")
        raise RequestError([Complaint("offer", what, _("Nothing is left to do."))])


def _around(problem: Problem, plan: Plan, visit: Visit) -> Plan:
    """The plan with a visit offered earlier, and what stands beside it unchanged or smaller."""
    firm = promised(problem, plan)
    agreed, held = committed_to(problem, [*firm, visit]), [*firm, visit]
    places = {place_of(one) for one in held}
    free = [one for one in plan.firm if place_of(one) not in places]
    beside_it = beside(agreed, held, free)
    around = Plan(visits=tuple(sorted([*held, *beside_it], key=in_order)))
    if faults := check(agreed, around).violations:
        reasons = (f"{fault.rule}, {fault.message}" for fault in faults)
        _refuse_outdated(problem, plan, visit, reasons)
    return around


def _refuse_outdated(
    problem: Problem, plan: Plan, visit: Visit, reasons: Iterable[str]
) -> NoReturn:
    """Say why an offer no longer goes with what there is, and what goes instead."""
    slots = Question(committed_to(problem, promised(problem, plan)), plan, visit.school).estimated(
        most=LEAST_TRIES
    )
    near = min((slot.placed.visit for slot in slots), key=partial(_distance, visit), default=None)
    if near is None:
        remedy = _("No other slot of the school goes with what is promised either.")
    else:
        teams = names_of(problem).teams
        remedy = _(
            "The nearest slot that does go: {date} {start}-{end}, {team}, {pupils}. "
            "Ask for offers again to see more.",
            date=day_in_words(near.date),
            start=near.start,
            end=near.end,
            team=teams[near.team],
            pupils=amount(near.recorded, "pupils"),
        )
    raise RequestError(
        [
            Complaint(
                "offer",
                _("things have changed since it was made, and it no longer fits: {why}", why=why),
                remedy,
            )
            for why in dict.fromkeys(one.removesuffix(".") for one in reasons)
        ]
    )


def _distance(wanted: Visit, other: Visit) -> tuple[int, int, bool]:
    """How far another visit is from the one that was wanted: days, minutes, team."""
    days, minutes = abs((other.date - wanted.date).days), minute_of(other.start)
    return days, abs(minutes - minute_of(wanted.start)), other.team != wanted.team


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
