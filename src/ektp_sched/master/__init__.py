"""Choosing tours for all team-days together."""

from ektp_sched.master.engine import Engine
from ektp_sched.master.greedy import first_plan

__all__ = ["Engine", "first_plan"]
