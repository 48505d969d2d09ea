"""What the compiled loops need of a network, as one tuple of arrays."""

from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from ektp_sched.network import Network
from ektp_sched.network.arrays import IntArray
from ektp_sched.tours.day import allowed_options


class TourArrays(NamedTuple):
    """Arrays of a Network (same names, shapes and units) for kernels that take no objects.

    `option_ptr` and `option_school` leave out what done visits forbid (R8: a team visits a school
    at most once a day). `home` is the place of each team-day's base, [J].
    """

    step: int
    days: int
    travel: IntArray
    first_school_place: int
    home: IntArray
    kits: IntArray
    seconds: IntArray
    overhead: IntArray
    td_team: IntArray
    td_day: IntArray
    shift_start: IntArray
    shift_end: IntArray
    break_minutes: IntArray
    break_earliest: IntArray
    break_latest: IntArray
    td_max_visits: IntArray
    td_max_travel: IntArray
    window_ptr: IntArray
    window_start: IntArray
    window_end: IntArray
    piece_ptr: IntArray
    piece_start: IntArray
    piece_end: IntArray
    piece_percent: IntArray
    option_ptr: IntArray
    option_school: IntArray


def tour_arrays(network: Network) -> TourArrays:
    """Gather the arrays of a network for the compiled loops."""
    options = [allowed_options(network, j) for j in range(network.team_days)]
    own: dict[str, Any] = {
        "home": network.base_place[network.td_team],
        "option_ptr": np.cumsum([0, *map(len, options)]).astype(np.int64),
        "option_school": np.fromiter(chain.from_iterable(options), dtype=np.int64),
    }
    shared = {name: getattr(network, name) for name in TourArrays._fields if name not in own}
    return TourArrays(**shared, **own)
