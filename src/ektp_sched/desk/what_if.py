"""What becomes of a plan if the blanks come late, in part or not at all."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ektp_sched.desk.allowed import require_allowed
from ektp_sched.desk.contingent import (
    as_arrived,
    contingency_of,
    runs_out,
    unconfirmed,
    with_those_that_hold,
    without_contingent,
)
from ektp_sched.desk.effects import recorded
from ektp_sched.desk.promises import place_of, with_status
from ektp_sched.domain import Delivery, Plan, Problem, Visit
from ektp_sched.domain.scalars import Asked, Count, Text, Value
from ektp_sched.language import _, ngettext
from ektp_sched.rulebook import check

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
