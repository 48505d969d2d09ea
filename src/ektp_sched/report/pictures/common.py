"""Axes and colours of all pictures."""

from ektp_sched.domain import VisitStatus
from ektp_sched.extras import extra
from ektp_sched.report.outcome import State

with extra("plot"):
    from matplotlib import pyplot
    from matplotlib.axes import Axes
    from matplotlib.ticker import FuncFormatter

# Okabe and Ito's colours; a second sign (hatch, marker, dashes) tells the same.
BLUE, ORANGE, PURPLE, RED, GREY = "#0072b2", "#e69f00", "#a8326d", "#b42318", "#6e7781"
FILLS: dict[VisitStatus, str] = {
    "proposed": "#d6e8f5",
    "confirmed": BLUE,
    "done": GREY,
    "contingent": "#fff6e0",
}
INKS: dict[VisitStatus, str] = {
    "proposed": "black",
    "confirmed": "white",
    "done": "white",
    "contingent": "black",
}
HATCHES: dict[VisitStatus, str] = {"proposed": "", "confirmed": "", "done": "", "contingent": "///"}
MARKERS: dict[State, str] = {"served": "o", "partly": "D", "not": "s"}
COLOURS: dict[State, str] = {"served": BLUE, "partly": ORANGE, "not": PURPLE}


def axes_for(ax: Axes | None, *, width: float, height: float) -> Axes:
    """`ax`, or the axes of a new figure of that size in inches."""
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


__all__ = [
    "BLUE",
    "COLOURS",
    "FILLS",
    "HATCHES",
    "INKS",
    "MARKERS",
    "ORANGE",
    "RED",
    "Axes",
    "FuncFormatter",
    "axes_for",
]
