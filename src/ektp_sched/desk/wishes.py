"""What an office could wish for, each with what it is worth by the dual prices.

`until` is the budget used (see Budget.used) at which to stop looking. What generates wishes returns
in the end whether there was time for all of its kind.
"""

from collections.abc import Generator, Iterator
from datetime import date
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from ektp_sched.desk.borrowed import BorrowedTeamDay
from ektp_sched.desk.reliefs import LongerHours, MoreBlanks, MoreKits, MoreTeamDay
from ektp_sched.desk.stand_ins import works_as_another
from ektp_sched.domain import ExtraHours, Problem, School, Shift, Team, minute_of, weekday_of
from ektp_sched.domain.scalars import clock_of
from ektp_sched.network import Network, build_network
from ektp_sched.rulebook.calendar import horizon, openings
from ektp_sched.solve.price_book import PriceBook, Stay, TeamDay

LAST_MINUTE = 24 * 60 - 1
SAME = 1e-3  # prices that differ by no more, relatively, are the same
MOST_HOURS = 12  # longer hours that are priced one by one

WishKind = Literal["team_days", "blanks", "kits", "hours"]
Wishes = Generator["Wish", None, bool]

KIND_OF: dict[str, WishKind] = {
    "more_team_day": "team_days",
    "borrowed_team_day": "team_days",
    "more_blanks": "blanks",
    "more_kits": "kits",
    "longer_hours": "hours",
}

MoreOfSomething = Annotated[
    MoreTeamDay | BorrowedTeamDay | MoreBlanks | MoreKits | LongerHours, Field(discriminator="kind")
]


class Wish(NamedTuple):
    """One thing more, and the pupils that it is worth at the margin."""

    relief: MoreTeamDay | BorrowedTeamDay | MoreBlanks | MoreKits | LongerHours
    estimate: float

    @property
    def kind(self) -> WishKind:
        """What sort of thing it is."""
        return KIND_OF[self.relief.kind]


def team_day_wishes(book: PriceBook, *, until: float) -> Wishes:
    """One more team-day for each team and date that is no holiday.

    Where the team is out already, another one like it; else the team itself, at its hours of that
    weekday or, where it has none, at its longest.
    """
    problem, network = book.problem, book.network
    found: dict[TeamDay, MoreTeamDay | BorrowedTeamDay] = {}
    wider = problem
    for k, team in enumerate(problem.teams):
        for d in range(network.days):
            day = network.day_of(d)
            if (k, d) in network.team_day_at:
                found[k, d] = BorrowedTeamDay(team=team.id, date=day)
            elif works_as_another(problem, team, day) or day in problem.holidays:
                continue
            elif shift := _shift_for(team, day):
                more = MoreTeamDay(team=team.id, date=day, start=shift.start, end=shift.end)
                found[k, d], wider = more, more.apply(wider)
    with_all = build_network(wider)
    for team_day, relief in found.items():
        if book.budget.past(until):
            return False
        yield Wish(relief, book.team_day(with_all, team_day))
    return True


def blank_wishes(book: PriceBook, cards: int) -> Wishes:
    """So many blanks more, for each date that is the last one at which they are worth as much."""
    worth = [book.blanks_from(d) for d in range(book.network.days)]
    if book.network.cards == "reserve":
        for d, (here, after) in enumerate(zip(worth, [*worth[1:], 0.0], strict=True)):
            last = d == len(worth) - 1
            if last or here - after > SAME * here:
                yield Wish(MoreBlanks(date=book.network.day_of(d), cards=cards), cards * here)
    return True


def kit_wishes(book: PriceBook, *, until: float) -> Wishes:
    """One more kit for each team."""
    for k, team in enumerate(book.problem.teams):
        if book.budget.past(until):
            return False
        relief = MoreKits(team=team.id)
        changed = build_network(relief.apply(book.problem))
        days = [one for one in changed.team_day_at if one[0] == k]
        yield Wish(relief, book.other_days(changed, days))
    return True


def hour_wishes(book: PriceBook, minutes: int, *, until: float) -> Wishes:
    """A school open so much longer on one date, before it opens or after it closes.

    All schools together first, by date, so that only stays that the best tours would lengthen are
    priced by themselves; best dates first, as long as the time allows.
    """
    problem, network = book.problem, book.network
    longer = build_network(_all_longer(problem, minutes))
    ranked: dict[LongerHours, tuple[float, list[TeamDay]]] = {}
    for team_day in network.team_day_at:
        if book.budget.past(until):
            return False
        worth, stays = book.better_day(longer, team_day)
        for relief in _lengthened(problem, network, team_day[1], stays, minutes):
            before, days = ranked.get(relief, (0.0, []))
            ranked[relief] = before + worth, [*days, team_day]
    best = sorted(ranked.items(), key=lambda item: -item[1][0])
    for relief, _ in best[:MOST_HOURS]:
        if book.budget.past(until):
            return False
        changed = build_network(relief.apply(problem))
        day = (relief.date - problem.start).days
        days = [one for one in changed.team_day_at if one[1] == day]
        yield Wish(relief, book.other_days(changed, days))
    return True


def _shift_for(team: Team, day: date) -> Shift | None:
    usual = next((shift for shift in team.shifts if weekday_of(day) in shift.days), None)
    return usual or max(team.shifts, key=_length, default=None)


def _length(shift: Shift) -> int:
    return minute_of(shift.end) - minute_of(shift.start)


def _all_longer(problem: Problem, minutes: int) -> Problem:
    dates = horizon(problem)

    def longer(school: School) -> School:
        more = tuple(
            ExtraHours.model_validate(relief.model_dump(exclude={"kind", "school"}))
            for day in dates
            for relief in _both_ends(school, day, minutes)
        )
        return school.model_copy(update={"extra_hours": (*school.extra_hours, *more)})

    return problem.model_copy(update={"schools": tuple(map(longer, problem.schools))})


def _both_ends(school: School, day: date, minutes: int) -> Iterator[LongerHours]:
    """Before the first opening of a date and after the last, with the lessons of that opening."""
    stated = openings(school, day)
    if not stated:
        return
    first, last = min(stated), max(stated, key=lambda one: one.end)
    spans = (
        (max(0, first.start - minutes), first.start, first.lesson_percent),
        (last.end, min(LAST_MINUTE, last.end + minutes), last.lesson_percent),
    )
    for start, end, percent in spans:
        if start < end:
            yield LongerHours(
                school=school.id,
                date=day,
                start=clock_of(start),
                end=clock_of(end),
                lesson_percent=percent,
            )


def _lengthened(
    problem: Problem, network: Network, day: int, stays: list[Stay], minutes: int
) -> set[LongerHours]:
    """The ends of schools' hours that some stays reach over."""
    found = set()
    for stay in stays:
        for relief in _both_ends(problem.schools[stay.school], network.day_of(day), minutes):
            if stay.start < minute_of(relief.end) and minute_of(relief.start) < stay.end:
                found.add(relief)
    return found
