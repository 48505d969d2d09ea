"""The compact model of a network: every rule as constraints, plans in and out."""

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from ektp_sched.domain import WeightedTerm
from ektp_sched.engine.exact.constraints import (
    count_lessons,
    drive_circuits,
    keep_hours,
    keep_promises,
    record_pupils,
    share_blanks,
    space_visits,
)
from ektp_sched.engine.exact.objective import tier_expression
from ektp_sched.engine.exact.variables import make_variables
from ektp_sched.engine.instance import FixedVisit, Network

RULES = (keep_hours, drive_circuits, record_pupils, space_visits, share_blanks, keep_promises)


def arcs_of(network: Network) -> int:
    """Arcs that the model of a network would have: the measure of its size."""
    options = network.option_ptr[1:] - network.option_ptr[:-1]
    return int(((options + 1) * options).sum())


class CompactModel:
    """One CP-SAT model for a network and the tiers of a policy.

    Parameters
    ----------
    tiers
        Of the policy; `objectives` holds one expression to be maximised for each.
    baseline
        The published visits that T8 compares with.
    """

    def __init__(
        self,
        network: Network,
        tiers: Sequence[tuple[WeightedTerm, ...]],
        baseline: tuple[FixedVisit, ...] = (),
    ) -> None:
        self.network = network
        self.variables = make_variables(network)
        for rule in RULES:
            rule(network, self.variables)
        count_lessons(network, self.variables)
        self.objectives = [
            tier_expression(network, self.variables, tier, baseline) for tier in tiers
        ]

    @property
    def proto(self) -> cp_model.CpModel:
        """The CP-SAT model."""
        return self.variables.model

    def require(self, *, school: int, team_day: int, since: int, until: int) -> None:
        """Ask for a visit of a school by a team-day that begins in [since, until), in minutes."""
        option = self.variables.find(school, team_day)
        if option is None:
            self.proto.add_bool_or()
            return
        self.proto.add(option.present == 1)
        self.proto.add(option.start >= since)
        self.proto.add(option.start < until)

    def keep_stays_short(self) -> None:
        """Ask for stays no longer on the grid than their pupils need, but for what is kept as is.

        No rule: what a solver makes is like that (docs/rules.md, "What is shown").
        """
        network = self.network
        for option in self.variables.options:
            if option.fixed is None:
                working = 60 * int(network.kits[option.team])
                shorter = (
                    option.end - option.start - network.step - int(network.overhead[option.school])
                )
                needed = int(network.seconds[option.team, option.school]) * option.recorded
                made = [option.present, *(k.negated() for k in self.variables.kept[option])]
                self.proto.add(working * shorter < needed).only_enforce_if(made)

    def hint(self, visits: Sequence[FixedVisit]) -> None:
        """Suggest a plan to start from, with each team-day's visits as successors."""
        model, chosen = self.proto, {(visit.team_day, visit.school): visit for visit in visits}
        model.clear_hints()  # type: ignore[no-untyped-call]
        for option in self.variables.options:
            visit = chosen.get((option.team_day, option.school))
            model.add_hint(option.present, visit is not None)
            model.add_hint(option.first_step, visit.start // self.network.step if visit else 0)
            model.add_hint(option.last_step, visit.end // self.network.step if visit else 0)
            takes = (
                dict(zip(self.network.cohorts_of(option.school), visit.take, strict=True))
                if visit
                else {}
            )
            for c, pupils in option.take.items():
                model.add_hint(pupils, takes.get(c, 0))
        self._hint_arcs(visits)

    def _hint_arcs(self, visits: Sequence[FixedVisit]) -> None:
        followed: set[tuple[int, int, int]] = set()
        for j, used in self.variables.used.items():
            tour = sorted((v for v in visits if v.team_day == j), key=lambda visit: visit.start)
            self.proto.add_hint(used, bool(tour))
            if tour:
                home = self.network.home(j)
                stops = [home, *(self.network.place(visit.school) for visit in tour), home]
                followed.update((j, a, b) for a, b in pairwise(stops))
        for j, a, b, arc in self.variables.arcs:
            self.proto.add_hint(arc, (j, a, b) in followed)

    def visits(self, solver: cp_model.CpSolver) -> list[FixedVisit]:
        """The visits of a solution, by date, team-day and start."""
        found = [
            FixedVisit(
                school=option.school,
                team=option.team,
                team_day=option.team_day,
                day=option.day,
                start=solver.value(option.start),
                end=solver.value(option.end),
                take=tuple(
                    solver.value(option.take[c]) if c in option.take else 0
                    for c in self.network.cohorts_of(option.school)
                ),
            )
            for option in self.variables.options
            if solver.boolean_value(option.present)
        ]
        return sorted(found, key=lambda visit: (visit.team_day, visit.start))
