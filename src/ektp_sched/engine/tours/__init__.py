"""One team-day: when the stops of a tour can take place, which tours there are, what they gain.

Compiled loops over plain arrays. Begin with `schedule.py` (times of one tour) and `pricing.py`
(the best tour at given prices); `price_tours.py` is what the master calls, `enumerate.py` what the
exact choice calls.
"""
