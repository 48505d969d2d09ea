"""Why a school is not served, or not fully: from what it can have alone to what the plan leaves.

Each step compares what the school can have beside more and more visits of others. Where it can
have less than a step before, the limits of the rule book are lifted one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import get_args

from ektp_sched.desk.explaining.beside import timeless
from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.limits import LIMITS, TIGHTENED, TOGETHER, Limit
from ektp_sched.desk.explaining.serving import Served
from ektp_sched.desk.explaining.values import Beside, Code, Details, Reason, Tag
from ektp_sched.desk.promises import place_of
from ektp_sched.desk.revise import school_of
from ektp_sched.domain import Visit
from ektp_sched.language import N_, _
from ektp_sched.rulebook import obstacle
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.reach import working_shift
from ektp_sched.rulebook.words import amount, day_in_words

MOST_NAMED = 4
WITH_BOTH = N_("With more time and more blanks, {pupils} could be recorded")
_UNREACHED: dict[str, Code] = {code: code for code in get_args(Code)}

Finder = Callable[[Case], Iterator[Reason]]


def too_young(case: Case) -> Iterator[Reason]:
    """Cohorts that turn 16 after the last date on which the school is open to a team."""
    last = _last_open_day(case)
    for cohort in case.school.cohorts:
        count = case.left.get(cohort.name, 0)
        since = cohort.record_from
        if count and since and (last is None or since > last):
            values = {
                "pupils": amount(count, "pupils"),
                "cohort": cohort.name,
                "birthday": day_in_words(since),
            }
            if last and since <= case.problem.end:
                sentence = _(
                    "{pupils} of {cohort} cannot be recorded yet: they turn 16 on {birthday}, "
                    "after the last date on which a team can come, {last}.",
                    **values,
                    last=day_in_words(last),
                )
            else:
                sentence = _(
                    "{pupils} of {cohort} cannot be recorded yet: they turn 16 on {birthday}, "
                    "after the last date that is planned, {last}.",
                    **values,
                    last=day_in_words(case.problem.end),
                )
            details: Details = {"cohort": cohort.name, "record_from": str(since)}
            yield Reason(
                code="not_yet_16",
                tag="proven",
                beside="nothing",
                pupils=count,
                sentence=sentence,
                details=details,
            )


def never_reached(case: Case) -> Iterator[Reason]:
    """The hurdle that every single visit fails at."""
    found = None if case.own else obstacle(case.problem, case.school)
    lost = _lost(case, "nothing") - _waiting(case)
    if found and lost > 0 and found[0] in _UNREACHED:
        sentence = _("No team can visit it, whatever else is planned: {reason}.", reason=found[1])
        yield Reason(
            code=_UNREACHED[found[0]],
            tag=_tag(case, "nothing"),
            beside="nothing",
            pupils=lost,
            sentence=sentence,
            details={},
        )


def own_limits(case: Case) -> Iterator[Reason]:
    """What would keep pupils from being recorded even if no other school were visited."""
    lost = _lost(case, "nothing") - _waiting(case)
    if lost <= 0 or list(never_reached(case)):
        return
    found = list(_lifted(case, "nothing", [(limit,) for limit in LIMITS if limit.code != "time"]))
    yield from found
    if not found and not case.serving.budget.over:
        yield Reason(
            code="several",
            tag=_tag(case, "nothing"),
            beside="nothing",
            pupils=lost,
            sentence=_("Several limits come together: lifting any one of them would not help."),
            details={},
        )


def promises(case: Case) -> Iterator[Reason]:
    """Visits promised to others that take what the school would need."""
    lost = case.alone.recorded - _top(case.beside_promises)
    if lost <= 0 or case.beside_promises.plan is None:
        return
    days = {(team.id, day) for day, team in case.chances}
    rivals = (v for v in case.kept("promises") if v.school != case.school.id)
    named = tuple(_named(case, v) for v in rivals if (v.team, v.date) in days)
    sentence = _(
        "Visits promised to other schools stand in the way. Without them, {pupils} could be "
        "recorded.",
        pupils=amount(case.alone.recorded, "pupils"),
    )
    if named:
        days_told = _("Promised on days when a team could come: {visits}.", visits=_listing(named))
        sentence = f"{sentence} {days_told}"
    yield Reason(
        code="commitments",
        tag=_tag(case, "promises"),
        beside="promises",
        pupils=lost,
        sentence=sentence,
        details={"visits": named},
    )


def competition(case: Case) -> Iterator[Reason]:
    """What the plan's other visits take: time, blanks, or both; and limits that they tighten."""
    if case.beside_promises.recorded <= _top(case.beside_plan):
        return
    yield from _lifted(case, "plan", [(one,) for one in LIMITS if one.code in TIGHTENED])
    yield from _lifted(case, "plan", [tuple(one for one in LIMITS if one.code in TOGETHER)])


