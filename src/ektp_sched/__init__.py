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
        FileError,
        InputError,
        PlanError,
        ProblemError,
        RequestError,
        SettingsError,
    )
    from ektp_sched.io import (
        load_plan,
        load_problem,
        plan_schema,
        problem_schema,
        save_plan,
        save_result,
    )
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
    from ektp_sched.solve import CancelToken, Progress, Result, TierResult, solve

__version__ = version("ektp-sched")

__all__ = [
    "Advice",
    "Base",
    "Break",
    "BrokenPlanError",
    "CancelToken",
    "Closed",
    "Cohort",
    "Complaint",
    "Delivery",
    "EktpSchedError",
    "EstimatedTravel",
    "ExtraHours",
    "FileError",
    "Floor",
    "Hours",
    "InputError",
    "Ledger",
    "LedgerRow",
    "Location",
    "MatrixTravel",
    "Plan",
    "PlanError",
    "Policy",
    "Problem",
    "ProblemError",
    "Progress",
    "Report",
    "RequestError",
    "Result",
    "School",
    "Score",
    "SettingsError",
    "Shift",
    "Stock",
    "Team",
    "TierResult",
    "TravelOverride",
    "Violation",
    "Visit",
    "WeightedTerm",
    "check",
    "load_plan",
    "load_problem",
    "plan_schema",
    "problem_schema",
    "review",
    "save_plan",
    "save_result",
    "score_of",
    "solve",
]

# From light to heavy: a name is looked for in this order.
_PACKAGES = ("errors", "domain", "rulebook", "io", "solve", "desk")

logging.getLogger("ektp_sched").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    packages = (import_module(f"ektp_sched.{package}") for package in _PACKAGES)
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
