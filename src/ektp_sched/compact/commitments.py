"""R13: confirmed visits stay exactly as they are."""

from ektp_sched.compact.variables import Variables
from ektp_sched.network import Network


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
