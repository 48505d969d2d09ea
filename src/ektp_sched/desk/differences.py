"""What differs between two plans, by school and by team, in sentences."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Literal

from ektp_sched.desk.promises import in_order, place_of
from ektp_sched.desk.revise import refusal
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.domain.scalars import Text, Value
from ektp_sched.domain.words import Names, amount, names_of, short_day
from ektp_sched.texts.language import _

_Concerns = Callable[[Visit], bool]


class Changed(Value):
    """A visit as it was and as it is."""

    before: Visit
    after: Visit


class PlanDiff(Value):
    """The way from one plan to another, each list in order of dates.

    `kept` are the visits that are in both with the same school, team, times and pupils, as they
    stand in the new plan. `resized` have the same school, team, date and times, but other pupils.
    `moved` are visits of a school in the place of others. Contingent visits are left aside.
    """

    kept: tuple[Visit, ...] = ()
    moved: tuple[Changed, ...] = ()
    resized: tuple[Changed, ...] = ()
    cancelled: tuple[Visit, ...] = ()
    added: tuple[Visit, ...] = ()

    @property
    def changes(self) -> int:
        """Visits of the old plan that are not in the new one as they were (T8)."""
        return len(self.moved) + len(self.resized) + len(self.cancelled)

    def apply(self, plan: Plan) -> Plan:
        """The new plan, made from the old one.

        Raises
        ------
        RequestError
            The plan is not the old one.
        """
        old = {place_of(v): v for v in plan.firm}
        changed = (*self.moved, *self.resized)
        for visit in (*self.kept, *self.cancelled, *(pair.before for pair in changed)):
            there = old.pop(place_of(visit), None)
            if there is None or there.students != visit.students:
                what = _(
                    "it has no visit such as {school} on {date} by {team}",
                    school=visit.school,
                    date=visit.date,
                    team=visit.team,
                )
                raise refusal(
                    "plan", what, _("Give the plan that the differences were taken from.")
                )
        new = (*old.values(), *self.kept, *self.added, *(pair.after for pair in changed))
        return Plan(visits=tuple(sorted(new, key=in_order)))

    def of_school(self, school: str) -> "PlanDiff":
        """What changes for one school."""
        return self._where(lambda visit: visit.school == school)

    def of_team(self, *teams: str) -> "PlanDiff":
        """What changes for a team, given with those who stand in for it."""
        return self._where(lambda visit: visit.team in teams)

    def sentences(self, problem: Problem, *, by_date: bool = False) -> list[str]:
        """A line for each difference, by school (or date), with names of schools and teams."""
        say = _Words(names_of(problem))
        lines = [
            *((pair.before, say.moved(pair)) for pair in self.moved),
            *((pair.before, say.resized(pair)) for pair in self.resized),
            *((visit, say.cancelled(visit)) for visit in self.cancelled),
            *((visit, say.added(visit)) for visit in self.added),
        ]
        lines.sort(key=lambda line: in_order(line[0]))
        if not by_date:
            lines.sort(key=lambda line: say.schools[line[0].school])
        return [line for _visit, line in lines]

    def counted(self) -> str:
        """How many visits are as they were, and how many are not, as a sentence."""
        return _(
            "Visits: {kept} stay as they were, {moved} moved, {resized} with other pupils, "
            "{cancelled} cancelled, {added} new.",
            kept=len(self.kept),
            moved=len(self.moved),
            resized=len(self.resized),
            cancelled=len(self.cancelled),
            added=len(self.added),
        )

    def _where(self, concerns: _Concerns) -> "PlanDiff":
        def pairs(some: Iterable[Changed]) -> tuple[Changed, ...]:
            return tuple(p for p in some if concerns(p.before) or concerns(p.after))

        return PlanDiff(
            kept=tuple(filter(concerns, self.kept)),
            moved=pairs(self.moved),
            resized=pairs(self.resized),
            cancelled=tuple(filter(concerns, self.cancelled)),
            added=tuple(filter(concerns, self.added)),
        )


def diff_plans(old: Plan, new: Plan) -> PlanDiff:
    """What differs between two plans of one problem."""
    before = {place_of(visit): visit for visit in old.firm}
    after = {place_of(visit): visit for visit in new.firm}
    both = [(before.pop(place), after.pop(place)) for place in [*before] if place in after]
    moved, cancelled, added = _paired(before.values(), after.values())
    return PlanDiff(
        kept=_ordered(now for was, now in both if was.students == now.students),
        moved=_by_date(moved),
        resized=_by_date(
            Changed(before=was, after=now) for was, now in both if was.students != now.students
        ),
        cancelled=_ordered(cancelled),
        added=_ordered(added),
    )


def _paired(
    before: Iterable[Visit], after: Iterable[Visit]
) -> tuple[list[Changed], list[Visit], list[Visit]]:
    """Visits of a school that stand for one another, and those without a partner.

    Those of the same date belong together first, then those of the same team, then the earliest.
    """
    gone, new = _by_school(before), _by_school(after)
    moved: list[Changed] = []
    for school in sorted(gone.keys() & new.keys()):
        olds, news = gone[school], new[school]
        for alike in (
            lambda a, b: a.date == b.date,
            lambda a, b: a.team == b.team,
            lambda a, b: True,  # noqa: ARG005 - whatever is left
        ):
            for was in list(olds):
                now = next((visit for visit in news if alike(was, visit)), None)
                if now is not None:
                    olds.remove(was)
                    news.remove(now)
                    moved.append(Changed(before=was, after=now))
    return moved, [v for olds in gone.values() for v in olds], [v for n in new.values() for v in n]


def _by_school(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in sorted(visits, key=in_order):
        groups[visit.school].append(visit)
    return groups


def _ordered(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(visits, key=in_order))


def _by_date(pairs: Iterable[Changed]) -> tuple[Changed, ...]:
    return tuple(sorted(pairs, key=lambda pair: in_order(pair.before)))


class _Words:
    """Differences as a planner would say them on the telephone."""

    def __init__(self, names: Names) -> None:
        self.schools, self.teams = names

    def moved(self, pair: Changed) -> str:
        before, after = pair.before, pair.after
        if (before.date, before.start, before.team) == (after.date, after.start, after.team):
            until = _("until {new} instead of {old}", new=after.end, old=before.end)
            return f"{self._stays(after)}, {until}, {_pupils(pair)}"
        school = self.schools[before.school]
        return _(
            "{school}: moved from {old} to {new}, {pupils}",
            school=school,
            old=self._when(before),
            new=self._when(after),
            pupils=_pupils(pair),
        )

    def resized(self, pair: Changed) -> str:
        return f"{self._stays(pair.after)}, {_pupils(pair)}"

    def cancelled(self, visit: Visit) -> str:
        school, pupils = self.schools[visit.school], amount(visit.recorded, "pupils")
        return _(
            "{school}: no longer on {when}, {pupils}",
            school=school,
            when=self._when(visit),
            pupils=pupils,
        )

    def added(self, visit: Visit) -> str:
        school, pupils = self.schools[visit.school], amount(visit.recorded, "pupils")
        return _(
            "{school}: new on {when}, {pupils}",
            school=school,
            when=self._when(visit),
            pupils=pupils,
        )

    def _stays(self, visit: Visit) -> str:
        return _(
            "{school}: stays on {when}", school=self.schools[visit.school], when=self._when(visit)
        )

    def _when(self, visit: Visit) -> str:
        return f"{short_day(visit.date)} {visit.start:%H:%M} ({self.teams[visit.team]})"


def _pupils(pair: Changed) -> str:
    before, after = pair.before, pair.after
    if before.recorded != after.recorded:
        return _(
            "{new} instead of {old}", new=after.recorded, old=amount(before.recorded, "pupils")
        )
    pupils = amount(after.recorded, "pupils")
    if before.students == after.students:
        return pupils
    return _("{pupils} (of other cohorts)", pupils=pupils)


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
