"""The blank cards over time: the stock, the reserve, deliveries and what is uncertain."""

from collections.abc import Sequence

from ektp_sched.language import Language
from ektp_sched.report.charts.common import Spec, chart, var

_SEPARATORS = {"id": "'.'", "en": "','"}


def ledger_chart(
    *, labels: Sequence[str], ticks: Sequence[int], lowest: int, highest: int, language: Language
) -> Spec:
    """The stock at the end of each day; the page fills in `rows` and `deliveries`.

    Parameters
    ----------
    labels
        What each day of the horizon is called.
    ticks
        Days that the axis may name.
    lowest, highest
        The stock that is drawn, from and to.
    """
    return chart(
        last=len(labels) - 1,
        signals=[{"name": "height", "value": 260}, {"name": "labels", "value": list(labels)}],
        data=[
            {"name": "rows", "values": []},
            {"name": "deliveries", "values": []},
            {"name": "low", "source": "rows", "transform": _LOWEST},
        ],
        scales=[
            {
                "name": "x",
                "type": "linear",
                "zero": False,
                "domain": {"signal": "[first, max(last, first + 1)]"},
                "range": "width",
            },
            {
                "name": "y",
                "type": "linear",
                "zero": False,
                "domain": [lowest, highest],
                "nice": True,
                "range": "height",
            },
        ],
        axes=[
            {
                "orient": "bottom",
                "scale": "x",
                "values": list(ticks),
                "encode": {"labels": {"update": {"text": {"signal": "labels[datum.value]"}}}},
                "labelOverlap": True,
                "labelBound": True,
            },
            {
                "orient": "left",
                "scale": "y",
                "grid": True,
                "tickCount": 5,
                "encode": {
                    "labels": {"update": {"text": {"signal": _count("datum.value", language)}}}
                },
            },
        ],
        marks=[
            _steps("area", "level", {"fill": var("stock-area"), "y2": {"scale": "y", "value": 0}}),
            _steps(
                "line", "uncertain", {"stroke": var("uncertain"), "strokeDash": {"value": [6, 4]}}
            ),
            _steps("line", "level", {"stroke": var("stock"), "strokeWidth": {"value": 2}}),
            _steps("line", "reserve", {"stroke": var("alarm"), "strokeDash": {"value": [2, 3]}}),
            _deliveries(),
            _amounts(language),
            *_low(language),
        ],
    )


_LOWEST = [
    {"type": "window", "sort": {"field": "level"}, "ops": ["row_number"], "as": ["rank"]},
    {"type": "filter", "expr": "datum.rank === 1"},
]


def _count(value: str, language: Language) -> str:
    """An expression that writes a count with its thousands set apart."""
    return f"replace(format({value}, ','), /,/g, {_SEPARATORS[language]})"


def _steps(kind: str, field: str, look: Spec) -> Spec:
    position = {"x": {"scale": "x", "field": "day"}, "y": {"scale": "y", "field": field}}
    encode = {
        **position,
        "defined": {"signal": f"isValid(datum.{field})"},
        "interpolate": {"value": "step-after"},
        **look,
    }
    return {"type": kind, "clip": True, "from": {"data": "rows"}, "encode": {"update": encode}}


def _deliveries() -> Spec:
    colour = [{"test": "datum.confirmed", **var("stock")}, var("page")]
    return {
        "type": "symbol",
        "clip": True,
        "from": {"data": "deliveries"},
        "encode": {
            "update": {
                "x": {"scale": "x", "field": "day"},
                "y": {"scale": "y", "field": "level"},
                "shape": {"value": "triangle-up"},
                "size": {"value": 130},
                "fill": colour,
                "stroke": var("text"),
                "tooltip": {"field": "tip"},
            }
        },
    }


def _amounts(language: Language) -> Spec:
    return {
        "type": "text",
        "clip": True,
        "from": {"data": "deliveries"},
        "encode": {
            "update": {
                "x": {"scale": "x", "field": "day", "offset": 9},
                "y": {"scale": "y", "field": "level", "offset": -6},
                "text": {"signal": f"'+' + {_count('datum.cards', language)}"},
                "fill": var("text"),
            }
        },
    }


def _low(language: Language) -> list[Spec]:
    x, y = {"scale": "x", "field": "day"}, {"scale": "y", "field": "level"}
    ring = {"x": x, "y": y, "size": {"value": 70}, "fill": var("page"), "stroke": var("alarm")}
    left = "scale('x', datum.day) > width / 2"
    words = {
        "x": {**x, "offset": {"signal": f"{left} ? -8 : 8"}},
        "y": {**y, "offset": -10},
        "align": {"signal": f"{left} ? 'right' : 'left'"},
        "text": {"signal": _count("datum.level", language)},
        "fontWeight": {"value": "bold"},
        "fill": var("alarm"),
    }
    return [
        {"type": "symbol", "clip": True, "from": {"data": "low"}, "encode": {"update": ring}},
        {"type": "text", "clip": True, "from": {"data": "low"}, "encode": {"update": words}},
    ]
