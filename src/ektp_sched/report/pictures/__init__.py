"""Static pictures for notebooks and documents; they need matplotlib, of the extra `plot`.

Each draws into `ax`, or into a figure of its own, and returns the axes; plot_plan() draws all of a
plan and returns the figure. None is shown by itself.
"""

from ektp_sched.report.pictures.gantt import plot_gantt
from ektp_sched.report.pictures.ledger import plot_ledger
from ektp_sched.report.pictures.map import plot_map
from ektp_sched.report.pictures.together import plot_plan

__all__ = ["plot_gantt", "plot_ledger", "plot_map", "plot_plan"]
