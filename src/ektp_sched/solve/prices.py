"""prices(): what a little more of anything scarce would be worth, in pupils."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.scalars import Value
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.columns.marginal import Marginal, price_margin
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import Network, build_network, index_visits, plan_of
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.engine.search.state import STUDENTS
from ektp_sched.engine.tours.day import DayArrays, day_arrays
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.rulebook import check
from ektp_sched.solve.settings import Settings, available_cores, budgeted
from ektp_sched.solve.warm_up import compile_engine
from ektp_sched.texts.language import _

TeamDay = tuple[int, int]  # team and day, by their indices


class Stay(NamedTuple):
    """A stay of a tour: school (index), start and end in minutes after midnight."""

    school: int
    start: int
    end: int


@dataclass(slots=True)
class PriceBook:
    """The dual prices of the tier that counts pupils, for a problem as it is.

    Parameters
    ----------
    plan
        Breaks no rule. The tiers before the one of pupils are kept as it leaves them, and prices
        begin with its tours.
    until
        Budget used (see Budget.used) at which prices must do.
    """

    problem: Problem
    plan: Plan
    budget: Budget
    until: float
    network: Network = field(init=False)
    margin: Marginal = field(init=False)
    unit: int = field(init=False)  # what a pupil of priority 1 adds to the tier
    bound: float = field(init=False)  # on the tier, in pupils, history included

    def __post_init__(self) -> None:
        tiers = self.problem.policy.tiers
        number = tier_of_pupils(self.problem)
        with self.budget.pause():
            compile_engine()
        self.network = build_network(self.problem)
        engine = Engine(self.network, tiers, self.budget, 0.0, lambda *_: None)
        firm = (v for v in self.plan.visits if v.status not in {"done", "contingent"})
        visits = index_visits(self.problem, firm, self.network.team_day_at)
        weights = engine.demand.tier_weights[number]
        self.unit = int(weights[STUDENTS])
        generator = engine.generator_for(number, visits)
        self.margin = price_margin(generator, weights, until=self.until)
        known = float(engine.fixed[number] + engine.history[number])
        self.bound = (self.margin.bound + known) / self.unit

    def team_day(self, wider: Network, team_day: TeamDay) -> float:
        """What one team-day more is worth, as it is in a network of at least these team-days."""
        unpromised = replace(wider, confirmed=())
        day = day_arrays(unpromised, wider.team_day_at[team_day])
        return self.margin.gain(day, team_day[1]).most / self.unit if len(day.schools) else 0.0

    def blanks_from(self, day: int) -> float:
        """What one blank more, delivered on a day (by its index), is worth."""
        return self.margin.blanks_from(day) / self.unit

    def other_days(self, changed: Network, team_days: Collection[TeamDay]) -> float:
        """What these team-days are worth as another network has them, beyond what they are."""
        gained = (self._change(changed, one)[0] for one in team_days)
        return sum(gained) / self.unit

    def better_day(self, changed: Network, team_day: TeamDay) -> tuple[float, list[Stay]]:
        """What a team-day is worth more in another network, and stays of its best tours there."""
        gained, day, tours = self._change(changed, team_day)
        stays = [
            Stay(int(day.schools[i]), first * day.step, last * day.step)
            for tour in tours
            for i, first, last in tour.tolist()
        ]
        return gained / self.unit, stays

    def _change(
        self, changed: Network, team_day: TeamDay
    ) -> tuple[float, DayArrays, list[IntArray]]:
        """What a team-day gains more in another network, and its tours there if it does."""
        day = day_arrays(changed, changed.team_day_at[team_day])
        number = self.margin.relaxation.class_of.get(self.network.team_day_at[team_day])
        before = 0.0 if number is None else self.margin.gains[number]
        if not len(day.schools):
            return 0.0, day, []
        gain = self.margin.gain(day, team_day[1], above=before)
        return gain.most - before, day, gain.tours


def tier_of_pupils(problem: Problem) -> int:
    """The tier that counts pupils (T1).

    Raises
    ------
    RequestError
        None does.
    """
    for number, tier in enumerate(problem.policy.tiers):
        if any(item.term == "students" for item in tier):
            return number
    what = _("no tier of the policy counts the pupils recorded")
    remedy = _('Add the term "students" to a tier: prices are told in pupils.')
    raise RequestError([Complaint("policy.tiers", what, remedy)])


class TeamDayPrice(Value):
    """What one more team-day like this one is worth: the same team's, as if there were two."""

    team: str
    date: date
    pupils: float


