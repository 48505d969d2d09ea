"""T8: visits of the baseline that are not in the plan as they were."""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from ektp_sched.master.choice.variables import Driven, Option
from ektp_sched.master.sharing import Expr
from ektp_sched.network import FixedVisit, Network


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
