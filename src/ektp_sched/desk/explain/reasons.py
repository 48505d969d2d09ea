"""Why a school is not served, or not fully: from what it can have alone to what the plan leaves.

Each step compares what the school can have beside more and more visits of others. Where it can
have less than a step before, the limits of the rule book are lifted one by one; where that shows
nothing, together, as few as do.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from ektp_sched.desk.explain.case import Case
from ektp_sched.desk.explain.limits import LIMITS, OF_PLANS, USED_UP, Limit
from ektp_sched.desk.explain.subproblem import Served, timeless
from ektp_sched.desk.explain.values import Beside, Code, Details, Reason, Tag
from ektp_sched.desk.promises import place_of
from ektp_sched.domain import Visit
from ektp_sched.domain.words import amount, day_in_words
from ektp_sched.rulebook import obstacle
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.reach import working_shift
from ektp_sched.texts.language import N_, _

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
        if count and since and (since > case.problem.end or (last is not None and since > last)):
            values = {
                "pupils": amount(count, "pupils"),
                "cohort": cohort.name,
                "birthday": day_in_words(since),
            }
            if last is not None and since <= case.problem.end:
                sentence = _(
                    "{pupils} of {cohort} cannot be recorded yet: they turn 16 on {birthday}, "
                    "after the last date on which it is open and a team works, {last}.",
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
    yield from _limits(case, "nothing", [limit for limit in LIMITS if limit.code != "time"])


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
        could=case.alone.recorded,
    )


def competition(case: Case) -> Iterator[Reason]:
    """What the plan's other visits take: time, blanks, or both; and limits that they tighten."""
    if case.beside_promises.recorded <= _top(case.beside_plan):
        return
    yield from _limits(case, "plan", [limit for limit in LIMITS if limit.code in OF_PLANS])


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
            could=case.beside_plan.recorded,
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


@dataclass(frozen=True, slots=True)
class _Lifting:
    """What the school could have without some limits, each set of them solved for once."""

    case: Case
    beside: Beside
    known: dict[frozenset[Code], Served] = field(default_factory=dict)

    @property
    def top(self) -> int:
        """The most with all limits, or what was found where nothing is proven."""
        return _top(self.case.served(self.beside))

    @property
    def over(self) -> bool:
        """Whether there is no time for more."""
        return self.case.serving.budget.over

    def without(self, limits: Collection[Limit]) -> Served:
        """What the school gets in the best plan found without these limits."""
        codes = frozenset(limit.code for limit in limits)
        if codes not in self.known:
            self.known[codes] = self._solved(limits)
        return self.known[codes]

    def helps(self, limits: Collection[Limit]) -> bool:
        """Whether a plan was found without these limits that gives the school more."""
        return self.without(limits).recorded > self.top

    def proves_less(self, limits: Collection[Limit], than: int) -> bool:
        """Whether it is proven that the school gets less than so many without these limits."""
        most = self.without(limits).most
        return most is not None and most < than

    def _solved(self, limits: Collection[Limit]) -> Served:
        case = self.case
        problem, kept = case.problem, case.kept(self.beside)
        for limit in limits:
            problem = limit.lift(problem, case.school.id)
            if limit.code == "time":
                kept = timeless(kept, case.school.id)
        if problem == case.problem and kept == case.kept(self.beside):
            return case.served(self.beside)  # they limit nothing
        return case.serving.best(problem, problem.school(case.school.id), kept)


def _limits(case: Case, beside: Beside, limits: Sequence[Limit]) -> Iterator[Reason]:
    """The limits without one of which the school could have more; else the fewest together."""
    lifting, found = _Lifting(case, beside), False
    for limit in limits:
        if lifting.over:
            return
        if lifting.helps([limit]):
            found = True
            yield _of_limit(lifting, limit, [limit])
    both = [limit for limit in limits if limit.code in USED_UP]
    if len(both) == len(USED_UP) and not lifting.over:
        singly = max(lifting.without([limit]).recorded for limit in both)
        if lifting.without(both).recorded > max(singly, lifting.top):
            found = True
            yield from (_of_limit(lifting, limit, both) for limit in both)
    if not found:
        yield from _together(lifting, limits)


def _of_limit(lifting: _Lifting, limit: Limit, lifted: Sequence[Limit]) -> Reason:
    """A limit as the reason, with what could be recorded without it, and others lifted with it."""
    told, details = limit.told(lifting.case, lifting.beside)
    could = lifting.without(lifted).recorded
    instead = limit.instead if len(lifted) == 1 else WITH_BOTH
    outcome = _(instead, pupils=amount(could, "pupils"))
    return Reason(
        code=limit.code,
        tag=_tag_of(lifting, lifted),
        beside=lifting.beside,
        pupils=could - lifting.top,
        sentence=f"{told}. {outcome}.",
        details=details,
        limits=tuple(one.code for one in lifted),
        could=could,
    )


def _together(lifting: _Lifting, limits: Sequence[Limit]) -> Iterator[Reason]:
    """The fewest limits that help together where none does alone; or that all of them do not."""
    group = list(limits)
    if lifting.over:
        return
    if not lifting.helps(group):
        if lifting.beside == "nothing" and lifting.proves_less(group, lifting.top + 1):
            yield _too_many(lifting.case)
        return
    for limit in reversed(limits):  # what is said most simply stays, if it may
        fewer = [one for one in group if one is not limit]
        if lifting.helps(fewer):
            group = fewer
        if lifting.over:
            return
    could = lifting.without(group).recorded
    told = "; ".join(_as_clause(limit.told(lifting.case, lifting.beside)[0]) for limit in group)
    yield Reason(
        code="several",
        tag=_tag_of(lifting, group),
        beside=lifting.beside,
        pupils=could - lifting.top,
        sentence=_(
            "Several limits come together, and lifting any one of them would not help: {limits}. "
            "Without all of these, {pupils} could be recorded.",
            limits=told,
            pupils=amount(could, "pupils"),
        ),
        details={"limits": tuple(limit.code for limit in group)},
        limits=tuple(limit.code for limit in group),
        could=could,
    )


def _too_many(case: Case) -> Reason:
    return Reason(
        code="too_many",
        tag=_tag(case, "nothing"),
        beside="nothing",
        pupils=_lost(case, "nothing") - _waiting(case),
        sentence=_(
            "It has more pupils than the teams can record with their kits, whatever its hours, its "
            "visits, their shifts and the blanks."
        ),
        details={},
    )


def _tag_of(lifting: _Lifting, lifted: Sequence[Limit]) -> Tag:
    """Proven where the level is, and none of the limits lifted can be done without."""
    could = lifting.without(lifted).recorded
    fewer = [[one for one in lifted if one is not limit] for limit in lifted]
    singles = [[limit] for limit in lifted]
    needed = len(lifted) == 1 or all(
        lifting.proves_less(some, could) for some in (*fewer, *singles)
    )
    return _tag(lifting.case, lifting.beside) if needed else "likely"


def _as_clause(sentence: str) -> str:
    """A sentence inside another one."""
    return f"{sentence[:1].lower()}{sentence[1:]}"


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