def room_left(case: Case) -> Iterator[Reason]:
    """What fits into the plan as it is, and the plan does not have."""
    more = case.beside_plan.recorded - case.recorded
    if more > 0:
        served = case.beside_plan.visits
        gone = _other_places(case.own, served)
        new = _other_places(served, case.own) or [one for one in served if one not in case.own]
        named = tuple(_named(case, visit) for visit in new)
        visits = _listing(named)
        if gone:
            visits = _(
                "{new}, instead of {old}",
                new=visits,
                old=_listing([_named(case, one) for one in gone]),
            )
        sentence = _(
            "The plan leaves room: {pupils} more can be recorded beside its other visits "
            "({visits}). The search did not come by it, or aims that come first speak against it, "
            "or the wish to stay near the published plan.",
            pupils=amount(more, "pupils"),
            visits=visits,
        )
        yield Reason(
            code="room_left",
            tag="proven",
            beside="plan",
            pupils=0,
            sentence=sentence,
            details={"visits": named},
        )


FINDERS: tuple[Finder, ...] = (
    too_young,
    never_reached,
    own_limits,
    promises,
    competition,
    room_left,
)


def reasons(case: Case) -> tuple[Reason, ...]:
    """All that is found, each reason once, those that need nothing of others first."""
    found: dict[tuple[Code, str], Reason] = {}
    for find in FINDERS if case.left else ():
        for reason in find(case):
            found.setdefault((reason.code, str(reason.details.get("cohort", ""))), reason)
    return tuple(found.values())


def _lifted(case: Case, beside: Beside, groups: Iterable[Sequence[Limit]]) -> Iterator[Reason]:
    """The limits of each group, where the school could have more without all of the group."""
    for limits in groups:
        if case.serving.budget.over:
            return
        without = _without(case, beside, limits).recorded
        gain = without - _top(case.served(beside))
        for limit in limits if gain > 0 else ():
            told, details = limit.told(case, beside)
            instead = limit.instead if len(limits) == 1 else WITH_BOTH
            could = _(instead, pupils=amount(without, "pupils"))
            yield Reason(
                code=limit.code,
                tag=_tag(case, beside),
                beside=beside,
                pupils=gain,
                sentence=f"{told}. {could}.",
                details=details,
            )


def _without(case: Case, beside: Beside, limits: Sequence[Limit]) -> Served:
    problem, kept = case.problem, case.kept(beside)
    for limit in limits:
        problem = limit.lift(problem, case.school.id)
        if limit.code == "time":
            kept = timeless(kept, case.school.id)
    return case.serving.best(problem, school_of(problem, case.school.id), kept)


def _tag(case: Case, beside: Beside) -> Tag:
    return "likely" if case.served(beside).most is None else "proven"


def _top(served: Served) -> int:
    """The proven most, or what was found where nothing is proven."""
    return served.recorded if served.most is None else served.most


def _lost(case: Case, beside: Beside) -> int:
    return case.pupils - max(_top(case.served(beside)), case.recorded)


def _waiting(case: Case) -> int:
    return sum(reason.pupils for reason in too_young(case))


def _last_open_day(case: Case) -> date | None:
    """The last date on which a team that can do what it needs works and the school is open."""
    able = [team for team in case.problem.teams if case.school.needs <= team.skills]
    days = (
        day
        for day in reversed(horizon(case.problem))
        if case.index.openings(case.school, day)
        and any(working_shift(case.index, team, day) for team in able)
    )
    return next(days, None)


def _named(case: Case, visit: Visit) -> str:
    school, team = case.index.school_names[visit.school], case.index.team_names[visit.team]
    when = f"{day_in_words(visit.date)} {visit.start:%H:%M}-{visit.end:%H:%M}"
    return _("{school} on {when} by {team}", school=school, when=when, team=team)


def _other_places(visits: Iterable[Visit], there: Iterable[Visit]) -> list[Visit]:
    """The visits whose team and time are not those of any that is there."""
    places = set(map(place_of, there))
    return [visit for visit in visits if place_of(visit) not in places]


def _listing(named: Sequence[str]) -> str:
    more = len(named) - MOST_NAMED
    shown = "; ".join(named[:MOST_NAMED])
    return _("{visits}; and {more} more", visits=shown, more=more) if more > 0 else shown
