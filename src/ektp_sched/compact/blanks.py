"""R11: the blank cards that visits draw, up to every date."""

from ektp_sched.compact.variables import Variables
from ektp_sched.network import Network


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
