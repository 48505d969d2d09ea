"""R3, R4, R5 and R12: one circuit for each team-day.

Legend of a team-day's circuit
------------------------------
node 0        the base: leaving at the shift's start at the earliest, back by its end
node i        the team-day's i-th option, i = 1 …
0 → 0         the team stays at base that day
i → i         option i is not visited
a → b         b is the next stay after a: at least the travel time passes between them
"""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from ektp_sched.compact.variables import Expr, Option, Variables
from ektp_sched.network import Network


@dataclass(frozen=True, slots=True)
class _Gap:
    """The time between two stays (or base and stay) that one arc fills: [since, until]."""

    arc: cp_model.IntVar
    minutes: int
    since: Expr
    until: Expr
    from_base: bool
    to_base: bool


def drive_circuits(network: Network, variables: Variables) -> None:
    """R3, R4, R5, R12 for every team-day; fills `arcs` and `used`."""
    for j in range(network.team_days):
        options = variables.by_team_day[j]
        if not options:
            continue
        gaps = _circuit(network, variables, j, options)
        _limit(network, variables, j, options, gaps)
        if network.break_minutes[j]:
            _rest(network, variables, j, gaps)


def _circuit(network: Network, variables: Variables, j: int, options: list[Option]) -> list[_Gap]:
    model, home = variables.model, network.home(j)
    used = model.new_bool_var(f"used {j}")
    variables.used[j] = used
    loops = [(0, 0, used.negated())]
    loops += [(i, i, option.present.negated()) for i, option in enumerate(options, start=1)]
    nodes: list[Option | None] = [None, *options]
    arcs, gaps = [], []
    for a, here in enumerate(nodes):
        for b, there in enumerate(nodes):
            if a == b:
                continue
            arc = model.new_bool_var(f"{j}: {a}→{b}")
            from_place = network.place(here.school) if here else home
            to_place = network.place(there.school) if there else home
            minutes = int(network.travel[from_place, to_place])
            since = here.end if here else int(network.shift_start[j])
            until = there.start if there else int(network.shift_end[j])
            model.add(until >= since + minutes).only_enforce_if(arc)
            arcs.append((a, b, arc))
            gaps.append(_Gap(arc, minutes, since, until, here is None, there is None))
            variables.arcs.append((j, from_place, to_place, arc))
    model.add_circuit([*loops, *arcs])
    return gaps


def _limit(
    network: Network, variables: Variables, j: int, options: list[Option], gaps: list[_Gap]
) -> None:
    """R12: visits a day and minutes driven a day."""
    model = variables.model
    model.add(sum(option.present for option in options) <= int(network.td_max_visits[j]))
    model.add(sum(gap.minutes * gap.arc for gap in gaps) <= int(network.td_max_travel[j]))


def _rest(network: Network, variables: Variables, j: int, gaps: list[_Gap]) -> None:
    """R5: in one gap, before or after its drive, the break fits inside [earliest, latest]."""
    model = variables.model
    minutes = int(network.break_minutes[j])
    earliest, latest = int(network.break_earliest[j]), int(network.break_latest[j])
    chosen = []
    for gap in gaps:
        before, after = model.new_bool_var(""), model.new_bool_var("")
        for literal in (before, after):
            model.add_implication(literal, gap.arc)
        # At base, the break needs no shift: it may end before leaving or begin after coming back.
        if not gap.from_base:
            model.add(gap.since + minutes <= latest).only_enforce_if(before)
            model.add(gap.since + minutes + gap.minutes <= gap.until).only_enforce_if(before)
        model.add(earliest + minutes + gap.minutes <= gap.until).only_enforce_if(before)
        if not gap.to_base:
            model.add(gap.since + gap.minutes + minutes <= gap.until).only_enforce_if(after)
            model.add(earliest + minutes <= gap.until).only_enforce_if(after)
        model.add(gap.since + gap.minutes + minutes <= latest).only_enforce_if(after)
        chosen += [before, after]
    model.add_exactly_one(*chosen, variables.used[j].negated())
