"""Plan the visits of mobile e-KTP recording teams to schools.

The public names are imported when they are first used: ``import ektp_sched`` alone is quick.
"""

import logging
import sys
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ektp_sched.desk.agree import Agreed, accept, refuse
    from ektp_sched.desk.call_up import CallUp, call_up
    from ektp_sched.desk.contingent import Contingency, plan_contingent
    from ektp_sched.desk.contradiction import Contradiction, contradiction
    from ektp_sched.desk.diff import PlanDiff, diff_plans
    from ektp_sched.desk.explain import explain
    from ektp_sched.desk.explaining.values import Explanation
    from ektp_sched.desk.offers import Offer, Offers, offer
    from ektp_sched.desk.periods import Period
    from ektp_sched.desk.replan import replan
    from ektp_sched.desk.replanned import Replanned
    from ektp_sched.desk.what_if import Outcome, Scenario, what_if
    from ektp_sched.desk.worth import Worth, worth
    from ektp_sched.domain import (
        Base,
        Break,
        Closed,
        Cohort,
        Delivery,
        EstimatedTravel,
        ExtraHours,
        Floor,
        Hours,
        Location,
        MatrixTravel,
        Plan,
        Policy,
        Problem,
        School,
        Shift,
        Stock,
        Team,
        TravelOverride,
        Visit,
        WeightedTerm,
    )
    from ektp_sched.errors import (
        BrokenPlanError,
        Complaint,
        EktpSchedError,
        ExtraError,
        FileError,
        InputError,
        PlanError,
        ProblemError,
        RequestError,
        SettingsError,
    )
    from ektp_sched.io import (
        load_changes,
        load_plan,
        load_problem,
        load_result,
        plan_schema,
        problem_schema,
        save_plan,
        save_problem,
        save_problem_xlsx,
        save_result,
        write_template,
    )
    from ektp_sched.offices import (
        Pool,
        Sharing,
        load_pool,
        plan_offices,
        pool_schema,
        save_pool,
        share_out,
    )
    from ektp_sched.report import plot_gantt, plot_ledger, plot_map, write_page
    from ektp_sched.rulebook import (
        Advice,
        Ledger,
        LedgerRow,
        Report,
        Score,
        Violation,
        check,
        review,
        score_of,
    )
    from ektp_sched.solve import CancelToken, Prices, Progress, Result, TierResult, prices, solve

__version__ = version("ektp-sched")

__all__ = [
    "Advice",
    "Agreed",
    "Base",
    "Break",
    "BrokenPlanError",
    "CallUp",
    "CancelToken",
    "Closed",
    "Cohort",
    "Complaint",
    "Contingency",
    "Contradiction",
    "Delivery",
    "EktpSchedError",
    "EstimatedTravel",
    "Explanation",
    "ExtraError",
    "ExtraHours",
    "FileError",
    "Floor",
    "Hours",
    "InputError",
    "Ledger",
    "LedgerRow",
    "Location",
    "MatrixTravel",
    "Offer",
    "Offers",
    "Outcome",
    "Period",
    "Plan",
    "PlanDiff",
    "PlanError",
    "Policy",
    "Pool",
    "Prices",
    "Problem",
    "ProblemError",
    "Progress",
    "Replanned",
    "Report",
    "RequestError",
    "Result",
    "Scenario",
    "School",
    "Score",
    "SettingsError",
    "Sharing",
    "Shift",
    "Stock",
    "Team",
    "TierResult",
    "TravelOverride",
    "Violation",
    "Visit",
    "WeightedTerm",
    "Worth",
    "accept",
    "call_up",
    "check",
    "contradiction",
    "diff_plans",
    "explain",
    "load_changes",
    "load_plan",
    "load_pool",
    "load_problem",
    "load_result",
    "offer",
    "plan_contingent",
    "plan_offices",
    "plan_schema",
    "plot_gantt",
    "plot_ledger",
    "plot_map",
    "pool_schema",
    "prices",
    "problem_schema",
    "refuse",
    "replan",
    "review",
    "save_plan",
    "save_pool",
    "save_problem",
    "save_problem_xlsx",
    "save_result",
    "score_of",
    "share_out",
    "solve",
    "what_if",
    "worth",
    "write_page",
    "write_template",
]

# From light to heavy: a name is looked for in this order.
_PACKAGES = ("errors", "domain", "rulebook", "io", "report", "solve", "offices")
# Each question of the desk has a module of its own.
_DESK = {
    "agree": ("Agreed", "accept", "refuse"),
    "call_up": ("CallUp", "call_up"),
    "contingent": ("Contingency", "plan_contingent"),
    "contradiction": ("Contradiction", "contradiction"),
    "diff": ("PlanDiff", "diff_plans"),
    "explain": ("explain",),
    "explaining.values": ("Explanation",),
    "offers": ("Offer", "Offers", "offer"),
    "periods": ("Period",),
    "replan": ("replan",),
    "replanned": ("Replanned",),
    "what_if": ("Outcome", "Scenario", "what_if"),
    "worth": ("Worth", "worth"),
}

logging.getLogger("ektp_sched").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    homes = [f"desk.{module}" for module, names in _DESK.items() if name in names]
    packages = (import_module(f"ektp_sched.{package}") for package in homes or _PACKAGES)
    return next(getattr(package, name) for package in packages if hasattr(package, name))


class _Package(ModuleType):
    """The package itself, whose name `solve` is the function.

    The import system would bind it to the subpackage of that name as soon as that is imported.
    """

    @property
    def solve(self) -> Any:
        return import_module("ektp_sched.solve").solve

    @solve.setter
    def solve(self, subpackage: ModuleType) -> None:
        pass


sys.modules[__name__].__class__ = _Package
