"""Everything that searches, and nothing else.

A problem becomes integer arrays (instance/). Tours of one team-day are timed, priced and listed in
tours/; columns/ is the linear master over them with its bounds and neighbourhoods, search/ moves
single stops, listing/ and exact/ are two exact models for small problems. `engine.py` says what
runs when, and who holds the best plan and the bounds. Callers (solve/, desk/) use the names below
and instance/; no module here knows the rule book or writes for a reader.
"""

from ektp_sched.engine.engine import Engine
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.engine.search.openings import NOON, Opening, Openings
from ektp_sched.engine.search.pupils import topped_up, within_blanks

__all__ = ["NOON", "Engine", "Opening", "Openings", "first_plan", "topped_up", "within_blanks"]
