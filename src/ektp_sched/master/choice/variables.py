"""The decisions of the exact choice: tours, their stops, and pupils."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from ektp_sched.master.sharing import Candidate, Expr
from ektp_sched.master.state import PlanState
from ektp_sched.network import FixedVisit, Network
from ektp_sched.tours.enumerate import Tour, TourStop


@dataclass(slots=True)
class Option(Candidate):
    """A school on a team-day: a literal for each stay there that some tour makes."""

    team: int = 0
    stops: dict[TourStop, cp_model.IntVar] = field(default_factory=dict)
    fixed: FixedVisit | None = None


@dataclass(slots=True)
class Driven:
    """A team-day: its tours, each with its literal, and its options by school."""

    tours: list[tuple[Tour, cp_model.IntVar]]
    options: dict[int, Option]

    @property
    def used(self) -> Expr:
        """1 if the team leaves its base."""
        return sum(literal for _, literal in self.tours)

    @property
    def travel(self) -> Expr:
        """Minutes driven."""
        return sum(tour.driven * literal for tour, literal in self.tours)


@dataclass(frozen=True, slots=True)
class Variables:
    """Makes the variables of team-days in a model.

    Parameters
    ----------
    state
        A plan without visits to come: what done visits leave.
    """

    network: Network
    state: PlanState
    model: cp_model.CpModel

    def team_days(self, tours: Mapping[int, list[Tour]]) -> dict[int, Driven]:
        """Variables for every team-day's tours; no plan where a committed one has none."""
        promised: dict[int, dict[int, FixedVisit]] = defaultdict(dict)
        for visit in self.network.confirmed:
            promised[visit.team_day][visit.school] = visit
        driven = {j: self._driven(j, listed, promised[j]) for j, listed in tours.items()}
        for j, visits in promised.items():
            if j not in driven or not visits.keys() <= driven[j].options.keys():
                self.model.add_bool_or()
        return driven

    def _driven(self, j: int, listed: list[Tour], promised: Mapping[int, FixedVisit]) -> Driven:
        tours = [(tour, self.model.new_bool_var("")) for tour in listed]
        chosen = [literal for _, literal in tours]
        if promised:
            self.model.add_exactly_one(chosen)
        else:
            self.model.add_at_most_one(chosen)
        on_tours: dict[TourStop, list[cp_model.IntVar]] = defaultdict(list)
        for tour, literal in tours:
            for stop in tour.stops:
                on_tours[stop].append(literal)
        stays: dict[int, dict[TourStop, cp_model.IntVar]] = defaultdict(dict)
        for stop, literals in on_tours.items():
            stays[stop.school][stop] = self._any_of(literals)
        options = {s: self._option(j, s, stops, promised.get(s)) for s, stops in stays.items()}
        return Driven(tours, options)

    def _any_of(self, literals: list[cp_model.IntVar]) -> cp_model.IntVar:
        """A literal that is their sum: at most one of them is true."""
        if len(literals) == 1:
            return literals[0]
        chosen = self.model.new_bool_var("")
        self.model.add(sum(literals) == chosen)
        return chosen

    def _option(
        self, j: int, s: int, stops: dict[TourStop, cp_model.IntVar], fixed: FixedVisit | None
    ) -> Option:
        network, model = self.network, self.model
        day, team = int(network.td_day[j]), int(network.td_team[j])
        made = self._any_of(list(stops.values()))
        option = Option(j, s, day, made, team=team, stops=stops, fixed=fixed)
        room = max(stop.room for stop in stops)
        for place, c in enumerate(network.cohorts_of(s)):
            if fixed is not None:
                option.take[c] = model.new_constant(fixed.take[place])
            elif self.state.left[c] > 0 and network.record_day[c] <= day:
                most = min(room, int(self.state.left[c]))
                option.take[c] = model.new_int_var(0, most, "")
                model.add(option.take[c] <= most * made)
        model.add(option.recorded >= made)
        option.lessons = _fill(model, option)
        return option


def _fill(model: cp_model.CpModel, option: Option) -> Expr:
    """R9: pupils fit in the room of the stay; returns pupils × percent."""
    percents = sorted({stop.percent for stop in option.stops})
    if len(percents) == 1:
        model.add(option.recorded <= _room(option.stops.items()))
        return percents[0] * option.recorded
    most = max(stop.room for stop in option.stops)
    lessons: Expr = 0
    recorded: Expr = 0
    for percent in percents:
        pupils = model.new_int_var(0, most, "")
        alike = ((stop, made) for stop, made in option.stops.items() if stop.percent == percent)
        model.add(pupils <= _room(alike))
        recorded += pupils
        lessons += percent * pupils
    model.add(recorded == option.recorded)
    return lessons


def _room(stops: Iterable[tuple[TourStop, cp_model.IntVar]]) -> Expr:
    """Room for pupils in the stay that is chosen of some, 0 if none is."""
    return sum(stop.room * made for stop, made in stops)
