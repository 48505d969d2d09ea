"""Choosing tours for all team-days together."""

from ektp_sched.master.blanks import topped_up, within_blanks
from ektp_sched.master.engine import Engine
from ektp_sched.master.greedy import first_plan
from ektp_sched.master.openings import NOON, Opening, Openings

__all__ = ["NOON", "Engine", "Opening", "Openings", "first_plan", "topped_up", "within_blanks"]
