"""The rules R2 to R14 as constraints of the compact model."""

from collections import defaultdict
from dataclasses import dataclass

from ortools.sat.python import cp_model

from ektp_sched.engine.exact.variables import Expr, Option, Variables, most_pupils
from ektp_sched.engine.instance import FixedVisit, Network


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


def keep_hours(network: Network, variables: Variables) -> None:
    """R2: a stay lies inside one open interval of its date; an absent visit stands still."""
    model = variables.model
    for option in variables.options:
        inside = []
        for start, end in network.windows(option.school, option.day):
            chosen = model.new_bool_var("")
            model.add(option.start >= start).only_enforce_if(chosen)
            model.add(option.end <= end).only_enforce_if(chosen)
            inside.append(chosen)
        model.add_exactly_one(*inside, option.present.negated())
        model.add(option.end > option.start).only_enforce_if(option.present)
        for variable in (option.first_step, option.last_step, *option.take.values()):
            model.add(variable == 0).only_enforce_if(option.present.negated())


def count_lessons(network: Network, variables: Variables) -> None:
    """T4: recorded pupils times the percent of the interval that holds most of their stay."""
    for option in variables.options:
        pieces = network.pieces(option.school, option.day)
        if len({percent for _, _, percent in pieces}) == 1:
            variables.lesson_percents.append(pieces[0][2] * option.recorded)
        else:
            _count_by_piece(network, variables, option, pieces)


def _count_by_piece(
    network: Network, variables: Variables, option: Option, pieces: list[tuple[int, int, int]]
) -> None:
    model = variables.model
    overlaps = [_overlap(model, option, start, end) for start, end, _ in pieces]
    chosen = [model.new_bool_var("") for _ in pieces]
    model.add_exactly_one(*chosen, option.present.negated())
    for index, literal in enumerate(chosen):
        for other, overlap in enumerate(overlaps):
            # Pieces come in order of start, so a tie goes to the earlier.
            margin = 1 if other < index else 0
            model.add(overlaps[index] >= overlap + margin).only_enforce_if(literal)
    most = most_pupils(network, option)
    for literal, (_, _, percent) in zip(chosen, pieces, strict=True):
        if percent:
            pupils = model.new_int_var(0, most, "")
            model.add(pupils == option.recorded).only_enforce_if(literal)
            model.add(pupils == 0).only_enforce_if(literal.negated())
            variables.lesson_percents.append(percent * pupils)


def _overlap(model: cp_model.CpModel, option: Option, start: int, end: int) -> cp_model.IntVar:
    day_long = 2 * 24 * 60
    until, since = model.new_int_var(0, end, ""), model.new_int_var(start, day_long, "")
    model.add_min_equality(until, [option.end, end])
    model.add_max_equality(since, [option.start, start])
    overlap = model.new_int_var(0, end - start, "")
    model.add_max_equality(overlap, [until - since, 0])
    return overlap


def space_visits(network: Network, variables: Variables) -> None:
    """R8 for every school; done visits count for the others. And the limits of resources."""
    for school, options in variables.by_school.items():
        history = [visit.day for visit in network.done if visit.school == school]
        most = max(0, int(network.max_visits[school]) - len(history))
        variables.model.add(sum(option.present for option in options) <= most)
        by_day: dict[int, list[Option]] = defaultdict(list)
        for option in options:
            by_day[option.day].append(option)
        for day, on_day in by_day.items():
            room = max(0, int(network.max_teams[school]) - history.count(day))
            variables.model.add(sum(option.present for option in on_day) <= room)
        _keep_apart(variables.model, by_day, history, int(network.min_gap[school]))
    rows = zip(network.resource_use.tolist(), network.resource_limit.tolist(), strict=True)
    for use, limit in rows:
        used = sum(use[option.school] * option.present for option in variables.options)
        variables.model.add(used <= limit)


def _keep_apart(
    model: cp_model.CpModel, by_day: dict[int, list[Option]], history: list[int], gap: int
) -> None:
    """Of any gap + 1 days in a row only one is a visiting day."""
    if gap == 0:
        return
    visited = {}
    for day, options in by_day.items():
        visited[day] = model.new_bool_var("")
        for option in options:
            model.add_implication(option.present, visited[day])
        if any(0 < abs(day - done) <= gap for done in history):
            model.add(visited[day] == 0)
    for first in visited:
        near = [literal for day, literal in visited.items() if first <= day <= first + gap]
        model.add_at_most_one(near)


def record_pupils(network: Network, variables: Variables) -> None:
    """R7: no pupil twice. R9: no more than the stay allows. R10: enough, or all that are left."""
    model = variables.model
    for school, options in variables.by_school.items():
        for c in network.cohorts_of(school):
            takes = [option.take[c] for option in options if c in option.take]
            model.add(sum(takes) <= int(network.cohort_left[c]))
    for option in variables.options:
        _fit_capacity(network, model, option)
        _be_worth_it(network, variables, option)


