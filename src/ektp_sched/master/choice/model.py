"""The CP-SAT model of the exact choice: every rule that whole tours leave open, every term."""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from ektp_sched.domain import WeightedTerm
from ektp_sched.master.choice.changes import changes
from ektp_sched.master.choice.sizes import keep_sizes
from ektp_sched.master.choice.variables import Driven, Option, Variables
from ektp_sched.master.sharing import Expr, by_school, share, worth_of_pupils
from ektp_sched.master.state import (
    SCHOOLS,
    STUDENTS,
    TEAM_DAYS,
    TRAVEL,
    Demand,
    empty_state,
)
from ektp_sched.network import FixedVisit, Network
from ektp_sched.tours.enumerate import Tour, TourStop


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
