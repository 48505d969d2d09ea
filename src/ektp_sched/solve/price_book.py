"""A problem's linear master at its dual prices, ready to tell what a change of it is worth.

A worth is an estimate of what a change brings, in pupils, and the most by which it raises the
bound: a plan of the changed problem never records more than the bound and that worth together.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ektp_sched import master
from ektp_sched.budget import Budget
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _
from ektp_sched.master.marginal import Marginal, price_margin
from ektp_sched.master.state import STUDENTS
from ektp_sched.network import Network, build_network, index_visits
from ektp_sched.network.arrays import IntArray
from ektp_sched.solve.warm_up import compile_engine
from ektp_sched.tours.day import DayArrays, day_arrays

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
        engine = master.Engine(self.network, tiers, self.budget, 0.0, lambda *_: None)
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