class BlankPrice(Value):
    """What one more blank card is worth if it is there by a date."""

    date: date
    pupils: float


class SchoolPrice(Value):
    """What is scarce at a school: one pupil more who is due there, room for one, one visit more.

    `room` is that of the school's best dates.
    """

    school: str
    pupil: float
    room: float
    visit: float


class Prices(Value):
    """The dual prices of the tier that counts pupils.

    They hold at the margin. `bound` is one on the tier in pupils (in what counts as much as one of
    priority 1, where the tier holds other terms, too); with one team-day or blank more, no plan
    passes it by more than the price. `close` says whether the linear program was solved nearly to
    its end; otherwise prices may be far from those that fit the best plan. Where blanks do not
    limit recording, each is worth nothing.
    """

    bound: float
    close: bool
    team_days: tuple[TeamDayPrice, ...]
    blanks: tuple[BlankPrice, ...]
    schools: tuple[SchoolPrice, ...]


def prices(
    problem: Problem,
    *,
    plan: Plan | None = None,
    time_limit: float = 20,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> Prices:
    """Find what one more team-day, blank, pupil, room or visit is worth.

    Parameters
    ----------
    plan
        A plan that breaks no rule: the better it keeps the earlier tiers, the truer the prices. By
        default the quick first plan.
    time_limit, seed, workers, deterministic, cancel
        As in solve().

    Raises
    ------
    RequestError
        The policy counts no pupils, or the plan (or what is promised) breaks rules.
    PlanError
        The plan names things that the problem does not know.
    SettingsError
        A number is out of range.
    """
    threads = available_cores() if workers is None else workers
    settings = Settings(time_limit, 0, seed, threads, deterministic)
    with budgeted(settings, cancel) as budget:
        known = _first_plan(problem, budget) if plan is None else plan
        if broken := check(problem, known).violations:
            remedy = _("Correct the plan, or what is promised, first; ektp-sched check tells more.")
            raise RequestError(
                [Complaint("plan", f"{one.rule}: {one.message}", remedy) for one in broken]
            )
        return prices_of(PriceBook(problem, known, budget, budget.remaining))


def prices_of(book: PriceBook) -> Prices:
    """The prices of all that a problem has, by the book."""
    return Prices(
        bound=book.bound,
        close=book.margin.is_close,
        team_days=tuple(_team_days(book)),
        blanks=tuple(
            BlankPrice(date=book.network.day_of(day), pupils=book.blanks_from(day))
            for day in range(book.network.days)
        ),
        schools=tuple(
            SchoolPrice(
                school=name,
                pupil=book.margin.pupil_of(s) / book.unit,
                room=book.margin.room_of(s) / book.unit,
                visit=book.margin.visit_of(s) / book.unit,
            )
            for s, name in enumerate(book.network.school_ids)
        ),
    )


def _team_days(book: PriceBook) -> Iterator[TeamDayPrice]:
    network = book.network
    for team, day in network.team_day_at:
        worth = book.team_day(network, (team, day))
        yield TeamDayPrice(team=network.team_ids[team], date=network.day_of(day), pupils=worth)


def _first_plan(problem: Problem, budget: Budget) -> Plan:
    network = build_network(problem)
    visits = first_plan(network, problem.policy.tiers, budget, keep=network.confirmed)
    return plan_of(problem, network, visits)
