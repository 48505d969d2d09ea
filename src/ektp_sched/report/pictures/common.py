"""Axes and colours of all pictures."""

from collections.abc import Sequence
from typing import Any

from ektp_sched.domain import ServiceState, VisitStatus
from ektp_sched.extras import extra

with extra("plot"):
    from matplotlib import pyplot
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch, Rectangle
    from matplotlib.text import Text
    from matplotlib.ticker import FuncFormatter
    from matplotlib.transforms import ScaledTranslation
    from PIL import Image

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
MARKERS: dict[ServiceState, str] = {"served": "o", "partly": "D", "not": "s", "nobody": "^"}
COLOURS: dict[ServiceState, str] = {
    "served": BLUE,
    "partly": ORANGE,
    "not": PURPLE,
    "nobody": GREY,
}

_BELOW = 22 / 72  # inches from the axes to the legend, which the numbers along them need
_PADDING = 0.6  # of the height of its letters, before the end of a bar


def axes_for(ax: Axes | None, *, width: float, height: float) -> Axes:
    """`ax`, or the axes of a new figure of that size in inches."""
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def legend_below(ax: Axes, *, columns: int, handles: Sequence[Artist] | None = None) -> None:
    """Say below the axes what is what, where it covers nothing."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    lower = ScaledTranslation(0, -_BELOW, figure.dpi_scale_trans)
    ax.legend(
        handles=ax.get_legend_handles_labels()[0] if handles is None else handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=ax.transAxes + lower,
        borderaxespad=0,
        ncols=columns,
        fontsize=8,
        frameon=False,
    )


def plain(text: str) -> str:
    """A text that matplotlib takes for no formula."""
    return text.replace("$", r"\$")


class BarLabel(Text):
    """Words in a bar; where it has no room for them all, they end in an ellipsis.

    How much room there is shows only when they are drawn.
    """

    def __init__(self, bar: Rectangle, x: float, y: float, words: str, **style: Any) -> None:
        super().__init__(x, y, words, parse_math=False, va="center", **style)
        self._bar, self._words = bar, words
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Draw as many of the words as there is room for."""
        self.set_text(self._words)
        extent = self.get_window_extent(renderer)
        room = self._bar.get_window_extent(renderer).x1 - extent.x0 - _PADDING * extent.height
        if extent.width > room:
            letters = max(0, int(len(self._words) * room / extent.width) - 1)
            self.set_text(self._words[:letters].rstrip(" ·") + "…")
        super().draw(renderer)


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
    "BarLabel",
    "Figure",
    "FuncFormatter",
    "Image",
    "Patch",
    "axes_for",
    "legend_below",
    "plain",
    "pyplot",
]
