"""T1–T8 as linear expressions."""

from collections.abc import Callable

from ektp_sched.domain import MAXIMISED, Term, WeightedTerm
from ektp_sched.engine.exact.variables import Expr, Variables
from ektp_sched.engine.instance import FixedVisit, Network


def tier_expression(
    network: Network,
    variables: Variables,
    tier: tuple[WeightedTerm, ...],
    baseline: tuple[FixedVisit, ...],
) -> Expr:
    """A tier's value, to be maximised: terms to be minimised count negatively."""
    total: Expr = 0
    for item in tier:
        sign = 1 if item.term in MAXIMISED else -1
        total += sign * item.weight * term_expression(network, variables, item.term, baseline)
    return total


def term_expression(
    network: Network, variables: Variables, term: Term, baseline: tuple[FixedVisit, ...]
) -> Expr:
    """One term in its own units; exact wherever the term is pushed to its good side."""
    if term == "changes":
        return _changes(network, variables, baseline)
    makers: dict[Term, Callable[[Network, Variables], Expr]] = {
        "students": _students,
        "shortfall": _shortfall,
        "schools": _schools,
        "lessons": _lessons,
        "travel": _travel,
        "team_days": _team_days,
        "wait": _wait,
    }
    return makers[term](network, variables)


def _students(network: Network, variables: Variables) -> Expr:
    """T1: pupils recorded by their cohort's priority, history included."""
    history = sum(
        int(network.priority[c]) * count
        for visit in network.done
        for c, count in zip(network.cohorts_of(visit.school), visit.take, strict=True)
    )
    return history + sum(
        int(network.priority[c]) * pupils
        for option in variables.options
        for c, pupils in option.take.items()
    )


def _shortfall(network: Network, variables: Variables) -> Expr:
    """T2: pupils missing to each floor."""
    total: Expr = 0
    for group, target in zip(network.floor_of, network.floor_target, strict=True):
        history = sum(visit.recorded for visit in network.done if group[visit.school])
        recorded = sum(option.recorded for option in variables.options if group[option.school])
        missing = variables.model.new_int_var(0, max(0, int(target)), "missing")
        variables.model.add(missing >= int(target) - history - recorded)
        total += missing
    return total


def _schools(network: Network, variables: Variables) -> Expr:
    """T3: schools with at least one visit."""
    history = {visit.school for visit in network.done}
    total: Expr = len(history)
    for school, options in variables.by_school.items():
        if school not in history:
            served = variables.model.new_bool_var("served")
            variables.model.add(served <= sum(option.present for option in options))
            total += served
    return total


def _lessons(network: Network, variables: Variables) -> Expr:
    """T4: hundredths of a pupil's lesson minute."""
    return network.minutes_away * sum(variables.lesson_percents)


def _travel(network: Network, variables: Variables) -> Expr:
    """T5: minutes driven."""
    return sum(int(network.travel[a, b]) * arc for _, a, b, arc in variables.arcs)


def _team_days(_network: Network, variables: Variables) -> Expr:
    """T6: team-days with at least one visit."""
    return sum(variables.used.values())


def _wait(_network: Network, variables: Variables) -> Expr:
    """T7: recorded pupils times days from the horizon's start."""
    return sum(option.day * option.recorded for option in variables.options)


def _changes(network: Network, variables: Variables, baseline: tuple[FixedVisit, ...]) -> Expr:
    """T8: visits of the baseline that are not in the plan as they were."""
    # A visit that the baseline lists more than once can be kept once.
    total: Expr = len(baseline) - len(set(baseline))
    for visit in dict.fromkeys(baseline):
        if visit in network.done:
            continue
        option = variables.find(visit.school, visit.team_day) if visit.team_day >= 0 else None
        kept = variables.model.new_bool_var("kept")
        total += 1 - kept
        takes = dict(zip(network.cohorts_of(visit.school), visit.take, strict=True))
        if option is None or any(takes[c] for c in takes if c not in option.take):
            variables.model.add(kept == 0)
            continue
        variables.model.add_implication(kept, option.present)
        variables.model.add(option.start == visit.start).only_enforce_if(kept)
        variables.model.add(option.end == visit.end).only_enforce_if(kept)
        for c, pupils in option.take.items():
            variables.model.add(pupils == takes[c]).only_enforce_if(kept)
        variables.kept[option].append(kept)
    return total
