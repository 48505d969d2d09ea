"""What one plan changes for the schools of another."""

from collections.abc import Iterable
from typing import Literal

from ektp_sched.desk.promises import in_order, place_of
from ektp_sched.domain import Plan, Visit
from ektp_sched.domain.scalars import Text, Value

Kind = Literal["falls", "moves", "shrinks", "regroups", "grows", "new"]


class Effect(Value):
    """What happens to visits of a school: those that it had, and those that it has instead.

    "falls": nothing comes instead; "moves": another date, time or team; "shrinks", "regroups" and
    "grows": the same visit with fewer, as many other, or more pupils; "new": a visit more.
    """

    school: Text
    kind: Kind
    before: tuple[Visit, ...]
    after: tuple[Visit, ...]

    @property
    def pupils(self) -> int:
        """Pupils recorded more by these visits; fewer where negative."""
        return recorded(self.after) - recorded(self.before)


def recorded(visits: Iterable[Visit]) -> int:
    """Pupils that visits record."""
    return sum(visit.recorded for visit in visits)


def effects(before: Plan, after: Plan) -> tuple[Effect, ...]:
    """What a plan changes for each school, the greatest losses first.

    Contingent visits are left aside.
    """
    names = {visit.school for visit in (*before.visits, *after.visits)}
    found = [effect for name in sorted(names) for effect in _at(name, before, after)]
    return tuple(sorted(found, key=lambda effect: effect.pupils))


def _at(school: str, before: Plan, after: Plan) -> list[Effect]:
    old, new = ({place_of(v): v for v in _firm(plan, school)} for plan in (before, after))
    found = [
        _effect(school, (old[place],), (new[place],))
        for place in old
        if place in new and old[place].students != new[place].students
    ]
    gone = tuple(sorted((old[place] for place in old.keys() - new.keys()), key=in_order))
    come = tuple(sorted((new[place] for place in new.keys() - old.keys()), key=in_order))
    if gone or come:
        found.append(_effect(school, gone, come))
    return found


def _firm(plan: Plan, school: str) -> list[Visit]:
    return [visit for visit in plan.firm if visit.school == school]


def _effect(school: str, before: tuple[Visit, ...], after: tuple[Visit, ...]) -> Effect:
    more = recorded(after) - recorded(before)
    kind: Kind
    if not after:
        kind = "falls"
    elif not before:
        kind = "new"
    elif list(map(place_of, before)) != list(map(place_of, after)):
        kind = "moves"
    else:
        kind = "regroups" if more == 0 else "grows" if more > 0 else "shrinks"
    return Effect(school=school, kind=kind, before=before, after=after)
