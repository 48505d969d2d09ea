"""The decisions of the compact model, and what they say in the planner's words.

An option is a school on a team-day. Starts and ends are counted in grid steps so that R14 holds
by itself; `start` and `end` give them in minutes as linear expressions.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from ektp_sched.engine.instance import FixedVisit, Network

Expr = cp_model.LinearExpr | int


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """A possible visit of one team-day to one school."""

    team_day: int
    school: int
    day: int
    team: int
    present: cp_model.IntVar
    first_step: cp_model.IntVar
    last_step: cp_model.IntVar
    start: Expr
    end: Expr
    take: dict[int, cp_model.IntVar]  # pupils by cohort, only those recordable that day
    fixed: FixedVisit | None

    @property
    def recorded(self) -> Expr:
        """Pupils recorded by the visit."""
        return sum(self.take.values())


@dataclass(slots=True)
class Variables:
    """All options, and how to find them by team-day, by school and by date."""

    model: cp_model.CpModel
    options: list[Option]
    by_team_day: dict[int, list[Option]] = field(default_factory=lambda: defaultdict(list))
    by_school: dict[int, list[Option]] = field(default_factory=lambda: defaultdict(list))
    arcs: list[tuple[int, int, int, cp_model.IntVar]] = field(default_factory=list)
    used: dict[int, cp_model.IntVar] = field(default_factory=dict)
    lesson_percents: list[Expr] = field(default_factory=list)  # pupils × percent, for T4
    # Literals that an option makes a visit of the baseline as it was, for T8.
    kept: dict[Option, list[cp_model.IntVar]] = field(default_factory=lambda: defaultdict(list))

    def on_day(self, school: int, day: int) -> list[Option]:
        """Options of a school on a date, by team."""
        return [option for option in self.by_school[school] if option.day == day]

    def find(self, school: int, team_day: int) -> Option | None:
        """The option of a school on a team-day, if there is one."""
        found = (option for option in self.by_team_day[team_day] if option.school == school)
        return next(found, None)


def make_variables(network: Network) -> Variables:
    """Create a variable set for every visit that could be made, and for every confirmed one."""
    model = cp_model.CpModel()
    variables = Variables(model, [])
    fixed = {(visit.team_day, visit.school): visit for visit in network.confirmed}
    history = {(visit.team, visit.school, visit.day) for visit in network.done}
    for j in range(network.team_days):
        k, d = int(network.td_team[j]), int(network.td_day[j])
        for s in network.options(j):
            visit = fixed.get((j, s))
            # R8: a team visits a school at most once a day, and history counts.
            if visit is None and ((k, s, d) in history or not recordable(network, s, d)):
                continue
            option = _option(network, model, j, s, visit)
            variables.options.append(option)
            variables.by_team_day[j].append(option)
            variables.by_school[s].append(option)
    return variables


def recordable(network: Network, school: int, day: int) -> list[int]:
    """Cohorts of a school with pupils left that may be recorded on a day (R7)."""
    return [
        c
        for c in network.cohorts_of(school)
        if network.cohort_left[c] > 0 and network.record_day[c] <= day
    ]


def _option(
    network: Network, model: cp_model.CpModel, j: int, s: int, fixed: FixedVisit | None
) -> Option:
    name, step = f"{j},{s}", network.step
    day, team = int(network.td_day[j]), int(network.td_team[j])
    steps = -(-24 * 60 // step)
    first = model.new_int_var(0, steps, f"first {name}")
    last = model.new_int_var(0, steps, f"last {name}")
    take = {
        c: model.new_int_var(0, int(network.cohort_left[c]), f"take {name},{c}")
        for c in recordable(network, s, day)
    }
    present = model.new_bool_var(f"present {name}")
    return Option(j, s, day, team, present, first, last, step * first, step * last, take, fixed)


def most_pupils(network: Network, option: Option) -> int:
    """Pupils that an option could record if nothing else bound it."""
    return sum(int(network.cohort_left[c]) for c in option.take)
