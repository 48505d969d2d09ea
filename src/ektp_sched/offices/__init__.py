"""Many offices at once, on any executor."""

from ektp_sched.offices.crew import Crew
from ektp_sched.offices.planning import OfficePlan, plan_offices

__all__ = ["Crew", "OfficePlan", "plan_offices"]
