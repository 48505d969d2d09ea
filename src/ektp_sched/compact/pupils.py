"""R7, R9 and R10: whom a visit records."""

from ortools.sat.python import cp_model

from ektp_sched.compact.variables import Expr, Option, Variables, most_pupils
from ektp_sched.network import FixedVisit, Network


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