def _fit_capacity(network: Network, model: cp_model.CpModel, option: Option) -> None:
    """R9, without dividing: pupils × seconds ≤ working minutes × 60 × kits."""
    seconds = int(network.seconds[option.team, option.school])
    overhead = int(network.overhead[option.school])
    working = option.end - option.start - overhead
    kits = int(network.kits[option.team])
    within = model.add(option.recorded * seconds <= working * (60 * kits))
    within.only_enforce_if(option.present)


def _be_worth_it(network: Network, variables: Variables, option: Option) -> None:
    """R10: at least one pupil, and min_students or all who are left."""
    model = variables.model
    model.add(option.recorded >= 1).only_enforce_if(option.present)
    least = int(network.min_students[option.school])
    if least <= 1:
        return
    all_left = model.new_bool_var("")
    model.add(option.recorded >= least).only_enforce_if(option.present, all_left.negated())
    left = _left_by_history(network, model, option) - _recorded_before(network, variables, option)
    model.add(option.recorded >= left).only_enforce_if(option.present, all_left)


def _recorded_before(network: Network, variables: Variables, option: Option) -> Expr:
    """Pupils that other visits to come record earlier: on earlier dates, or that day before."""
    model = variables.model
    rivals = variables.by_school[option.school]
    earlier = [rival.recorded for rival in rivals if rival.day < option.day]
    for rival in rivals:
        if rival.day == option.day and rival is not option:
            first = _starts_before(network, model, rival, option)
            pupils = model.new_int_var(0, most_pupils(network, rival), "")
            model.add(pupils == rival.recorded).only_enforce_if(first)
            model.add(pupils == 0).only_enforce_if(first.negated())
            earlier.append(pupils)
    return sum(earlier)


def _starts_before(
    network: Network, model: cp_model.CpModel, rival: Option, option: Option
) -> cp_model.IntVar:
    """A literal: of two visits on one date the rival's comes first; a tie goes by team."""
    first = model.new_bool_var("")
    tie = 0 if network.team_ids[rival.team] < network.team_ids[option.team] else 1
    model.add(rival.start + tie <= option.start).only_enforce_if(first)
    model.add(rival.start + tie > option.start).only_enforce_if(first.negated())
    return first


def _left_by_history(network: Network, model: cp_model.CpModel, option: Option) -> Expr:
    """Pupils recordable on the option's date that no earlier done visit has recorded."""
    visits = [visit for visit in network.done if visit.school == option.school]
    before = [visit for visit in visits if visit.day < option.day]
    left: Expr = _unrecorded(network, option, before)
    same_day = [visit for visit in visits if visit.day == option.day]
    for visit in sorted(same_day, key=lambda visit: (visit.start, network.team_ids[visit.team])):
        came_first = model.new_bool_var("")
        tie = 0 if network.team_ids[visit.team] < network.team_ids[option.team] else 1
        model.add(option.start >= visit.start + tie).only_enforce_if(came_first)
        model.add(option.start < visit.start + tie).only_enforce_if(came_first.negated())
        former = _unrecorded(network, option, before)
        before.append(visit)
        left -= came_first * (former - _unrecorded(network, option, before))
    return left


def _unrecorded(network: Network, option: Option, before: list[FixedVisit]) -> int:
    left = 0
    for place, c in enumerate(network.cohorts_of(option.school)):
        if network.record_day[c] <= option.day:
            taken = sum(visit.take[place] for visit in before)
            left += max(0, int(network.cohort_students[c]) - taken)
    return left


def share_blanks(network: Network, variables: Variables) -> None:
    """R11 where cards are reserved: cards drawn up to each date stay within the allowance.

    The allowance never shrinks from day to day, so only the last day of each level can bind.
    """
    if network.cards != "reserve":
        return
    last = network.days - 1
    for day in range(network.days):
        if day < last and network.allowance[day] == network.allowance[day + 1]:
            continue
        drawn = [
            pupils
            for option in variables.options
            for c, pupils in option.take.items()
            if network.draw_day(c, option.day) <= day
        ]
        variables.model.add(sum(drawn) <= int(network.allowance[day]))


def keep_promises(network: Network, variables: Variables) -> None:
    """R13: fix every confirmed visit. One that no option can hold makes the model infeasible."""
    model = variables.model
    for visit in network.confirmed:
        option = variables.find(visit.school, visit.team_day)
        if option is None:
            model.add_bool_or()
            continue
        model.add(option.present == 1)
        model.add(option.start == visit.start)
        model.add(option.end == visit.end)
        for c, count in zip(network.cohorts_of(visit.school), visit.take, strict=True):
            if c in option.take:
                model.add(option.take[c] == count)
            elif count:
                model.add_bool_or()
