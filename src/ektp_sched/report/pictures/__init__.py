"""Static pictures for notebooks and documents; they need matplotlib, of the extra `plot`.

Each draws into `ax`, or into a figure of its own, returns the axes and never shows them.
"""

from ektp_sched.report.pictures.gantt import plot_gantt
from ektp_sched.report.pictures.ledger import plot_ledger
from ektp_sched.report.pictures.map import plot_map

__all__ = ["plot_gantt", "plot_ledger", "plot_map"]
