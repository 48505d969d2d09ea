"""worth(): what one thing more would bring, estimated by prices and verified by plans."""

import math
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from ektp_sched.desk.allowed import plan_in, require_allowed
from ektp_sched.desk.interventions import LongerHours, MoreBlanks, MoreKits, MoreTeamDay
from ektp_sched.desk.promises import committed_to, promised
from ektp_sched.desk.searching import budget_of, solve_within
from ektp_sched.desk.stand_ins import BorrowedTeamDay, works_as_another
from ektp_sched.domain import ExtraHours, Plan, Problem, School, Shift, Team, minute_of, weekday_of
from ektp_sched.domain.scalars import Value, clock_of
from ektp_sched.domain.showing import Column, Shown, Table
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.instance import Network, build_network
from ektp_sched.rulebook import Score, check, score_of
from ektp_sched.rulebook.calendar import horizon, openings
from ektp_sched.solve import Result
from ektp_sched.solve.prices import PriceBook, Stay, TeamDay, tier_of_pupils
from ektp_sched.solve.result import sum_of, total_of
from ektp_sched.texts import language
from ektp_sched.texts.language import _

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
    for relief in [relief for relief, _rank in best[:MOST_HOURS]]:
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


# Of the time: until when prices and then wishes must do. The rest goes to verifying.
PRICED, WISHED = 0.3, 0.4
CARDS, MINUTES = 100, 30
VERIFIED = 6
LEAST = 0.5  # pupils: less is not worth verifying
ROUNDING = 1e-4


class Gain(Value):
    """What one thing more would bring, in pupils recorded (each times its cohort's priority).

    Parameters
    ----------
    estimate
        By the prices at the margin, and no more than `at_most`; a large change mostly brings less.
    found
        How many more than the plan in hand does `plan` record, None where nobody looked.
    fewer_short
        How many pupils less `plan` is short of the floors.
    at_most
        No plan with this one thing more records more than the plan in hand by more than that; None
        where nothing is proven.
    """

    relief: MoreOfSomething
    estimate: float
    found: int | None = None
    fewer_short: int = 0
    at_most: int | None = None
    plan: Plan | None = None


class Worth(Shown):
    """The plan in hand and what one thing more would bring, by the gain found, then estimated.

    Parameters
    ----------
    plan
        The plan asked about, or a better one found on the way without anything more; it aims at
        pupils alone and leaves the later tiers as they come.
    pupils, improved
        What `plan` records (each pupil times its priority), and how many more than the one asked
        about.
    bound
        What no plan can pass without anything more, None where nothing is proven.
    prices_close
        Whether the prices were found nearly to the end; else estimates are rough.
    not_priced
        Kinds of which there was no time to look at everything, or at anything; `gains` lacks it.
    not_tried
        Kinds that promise something, and of which there was no time to plan with the best.
    """

    plan: Plan
    pupils: int
    improved: int
    bound: int | None
    prices_close: bool
    not_priced: tuple[WishKind, ...]
    not_tried: tuple[WishKind, ...]
    gains: tuple[Gain, ...]

    @property
    def unverified(self) -> tuple[Gain, ...]:
        """What stands as an estimate only."""
        return tuple(gain for gain in self.gains if gain.found is None)

    def _shown(self) -> Iterator[Table]:
        columns: tuple[Column, ...] = (
            (_("One thing more"), "text"),
            (_("estimate"), "count"),
            (_("found"), "count"),
            (_("at most"), "count"),
        )
        rows = [
            (
                ", ".join(map(str, gain.relief.model_dump(mode="json").values())),
                language.number(gain.estimate, ",.0f"),
                *("" if n is None else language.number(n) for n in (gain.found, gain.at_most)),
            )
            for gain in self.gains
        ]
        yield Table(columns, rows)


