"""Blanks that may come or not: visits only they allow, and a plan without them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile

from ektp_sched.desk.allowed import require_allowed
from ektp_sched.desk.differences import recorded
from ektp_sched.desk.promises import committed_to, in_order, place_of, promised, with_status
from ektp_sched.desk.replan.repair_search import quietened
from ektp_sched.desk.revise import with_stock
from ektp_sched.domain import Delivery, Plan, Problem, Stock, Visit
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import Asked, Count, Text, Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.engine.budget import CancelToken
from ektp_sched.rulebook import Ledger, check
from ektp_sched.solve import solve
from ektp_sched.solve.solver import Listener
from ektp_sched.texts.language import _, ngettext


class Contingency(Shown):
    """A plan with contingent visits, and how to give them up.

    After each step of `drop_order` what is left still keeps all rules with every delivery. A step
    is nearly always one visit; several where none can be given up alone. `runs_out` is the date
    from which on no blank above the reserve is left, in the firm plan; `runs_out_with` in the plan
    with the contingent visits, if every delivery arrives as stated. None: some are left at the end.
    """

    plan: Plan
    drop_order: tuple[tuple[Visit, ...], ...]
    runs_out: date | None
    runs_out_with: date | None

    def _shown(self) -> Iterator[str | Table]:
        yield self.plan.in_short
        if self.plan.contingent:
            yield _("Only if the unconfirmed deliveries arrive:")
            yield visits_table(self.plan.contingent)


def plan_contingent(
    problem: Problem,
    plan: Plan,
    *,
    time_limit: float = 60,
    gap: float = 0.001,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    on_progress: Listener | None = None,
    cancel: CancelToken | None = None,
) -> Contingency:
    """Add the visits that unconfirmed deliveries would allow; all others stay as they are.

    None is dated before the first of these deliveries: when that fails, they can still be dropped.

    Contingent visits that the plan has already are planned anew. Where recording needs no blank at
    hand (`cards` is "later" or "none"), or every delivery is confirmed, there are none.

    Parameters
    ----------
    time_limit, gap, seed, workers, deterministic, on_progress, cancel
        As in solve().

    Raises
    ------
    RequestError
        The plan breaks rules.
    PlanError
        The plan names what the problem does not know.
    """
    require_allowed(problem, plan)
    firm = without_contingent(plan)
    more: Iterable[Visit] = ()
    if problem.stock.cards == "reserve" and unconfirmed(problem):
        first = min(delivery.date for delivery in unconfirmed(problem))
        promises = _all_promised(problem, firm)
        arrived = committed_to(_arrived(problem, unconfirmed(problem)), promises)
        result = solve(
            quietened(arrived, promises, first),
            time_limit=time_limit,
            gap=gap,
            seed=seed,
            workers=workers,
            deterministic=deterministic,
            on_progress=on_progress,
            cancel=cancel,
        )
        there = {place_of(visit) for visit in firm.visits}
        found = result.plan.visits if result.plan else ()
        new = (v for v in found if place_of(v) not in there and v.date >= first)
        more = (with_status(visit, "contingent") for visit in new)
    return contingency_of(problem, with_those_that_hold(problem, firm, more))


def contingency_of(problem: Problem, plan: Plan) -> Contingency:
    """What there is to know about the contingent visits of a plan that keeps all rules."""
    every = unconfirmed(problem)
    return Contingency(
        plan=plan,
        drop_order=tuple(_drop_order(problem, plan)),
        runs_out=runs_out(check(problem, plan).ledger),
        runs_out_with=runs_out(check(*as_arrived(problem, plan, every)).ledger),
    )


def unconfirmed(problem: Problem) -> tuple[Delivery, ...]:
    """The deliveries that are announced only."""
    return tuple(one for one in problem.stock.deliveries if not one.confirmed)


def without_contingent(plan: Plan) -> Plan:
    """The firm plan."""
    return Plan(visits=plan.firm)


def contingent_visits(plan: Plan) -> list[Visit]:
    """The visits that wait for a delivery, in the order of dates."""
    return sorted(plan.contingent, key=in_order)


def as_arrived(
    problem: Problem, plan: Plan, deliveries: Iterable[Delivery]
) -> tuple[Problem, Plan]:
    """The problem and the plan once these deliveries, and no other announced ones, are here.

    Contingent visits are proposed ones then.
    """
    visits = (with_status(v, "proposed") if v.status == "contingent" else v for v in plan.visits)
    return _arrived(problem, deliveries), Plan(visits=tuple(visits))


def with_those_that_hold(problem: Problem, plan: Plan, more: Iterable[Visit]) -> Plan:
    """The plan with all the visits that keep every rule beside it, those that come first first."""
    wanted = list(more)
    whole = _with(plan, wanted)
    if check(problem, whole).ok:
        return whole
    for visit in wanted:
        longer = _with(plan, [visit])
        if check(problem, longer).ok:
            plan = longer
    return plan


def runs_out(ledger: Ledger) -> date | None:
    """The date from which on, to the end, no blank above the reserve is left; None: some are."""
    used_up = takewhile(lambda row: row.closing <= row.reserve, reversed(ledger.rows))
    return min((row.date for row in used_up), default=None)


def _drop_order(problem: Problem, plan: Plan) -> Iterator[tuple[Visit, ...]]:
    """Fewest pupils lost first, a later visit before an earlier one of as many pupils.

    A visit that another one counts on, because it records the few pupils whom that one leaves
    over, waits until the other one is dropped.
    """
    firm = without_contingent(plan)
    left = sorted(contingent_visits(plan), key=in_order, reverse=True)
    left.sort(key=lambda visit: _points(problem, visit))
    while left:
        dropped, left = _next_drop(problem, firm, left)
        yield dropped


def _next_drop(
    problem: Problem, firm: Plan, left: Sequence[Visit]
) -> tuple[tuple[Visit, ...], list[Visit]]:
    for visit in left:
        rest = [other for other in left if other != visit]
        if check(problem, _with(firm, rest)).ok:
            return (visit,), rest
    kept = with_those_that_hold(problem, firm, left[1:])
    rest = [visit for visit in left if visit in kept.visits]
    return tuple(visit for visit in left if visit not in rest), rest


def _points(problem: Problem, visit: Visit) -> int:
    """Recorded pupils, each times the priority of its cohort."""
    (school,) = (one for one in problem.schools if one.id == visit.school)
    return sum(visit.students.get(c.name, 0) * c.priority for c in school.cohorts)


def _all_promised(problem: Problem, firm: Plan) -> list[Visit]:
    """Every visit of a firm plan as one that must stay."""
    planned = (v for v in firm.visits if v.status == "proposed")
    return [*promised(problem, firm), *(with_status(v, "confirmed") for v in planned)]


def _arrived(problem: Problem, deliveries: Iterable[Delivery]) -> Problem:
    here = tuple(one.model_copy(update={"confirmed": True}) for one in deliveries)

    def change(stock: Stock) -> Stock:
        sure = tuple(one for one in stock.deliveries if one.confirmed)
        return stock.model_copy(update={"deliveries": (*sure, *here)})

    return with_stock(problem, change)


def _with(plan: Plan, more: Iterable[Visit]) -> Plan:
    return Plan(visits=tuple(sorted((*plan.visits, *more), key=in_order)))


MOST_WEEKS_LATE = 4


class Scenario(Asked):
    """What arrives in place of the deliveries that are announced only; confirmed ones arrive."""

    name: Text
    deliveries: tuple[Delivery, ...]


class Outcome(Value):
    """What a plan comes to in a scenario.

    `pupils` recorded, done visits included; `printed` cards of theirs, `backlog` those due by the
    end of the horizon for which no blank is left. `runs_out` is the date from which on no blank
    above the reserve is left, None where some are at the end. `fallen` are contingent visits that
    do not hold.
    """

    scenario: Scenario
    pupils: Count
    printed: Count
    backlog: Count
    runs_out: date | None
    fallen: tuple[Visit, ...]


def what_if(
    problem: Problem, plan: Plan, scenarios: Sequence[Scenario] | None = None
) -> tuple[Outcome, ...]:
    """Tell what a plan comes to in each scenario of deliveries.

    Nothing is planned anew: the firm visits stay, and of the contingent ones those that hold, the
    one that is last to be dropped tried first. Where recording needs no blank at hand (`cards` is
    "later" or "none"), visits are the same in each scenario, and only printing differs.

    Parameters
    ----------
    scenarios
        By default `usual_scenarios()`.

    Raises
    ------
    RequestError
        The plan breaks rules.
    PlanError
        The plan names what the problem does not know.
    """
    require_allowed(problem, plan)
    dropped = contingency_of(problem, plan).drop_order
    keep_first = [visit for step in reversed(dropped) for visit in reversed(step)]
    cases = usual_scenarios(problem) if scenarios is None else scenarios
    return tuple(_outcome(problem, plan, keep_first, case) for case in cases)


def usual_scenarios(problem: Problem) -> tuple[Scenario, ...]:
    """The announced deliveries as stated, 1 to 4 weeks late, half of the cards, and none."""
    stated = unconfirmed(problem)
    if not stated:
        return (Scenario(name=_("every delivery is confirmed"), deliveries=()),)
    late = (
        Scenario(
            name=ngettext("{n} week late", "{n} weeks late", weeks),
            deliveries=tuple(_later(one, weeks) for one in stated),
        )
        for weeks in range(1, MOST_WEEKS_LATE + 1)
    )
    halves = tuple(one.model_copy(update={"cards": one.cards // 2}) for one in stated)
    return (
        Scenario(name=_("as announced"), deliveries=stated),
        *late,
        Scenario(name=_("half of the cards"), deliveries=halves),
        Scenario(name=_("none"), deliveries=()),
    )


def _later(delivery: Delivery, weeks: int) -> Delivery:
    return delivery.model_copy(update={"date": delivery.date + timedelta(weeks=weeks)})


def _outcome(
    problem: Problem, plan: Plan, keep_first: Iterable[Visit], scenario: Scenario
) -> Outcome:
    there, firm = as_arrived(problem, without_contingent(plan), scenario.deliveries)
    wanted = [with_status(visit, "proposed") for visit in keep_first]
    kept = with_those_that_hold(there, firm, wanted)
    places = {place_of(visit) for visit in kept.visits}
    ledger = check(there, kept).ledger
    return Outcome(
        scenario=scenario,
        pupils=recorded(kept.visits),
        printed=sum(one.cards for one in ledger.printings if one.printed is not None),
        backlog=ledger.backlog,
        runs_out=runs_out(ledger),
        fallen=tuple(visit for visit in plan.visits if place_of(visit) not in places),
    )
