"""solve(): the best plan that can be found and proven in the time given; prices(): its margins.

`ektp_sched.solve` is this package and, where it is called, its function: see `_CalledPackage`.
"""

import sys
from importlib import import_module
from inspect import signature
from types import ModuleType
from typing import Any

from ektp_sched.engine.budget import CancelToken
from ektp_sched.solve.prices import BlankPrice, Prices, SchoolPrice, TeamDayPrice, prices
from ektp_sched.solve.result import Progress, Result, Status, StoppedBy, TierResult
from ektp_sched.solve.solver import solve

__all__ = [
    "BlankPrice",
    "CancelToken",
    "Prices",
    "Progress",
    "Result",
    "SchoolPrice",
    "Status",
    "StoppedBy",
    "TeamDayPrice",
    "TierResult",
    "prices",
    "solve",
]


class _CalledPackage(ModuleType):
    """A package whose name is its function's name too.

    The import system binds a subpackage to its name in the package above it. So that name can be
    nothing else, if `import ektp_sched.solve` is to give the subpackage; and for `ektp_sched.solve`
    to be solve() as well, the subpackage has to be one that can be called.
    """

    def __call__(self, *arguments: Any, **settings: Any) -> Result:
        return solve(*arguments, **settings)

    def __reduce__(self) -> tuple[object, ...]:
        """To another process it goes as a function does, by name."""
        return import_module, (self.__name__,)


__signature__ = signature(solve)
sys.modules[__name__].__class__ = _CalledPackage
