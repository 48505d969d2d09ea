"""The CP-SAT model of the exact choice: every rule that whole tours leave open, every term."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.instance import FixedVisit, Network
from ektp_sched.engine.search.sharing import Candidate, Expr, by_school, share, worth_of_pupils
from ektp_sched.engine.search.state import (
    SCHOOLS,
    STUDENTS,
    TEAM_DAYS,
    TRAVEL,
    Demand,
    PlanState,
    empty_state,
)
from ektp_sched.engine.tours.enumerate import ENOUGH, FREE, Tour, TourStop


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


Small = list[tuple[TourStop, cp_model.IntVar]]


def keep_sizes(network: Network, model: cp_model.CpModel, options: Sequence[Option]) -> None:
    """R10 for the options of one school."""
    least = int(network.min_students[options[0].school])
    for option in options if least > 1 else ():
        if option.fixed is None:
            enough = [made for stop, made in option.stops.items() if stop.role == ENOUGH]
            model.add(option.recorded >= least * sum(enough))
        small = _small_stops(model, option, least)
        taken = sum(other.recorded for other in options if other.day <= option.day)
        for stop, made in small:
            left = _left_by_history(network, option, stop)
            model.add(taken >= left).only_enforce_if(made)
        _come_last(network, model, options, option, small)


def _small_stops(model: cp_model.CpModel, option: Option, least: int) -> Small:
    """Stays of an option in which it may record fewer, each with a literal that it does."""
    if option.fixed is not None:
        return [] if option.fixed.recorded >= least else list(option.stops.items())
    small = []
    for stop, made in option.stops.items():
        if stop.role == FREE:
            fewer = model.new_bool_var("")
            model.add_implication(fewer, made)
            model.add(option.recorded >= least).only_enforce_if(made, fewer.negated())
            small.append((stop, fewer))
        elif stop.role != ENOUGH:
            small.append((stop, made))
    return small


def _left_by_history(network: Network, option: Option, stop: TourStop) -> int:
    """Pupils recordable on the date whom no done visit has recorded before the stop."""
    at = (option.day, stop.start, network.team_ids[option.team])
    before = [
        visit.take
        for visit in network.done
        if visit.school == option.school
        and (visit.day, visit.start, network.team_ids[visit.team]) < at
    ]
    return sum(
        max(0, int(network.cohort_students[c]) - sum(take[place] for take in before))
        for place, c in enumerate(network.cohorts_of(option.school))
        if network.record_day[c] <= option.day
    )


def _come_last(
    network: Network,
    model: cp_model.CpModel,
    options: Sequence[Option],
    option: Option,
    small: Small,
) -> None:
    """Bar visits of other teams on the same date after a small one."""
    rivals = [other for other in options if other.day == option.day and other is not option]
    for limit in sorted({stop.start for stop, _ in small}):
        early = [made for stop, made in small if stop.start <= limit]
        for rival in rivals:
            tie = network.team_ids[rival.team] > network.team_ids[option.team]
            late = [
                made
                for stop, made in rival.stops.items()
                if stop.start > limit or (tie and stop.start == limit)
            ]
            model.add_at_most_one(*early, *late)


def changes(
    network: Network,
    model: cp_model.CpModel,
    team_days: Mapping[int, Driven],
    baseline: Sequence[FixedVisit],
) -> Expr:
    """How many there are. A visit that the baseline lists more than once can be kept once."""
    total: Expr = len(baseline)
    for visit in dict.fromkeys(baseline):
        if visit in network.done:
            total -= 1
        elif visit.team_day in team_days:
            option = team_days[visit.team_day].options.get(visit.school)
            if option is not None:
                total -= _kept(network, model, option, visit)
    return total


def _kept(network: Network, model: cp_model.CpModel, option: Option, visit: FixedVisit) -> Expr:
    """1 if an option makes a visit with the same times and pupils."""
    takes = dict(zip(network.cohorts_of(visit.school), visit.take, strict=True))
    if any(pupils and c not in option.take for c, pupils in takes.items()):
        return 0
    kept = model.new_bool_var("")
    same_times = [
        made
        for stop, made in option.stops.items()
        if (stop.start, stop.end) == (visit.start, visit.end)
    ]
    model.add(kept <= sum(same_times))
    for c, pupils in option.take.items():
        model.add(pupils == takes[c]).only_enforce_if(kept)
    return kept


class ChoiceModel:
    """A model for a network, its tours by team-day and the tiers of a policy.

    Committed visits are stops of every tour of their team-day. `objectives` holds a tier's whole
    sum, history included.
    """

    def __init__(
        self,
        network: Network,
        demand: Demand,
        tours: Mapping[int, list[Tour]],
        tiers: Sequence[tuple[WeightedTerm, ...]],
        baseline: Sequence[FixedVisit],
    ) -> None:
        self.network, self.proto = network, cp_model.CpModel()
        state = empty_state(network)
        self.team_days = Variables(network, state, self.proto).team_days(tours)
        visits = by_school(self._options)
        share(network, demand, state, self.proto, visits)
        for options in visits.values():
            keep_sizes(network, self.proto, options)
        self.objectives: list[Expr] = [
            worth_of_pupils(network, state, self.proto, visits, weights)
            + int(weights[TRAVEL]) * sum(driven.travel for driven in self.team_days.values())
            + int(weights[TEAM_DAYS]) * sum(driven.used for driven in self.team_days.values())
            + int(weights[STUDENTS]) * _recorded_by_history(network)
            + int(weights[SCHOOLS]) * len({visit.school for visit in network.done})
            for weights in demand.tier_weights
        ]
        for number, tier in enumerate(tiers):
            for item in tier:
                if item.term == "changes":
                    changed = changes(network, self.proto, self.team_days, baseline)
                    self.objectives[number] -= item.weight * changed

    @property
    def _options(self) -> list[Option]:
        return [option for one in self.team_days.values() for option in one.options.values()]

    def hint(self, visits: Sequence[FixedVisit]) -> None:
        """Suggest the tours that serve as well as those of a plan, and the plan's pupils."""
        self.proto.clear_hints()  # type: ignore[no-untyped-call]
        for j, driven in self.team_days.items():
            tour = {visit.school: visit for visit in visits if visit.team_day == j}
            chosen = _most_alike(driven, tour)
            for number, (_, literal) in enumerate(driven.tours):
                self.proto.add_hint(literal, number == chosen)
            for school, option in driven.options.items():
                self._hint_pupils(option, tour.get(school))

    def _hint_pupils(self, option: Option, visit: FixedVisit | None) -> None:
        cohorts = self.network.cohorts_of(option.school)
        takes = dict(zip(cohorts, visit.take, strict=True)) if visit else {}
        for c, pupils in option.take.items() if option.fixed is None else ():
            self.proto.add_hint(pupils, takes.get(c, 0))

    def visits(self, solver: cp_model.CpSolver) -> list[FixedVisit]:
        """The visits of a solution, by team-day and start."""
        return [
            self._visit(solver, driven.options[stop.school], stop)
            for _, driven in sorted(self.team_days.items())
            for tour, literal in driven.tours
            if solver.boolean_value(literal)
            for stop in tour.stops
        ]

    def _visit(self, solver: cp_model.CpSolver, option: Option, stop: TourStop) -> FixedVisit:
        return FixedVisit(
            school=option.school,
            team=option.team,
            team_day=option.team_day,
            day=option.day,
            start=stop.start,
            end=stop.end,
            take=tuple(
                solver.value(option.take[c]) if c in option.take else 0
                for c in self.network.cohorts_of(option.school)
            ),
        )


def _recorded_by_history(network: Network) -> int:
    """Pupils that done visits recorded, by priority."""
    return sum(
        int(network.priority[c]) * count
        for visit in network.done
        for c, count in zip(network.cohorts_of(visit.school), visit.take, strict=True)
    )


def _most_alike(driven: Driven, visits: Mapping[int, FixedVisit]) -> int | None:
    """Number of the tour with the same schools, room for their pupils and most stays in common."""
    best, found = -1, None
    for number, (tour, _) in enumerate(driven.tours):
        pairs = [(stop, visits.get(stop.school)) for stop in tour.stops]
        if len(pairs) != len(visits) or any(
            visit is None or visit.recorded > stop.room for stop, visit in pairs
        ):
            continue
        common = sum(
            visit is not None and (stop.start, stop.end) == (visit.start, visit.end)
            for stop, visit in pairs
        )
        if common > best:
            best, found = common, number
    return found
