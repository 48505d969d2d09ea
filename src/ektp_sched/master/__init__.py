"""Choosing tours for all team-days together."""

from ektp_sched.master.greedy import first_plan

__all__ = ["first_plan"]
