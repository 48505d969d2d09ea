"""R10: a visit records min_students, or all who are left.

Of the visits to come of one school and date, only the last can record fewer and yet all who are
left: whoever comes after it finds nobody (R7). So a small visit bars later ones on its date.
"""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from ektp_sched.master.choice.variables import Option
from ektp_sched.network import Network
from ektp_sched.tours.enumerate import TourStop
from ektp_sched.tours.trails import ENOUGH, FREE

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
