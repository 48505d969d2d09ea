"""What a planner states and gets: frozen values, no solver, no files.

`problem.py` puts together what schools, teams, stock and policy state; `plan.py` is what comes
back. What is wrong in a value is told by `complaints.py` in the planner's words. A new field of a
problem begins here and in docs/rules.md; nothing here may import what solves, judges or writes.
"""

from ektp_sched.domain.places import (
    Base,
    EstimatedTravel,
    Location,
    MatrixTravel,
    Travel,
    TravelOverride,
)
from ektp_sched.domain.plan import Plan, Visit, VisitStatus
from ektp_sched.domain.policy import MAXIMISED, TERMS, Floor, Policy, Term, WeightedTerm
from ektp_sched.domain.problem import Problem
from ektp_sched.domain.scalars import Weekday, minute_of, weekday_of
from ektp_sched.domain.schools import (
    SERVICE_STATES,
    Closed,
    Cohort,
    ExtraHours,
    Hours,
    School,
    ServiceState,
    service_state,
)
from ektp_sched.domain.stock import Delivery, Stock
from ektp_sched.domain.teams import Break, Shift, Team

__all__ = [
    "MAXIMISED",
    "SERVICE_STATES",
    "TERMS",
    "Base",
    "Break",
    "Closed",
    "Cohort",
    "Delivery",
    "EstimatedTravel",
    "ExtraHours",
    "Floor",
    "Hours",
    "Location",
    "MatrixTravel",
    "Plan",
    "Policy",
    "Problem",
    "School",
    "ServiceState",
    "Shift",
    "Stock",
    "Team",
    "Term",
    "Travel",
    "TravelOverride",
    "Visit",
    "VisitStatus",
    "Weekday",
    "WeightedTerm",
    "minute_of",
    "service_state",
    "weekday_of",
]
