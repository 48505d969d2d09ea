"""R8 visits and R13 commitments: how often a school is visited, and what was promised."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from itertools import pairwise

from ektp_sched.domain import Visit
from ektp_sched.language import _, all_of
from ektp_sched.rulebook.facts import Breach, Facts, Stay
from ektp_sched.rulebook.words import amount, status_in_words


def r8_visits(facts: Facts) -> Iterator[Breach]:
    """R8: how many visits of a school, how far apart, and how many on one date.

    "At most max_visits per school, on dates at least min_gap_days + 1 apart unless on the same
    date; at most max_teams_per_day visits of a school on one date; a team visits a school at most
    once a day."
    """
    for stays in facts.by_school.values():
        school = stays[0].school
        yield from _beyond(facts, stays, school.max_visits, _("visits of the school"))
        yield from _too_close(facts, stays)
        for same_day in _groups(stays, lambda stay: stay.visit.date):
            date = same_day[0].visit.date
            on = _("visits of the school on {date}", date=date)
            yield from _beyond(facts, same_day, school.max_teams_per_day, on)
            for same_team in _groups(same_day, lambda stay: stay.team.id):
                team = facts.index.team_names[same_team[0].team.id]
                by = _("visits of the school on {date} by {team}", date=date, team=team)
                yield from _beyond(facts, same_team, 1, by)


def _groups(stays: list[Stay], key: Callable[[Stay], Hashable]) -> list[list[Stay]]:
    groups: dict[Hashable, list[Stay]] = defaultdict(list)
    for stay in stays:
        groups[key(stay)].append(stay)
    return list(groups.values())


def _beyond(facts: Facts, stays: list[Stay], most: int, noun: str) -> Iterator[Breach]:
    """The visits beyond `most`, as far as they are not done."""
    live = [stay for stay in stays if not stay.done]
    by = min(len(live), len(stays) - most)
    if by > 0:
        what = _(
            "{visits}: {count}, where at most {most} may be",
            visits=noun,
            count=len(stays),
            most=most,
        )
        yield facts.at_school(live[-by:], by, "visits", what)


def _too_close(facts: Facts, stays: list[Stay]) -> Iterator[Breach]:
    apart = stays[0].school.min_gap_days + 1
    for earlier, later in pairwise(_groups(stays, lambda stay: stay.visit.date)):
        pair = earlier + later
        first, second = earlier[0].visit.date, later[0].visit.date
        by = apart - (second - first).days
        if by > 0 and not all(stay.done for stay in pair):
            what = _(
                "the visits on {first} and {second} are {days} too close (at least {apart} apart)",
                first=first,
                second=second,
                days=amount(by, "days"),
                apart=apart,
            )
            yield facts.at_school(pair, by, "days", what)


def r13_commitments(facts: Facts) -> Iterator[Breach]:
    """R13: each confirmed or done visit of the problem is in the plan unchanged.

    And history is the problem's to state: the plan has no done visit that the problem has not.
    """
    visits = facts.plan.visits
    unmatched = Counter(map(_identity, visits))
    likest: dict[Hashable, list[int]] = defaultdict(list)
    for number, visit in enumerate(visits):
        likest[_occasion(visit)].append(number)
    for promise in facts.problem.commitments:
        if promise.status in {"confirmed", "done"}:
            if unmatched[_identity(promise)]:
                unmatched[_identity(promise)] -= 1
            else:
                yield _broken_promise(facts, promise, likest[_occasion(promise)])
    for number, visit in enumerate(visits):
        if visit.status == "done" and unmatched[_identity(visit)]:
            unmatched[_identity(visit)] -= 1
            what = _("marked done, but the problem's commitments have no such visit")
            yield Breach(visit.date, facts.index.where(visit), 1, "visits", what, (number,))


def _identity(visit: Visit) -> Hashable:
    return (
        visit.school,
        visit.team,
        visit.date,
        visit.start,
        visit.end,
        frozenset(visit.students.items()),
        visit.status,
    )


def _occasion(visit: Visit) -> Hashable:
    return visit.school, visit.team, visit.date


def _broken_promise(facts: Facts, promise: Visit, likest: list[int]) -> Breach:
    status = status_in_words(promise)
    if likest:
        changes = all_of(_differences(promise, facts.plan.visits[likest[0]]))
        what = _(
            "the {status} visit is in the plan with another {changes}",
            status=status,
            changes=changes,
        )
    else:
        what = _("the {status} visit is not in the plan", status=status)
    where = facts.index.where(promise)
    return Breach(promise.date, where, 1, "visits", what, tuple(likest[:1]))


def _differences(promise: Visit, visit: Visit) -> Iterator[str]:
    nouns = {
        "start": _("start"),
        "end": _("end"),
        "students": _("set of pupils"),
        "status": _("status"),
    }
    for field, noun in nouns.items():
        if getattr(promise, field) != getattr(visit, field):
            yield noun
