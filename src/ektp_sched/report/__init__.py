"""What people read: tables, letters, calendars, maps and the page.

Each name is imported when it is first used: the page and the pictures need packages of the extras
`report` and `plot`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ektp_sched.report.page import write_page
    from ektp_sched.report.pictures import plot_gantt, plot_ledger, plot_map, plot_plan

__all__ = ["plot_gantt", "plot_ledger", "plot_map", "plot_plan", "write_page"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "pictures" if name.startswith("plot_") else "page"
    return getattr(import_module(f"{__name__}.{module}"), name)
