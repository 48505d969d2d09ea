"""What all charts share: size, signals of the filter, fonts and colours."""

from typing import Any

Spec = dict[str, Any]

IN_FILTER = (
    "(team < 0 || datum.team === team) && (district < 0 || datum.district === district)"
    " && datum.day >= first && datum.day <= last"
)
_WIDTH = "max(280, containerSize()[0] || 700)"


def chart(*, last: int, signals: list[Spec], **parts: Any) -> Spec:
    """A specification as wide as its place on the page, with the signals of the filter.

    Parameters
    ----------
    last
        The last day of the horizon, counted from 0.
    """
    resized = [{"events": "window:resize", "update": _WIDTH}]
    usual = [
        {"name": "width", "init": _WIDTH, "on": resized},
        {"name": "team", "value": -1},
        {"name": "district", "value": -1},
        {"name": "first", "value": 0},
        {"name": "last", "value": last},
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 2,
        "signals": [*usual, *signals],
        "config": _CONFIG,
        **parts,
    }


def var(name: str) -> Spec:
    """A colour of the style sheet as the value of a mark's property."""
    return {"value": f"var(--{name})"}


_FONT = "system-ui, sans-serif"
# Screen readers get the tables: thousands of marks read one by one help nobody.
_CONFIG: Spec = {
    "aria": False,
    "text": {"font": _FONT, "fontSize": 11},
    "axis": {
        "labelFont": _FONT,
        "labelFontSize": 11,
        "labelColor": "var(--text)",
        "titleFont": _FONT,
        "titleColor": "var(--text)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
    },
}
