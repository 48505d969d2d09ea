"""A plan after changes: what must stay, what stands, what cannot be and which rules say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ektp_sched.desk.promises import FIRM, in_order, place_of
from ektp_sched.desk.repair import most_kept, with_other_pupils
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.domain.scalars import Value
from ektp_sched.errors import Complaint, PlanError
from ektp_sched.language import _
from ektp_sched.rulebook import Violation, check

# To break one promise less is worth more than any visit, and so is a visit than any pupil.
PROMISE, AGREED, VISIT = 10**9, 10**6, 10**6


class ImpossiblePromise(Value):
    """A visit that had to stay and cannot, with the rules that say so.

    `change` is the index of the change after which it cannot; None where it could not before any.
    `now` is the visit as it is kept at its time with other pupils, None where it is given up.
    """

    visit: Visit
    rules: tuple[Violation, ...]
    change: int | None = None
    now: Visit | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A published plan under a problem that has changed.

    `held` must stay as they are: done, confirmed and frozen visits, broken promises with other
    pupils among them. `kept` are the other visits that still can. `broken` are the promises that
    cannot be kept as they were.
    """

    held: tuple[Visit, ...]
    kept: tuple[Visit, ...]
    broken: tuple[ImpossiblePromise, ...]

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All that stands."""
        return (*self.held, *self.kept)


def carrying(problem: Problem, plan: Plan) -> Problem:
    """The problem with all visits of the plan, contingent ones excepted, among its commitments.

    Raises
    ------
    PlanError
        The plan names what the problem does not know, has a visit twice, or history of its own.
    """
    problem.require_match(plan)
    promised = {place_of(v): v for v in problem.commitments if v.status in FIRM}
    complaints, seen = [], set()
    for number, visit in enumerate(plan.visits):
        occasion = (visit.school, visit.team, visit.date, visit.start)
        if occasion in seen:
            what = _("this visit is in the plan twice")
            complaints.append(Complaint(f"visits[{number}]", what, _("Keep one of them.")))
        if visit.status == "done" and place_of(visit) not in promised:
            what = _("it is marked done, but the problem's commitments have no such visit")
            remedy = _("Tell of it with the change visit_done.")
            complaints.append(Complaint(f"visits[{number}]", what, remedy))
        seen.add(occasion)
    if complaints:
        raise PlanError(complaints)
    others = (visit for visit in plan.firm if place_of(visit) not in promised)
    visits = tuple(sorted((*promised.values(), *others), key=in_order))
    return problem.model_copy(update={"commitments": visits})


def standing(problem: Problem, *, frozen_until: date | None) -> Standing:
    """What still stands of the visits that a problem carries: the fewest go, or change pupils."""
    done = [visit for visit in problem.commitments if visit.status == "done"]
    live = [visit for visit in problem.commitments if visit.status != "done"]
    promised = [visit for visit in live if must_stay(visit, frozen_until)]
    if _all_stand(problem):
        # Asked one by one, a visit could seem to break rules that others of the plan mend.
        free = [visit for visit in live if visit not in promised]
        return Standing((*done, *promised), tuple(free), ())
    kept_promises = most_kept(problem, done, promised, _weight_of_promise)
    gone = [visit for visit in promised if visit not in kept_promises]
    held = _resized(problem, [*done, *kept_promises], gone)
    free = [visit for visit in live if visit not in promised]
    places = {place_of(visit): visit for visit in held}
    broken = (
        ImpossiblePromise(
            visit=visit,
            rules=_reasons(problem, [*done, *kept_promises], visit),
            now=places.get(place_of(visit)),
        )
        for visit in gone
    )
    return Standing(tuple(held), tuple(beside(problem, held, free)), tuple(broken))


def still_allowed(problem: Problem, plan: Plan) -> Plan:
    """As much of a former plan as the problem allows now, as a plan to begin from.

    Where the problem is as it was, that is the plan itself; contingent visits are left aside.

    Raises
    ------
    PlanError
        As for carrying().
    """
    firm = Plan(visits=plan.firm)
    if check(problem, firm).ok:
        return firm
    return Plan(visits=standing(carrying(problem, plan), frozen_until=None).visits)


def beside(problem: Problem, held: Sequence[Visit], free: Sequence[Visit]) -> list[Visit]:
    """Of visits that may go, those that can stay beside the held ones, some with other pupils."""
    kept = most_kept(problem, held, free, lambda visit: VISIT + visit.recorded)
    gone = [visit for visit in free if visit not in kept]
    return _resized(problem, [*held, *kept], gone)[len(held) :]


def must_stay(visit: Visit, frozen_until: date | None) -> bool:
    """Whether a visit was promised or lies before the date until which all is frozen."""
    frozen = frozen_until is not None and visit.date < frozen_until
    return visit.status in FIRM or frozen


def _all_stand(problem: Problem) -> bool:
    return check(problem, Plan(visits=problem.commitments)).ok


def _reasons(problem: Problem, stand: list[Visit], visit: Visit) -> tuple[Violation, ...]:
    """The rules that a visit would break beside what stands."""
    violations = check(problem, Plan(visits=(*stand, visit))).violations
    return tuple(one for one in violations if one.rule != "R13")


def _weight_of_promise(visit: Visit) -> int:
    return PROMISE + (AGREED if visit.status == "confirmed" else 0) + visit.recorded


def _resized(problem: Problem, stand: list[Visit], gone: list[Visit]) -> list[Visit]:
    """What stands and, of what does not, the visits that can with other pupils, largest first."""
    stand = list(stand)
    for visit in sorted(gone, key=lambda visit: -visit.recorded):
        resized = with_other_pupils(problem, stand, visit)
        if resized is not None:
            stand.append(resized)
    return stand
