"""The page's charts as Vega specifications.

Each reads the page's data and filter through signals: `team` and `district` (-1: all), `first` and
`last` (days of the horizon). Colours are variables of the page's style sheet, so that dark mode
and print need no redrawing.
"""

from ektp_sched.report.charts.calendar import calendar_chart
from ektp_sched.report.charts.ledger import ledger_chart
from ektp_sched.report.charts.map import map_chart

__all__ = ["calendar_chart", "ledger_chart", "map_chart"]