def worth(
    problem: Problem,
    plan: Plan | Result,
    *,
    time_limit: float = 60,
    verify: int = VERIFIED,
    cards: int = CARDS,
    minutes: int = MINUTES,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> Worth:
    """Find what one more team-day, `cards` blanks, a kit or `minutes` at a school would bring.

    Everything is priced by the dual prices of the plan's linear program. The best of each kind,
    and then the best of what is left, are planned with it to see. Visits that are confirmed, in the
    problem or in the plan, stay.

    Parameters
    ----------
    time_limit
        Seconds in all, shared among prices and verifications.
    verify
        How many gains to verify at most.
    seed, workers, deterministic, cancel
        As in solve().

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    RequestError
        The plan breaks rules, a result has none, or the policy counts no pupils.
    SettingsError
        A number is out of range.
    """
    known = plan_in(plan)
    tiers = problem.policy.tiers[: tier_of_pupils(problem) + 1]
    require_allowed(problem, known)
    budget = budget_of(
        time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
    )
    pupils_only = problem.policy.model_copy(update={"tiers": tiers})
    asked = committed_to(problem, promised(problem, known))
    inquiry = _Inquiry(asked.model_copy(update={"policy": pupils_only}), known, budget)
    return inquiry.run(verify, cards, minutes)


@dataclass(slots=True)
class _Inquiry:
    """One call of worth(): `plan` is the best one in hand so far without anything more."""

    problem: Problem
    plan: Plan
    budget: Budget
    book: PriceBook = field(init=False)
    not_priced: list[WishKind] = field(default_factory=list)

    def run(self, verify: int, cards: int, minutes: int) -> Worth:
        asked_about, limit = self._score(self.plan), self.budget.limit
        self.book = PriceBook(self.problem, self.plan, self.budget, limit * PRICED)
        wishes = sorted(self._wishes(cards, minutes, limit * WISHED), key=_best_first)
        chosen = _chosen(wishes, verify)
        base = self._planned(self.problem, len(chosen) + 1)
        found = {}
        for number, wish in enumerate(chosen):
            if self.budget.over:
                break
            changed = wish.relief.apply(self.problem)
            found[wish.relief] = self._planned(changed, len(chosen) - number)
        pupils = self._score(self.plan).students
        gains = [self._gain(wish, found.get(wish.relief)) for wish in wishes]
        return Worth(
            plan=self.plan,
            pupils=pupils,
            improved=pupils - asked_about.students,
            bound=self._bound(base, 0.0),
            prices_close=self.book.margin.is_close,
            not_priced=tuple(self.not_priced),
            not_tried=_not_tried(chosen, found),
            gains=tuple(sorted(gains, key=_most_first, reverse=True)),
        )

    def _wishes(self, cards: int, minutes: int, until: float) -> Iterator[Wish]:
        book = self.book
        kinds: dict[WishKind, Wishes] = {
            "blanks": blank_wishes(book, cards),
            "kits": kit_wishes(book, until=until),
            "team_days": team_day_wishes(book, until=until),
            "hours": hour_wishes(book, minutes, until=until),
        }
        for kind, wishes in kinds.items():
            if not (yield from wishes):
                self.not_priced.append(kind)

    def _planned(self, problem: Problem, sharers: int) -> Result | None:
        """Plan from the plan in hand, in one share of the time left."""
        if self.budget.over:
            return None
        share = self.budget.remaining / sharers
        result = solve_within(self.budget, problem, share, start=self.plan)
        self.budget.charge(share)
        if result.plan is not None and self._is_better(result.plan):
            self.plan = result.plan
        return result

    def _is_better(self, plan: Plan) -> bool:
        """Whether a plan is allowed without anything more, and better than the one in hand."""
        teams = {team.id for team in self.problem.teams}
        if any(visit.team not in teams for visit in plan.visits):
            return False
        better = self._rank(self._score(plan)) > self._rank(self._score(self.plan))
        return better and check(self.problem, plan).ok

    def _gain(self, wish: Wish, result: Result | None) -> Gain:
        at_most = self._at_most(result, wish.estimate)
        estimate = wish.estimate if at_most is None else min(wish.estimate, float(at_most))
        gain = Gain(relief=wish.relief, estimate=estimate, at_most=at_most)
        if result is None or result.plan is None:
            return gain
        new = score_of(wish.relief.apply(self.problem), result.plan)
        old = self._score(self.plan)
        if self._rank(new) <= self._rank(old):
            return gain.model_copy(update={"found": 0, "plan": self.plan})
        return gain.model_copy(
            update={
                "found": new.students - old.students,
                "fewer_short": old.shortfall - new.shortfall,
                "plan": result.plan,
            }
        )

    def _rank(self, score: Score) -> tuple[int, ...]:
        return tuple(sum_of(tier, score) for tier in self.problem.policy.tiers)

    def _at_most(self, result: Result | None, estimate: float) -> int | None:
        bound = self._bound(result, estimate)
        return None if bound is None else bound - self._score(self.plan).students

    def _bound(self, result: Result | None, estimate: float) -> int | None:
        """What no plan can pass in pupils, by the prices and by a solve."""
        if len(self.problem.policy.tiers[-1]) > 1:
            return None  # a bound on a sum of several terms says little of one
        bounds = [math.floor(self.book.bound + estimate + ROUNDING)]
        if result is not None and result.tiers and self._asks_no_more(result):
            bounds += [bound for bound in (result.tiers[-1].bound,) if bound is not None]
        return min(bounds)

    def _asks_no_more(self, result: Result) -> bool:
        """Whether a solve's bound on pupils holds beside what the plan in hand has in tiers before.

        It holds for plans that are as good there as the solve's own plan.
        """
        tiers, mine = self.problem.policy.tiers, self._rank(self._score(self.plan))
        kept = [total_of(tier, one.value) for tier, one in zip(tiers, result.tiers, strict=True)]
        return all(least <= value for least, value in zip(kept[:-1], mine, strict=False))

    def _score(self, plan: Plan) -> Score:
        return score_of(self.problem, plan)


def _chosen(wishes: Sequence[Wish], most: int) -> list[Wish]:
    """The best of each kind, then the best of the others, as far as they promise anything."""
    promising = [wish for wish in wishes if wish.estimate >= LEAST]
    first: dict[str, Wish] = {}
    for wish in promising:
        first.setdefault(wish.relief.kind, wish)
    others = [wish for wish in promising if wish not in first.values()]
    return [*first.values(), *others][:most]


def _not_tried(chosen: Sequence[Wish], tried: Collection[object]) -> tuple[WishKind, ...]:
    """The kinds of what was to be tried of which nothing was."""
    done = {wish.kind for wish in chosen if wish.relief in tried}
    return tuple(dict.fromkeys(wish.kind for wish in chosen if wish.kind not in done))


def _best_first(wish: Wish) -> tuple[float, bool, str]:
    """The team itself before another one like it."""
    return (-round(wish.estimate, 1), wish.relief.kind != "more_team_day", str(wish.relief))


def _most_first(gain: Gain) -> tuple[float, float]:
    """Verified gains before estimates; to be sorted in reverse."""
    return (-math.inf if gain.found is None else gain.found, gain.estimate)
