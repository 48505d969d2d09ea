"""The page's charts as Vega specifications: calendar, blank cards, map."""

from collections.abc import Mapping, Sequence
from json import dumps
from typing import Any

from ektp_sched.domain import SERVICE_STATES
from ektp_sched.texts.language import Language

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


_STEP = 26
# The marks beside the colours tell the states apart too.
_LABEL = (
    "({confirmed: '✓ ', done: '■ ', contingent: '? '}[datum.status] || '')"
    " + datum.pupils + ' · ' + datum.school"
)
_STATUSES = ["proposed", "confirmed", "done", "contingent"]


def calendar_chart(
    *, opens: int, closes: int, last: int, words: Mapping[str, str], pupils: str
) -> Spec:
    """The visits of some days; the page fills in the data set `visits`.

    Parameters
    ----------
    opens, closes
        The earliest start and the latest end of all visits, in minutes after midnight.
    last
        The last day of the horizon, counted from 0.
    words
        What each status is called.
    pupils
        What follows a number of pupils.
    """
    rows = {"data": "shown", "field": "row", "sort": {"field": "order", "op": "min"}}
    return chart(
        last=last,
        signals=[
            {"name": "height", "update": f"{_STEP} * length(domain('y'))"},
            {"name": "words", "value": dict(words)},
        ],
        data=[
            {"name": "visits", "values": []},
            {
                "name": "shown",
                "source": "visits",
                "transform": [{"type": "filter", "expr": IN_FILTER}],
            },
        ],
        scales=[
            {
                "name": "x",
                "type": "linear",
                "zero": False,
                "domain": [opens // 60 * 60, -(-closes // 60) * 60],
                "range": "width",
            },
            {"name": "y", "type": "band", "domain": rows, "range": {"step": _STEP}},
            _by_status("fill", "fill"),
            _by_status("ink", "ink"),
            _by_status("edge", "edge"),
        ],
        axes=[
            {
                "orient": "top",
                "scale": "x",
                "values": list(range(opens // 60 * 60, closes + 60, 60)),
                "grid": True,
                "encode": {"labels": {"update": {"text": {"signal": _clock("datum.value")}}}},
                "labelOverlap": True,
            },
            {
                "orient": "left",
                "scale": "y",
                "labelLimit": 170,
                "labelPadding": 6,
                "ticks": False,
                "domain": False,
            },
        ],
        marks=[_bars(pupils), _labels()],
    )


def _by_status(name: str, variable: str) -> Spec:
    colours = [f"var(--{status}-{variable})" for status in _STATUSES]
    return {"name": name, "type": "ordinal", "domain": _STATUSES, "range": colours}


def _clock(minute: str) -> str:
    """An expression that writes minutes after midnight as HH:MM."""
    return f"format(floor(({minute}) / 60), '02') + ':' + format(({minute}) % 60, '02')"


def _bars(pupils: str) -> Spec:
    times = f"{_clock('datum.start')} + '–' + {_clock('datum.end')}"
    more = f"{times} + ', ' + datum.pupils + ' ' + {dumps(pupils)} + ', ' + words[datum.status]"
    tip = f"datum.school + '\\n' + datum.row + ', ' + {more}"
    dashed = {"test": "datum.status === 'contingent'", "value": [4, 3]}
    return {
        "type": "rect",
        "from": {"data": "shown"},
        "encode": {
            "update": {
                "x": {"scale": "x", "field": "start"},
                "x2": {"scale": "x", "field": "end"},
                "y": {"scale": "y", "field": "row", "offset": 2},
                "height": {"value": _STEP - 4},
                "cornerRadius": {"value": 3},
                "fill": {"scale": "fill", "field": "status"},
                "stroke": {"scale": "edge", "field": "status"},
                "strokeDash": [dashed, {"value": [1, 0]}],
                "tooltip": {"signal": tip},
            }
        },
    }


def _labels() -> Spec:
    return {
        "type": "text",
        "interactive": False,
        "from": {"data": "shown"},
        "encode": {
            "update": {
                "x": {"scale": "x", "field": "start", "offset": 5},
                "y": {"scale": "y", "field": "row", "offset": _STEP / 2},
                "baseline": {"value": "middle"},
                "text": {"signal": _LABEL},
                "limit": {"signal": "scale('x', datum.end) - scale('x', datum.start) - 8"},
                "fill": {"scale": "ink", "field": "status"},
            }
        },
    }


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


_SHAPES = ["circle", "diamond", "square", "triangle-up"]  # in the order of SERVICE_STATES
_ROUTE_COLOURS = 6
_DASHES = [[1, 0], [8, 3], [3, 3]]
_ON_DAY = "datum.day === day && (team < 0 || datum.team === team)"
_IN_SCHOOLS = (
    "(team < 0 || indexof(datum.teams, team) >= 0) && (district < 0 || datum.district === district)"
)
# Kilometres that the drawn width and height show at least.
_CLOSEST = 2
_MARGIN = 1.12
# Kilometres for each pixel.
_SPAN = (
    f"max({_CLOSEST} / width, {_MARGIN} * (east - west) / width,"
    f" {_MARGIN} * (north - south) / height)"
)


def map_chart(*, last: int, largest: int) -> Spec:
    """Schools and routes at positions in kilometres; the page fills in `schools` and `stops`.

    Parameters
    ----------
    last
        The last day of the horizon, counted from 0.
    largest
        Pupils of the largest school.
    """
    return chart(
        last=last,
        signals=[
            {"name": "height", "update": "min(560, max(320, width * 0.62))"},
            {"name": "day", "value": -1},
            {"name": "west", "update": _edge("west")},
            {"name": "east", "update": _edge("east")},
            {"name": "south", "update": _edge("south")},
            {"name": "north", "update": _edge("north")},
            {"name": "kilometres", "update": _SPAN},
        ],
        data=_data(),
        scales=[
            _axis("x", "west + east", "width", "[0, width]"),
            _axis("y", "south + north", "height", "[height, 0]"),
            {"name": "size", "type": "linear", "domain": [0, max(largest, 1)], "range": [24, 700]},
            {
                "name": "fill",
                "type": "ordinal",
                "domain": list(SERVICE_STATES),
                "range": [f"var(--{state})" for state in SERVICE_STATES],
            },
            {"name": "shape", "type": "ordinal", "domain": list(SERVICE_STATES), "range": _SHAPES},
        ],
        marks=[_ground(), _schools(), _routes(), _bases(), *_stops(), *_scale_bar()],
    )


def _edge(name: str) -> str:
    """An expression for an edge of what is shown; 0 where no school is."""
    return f"(data('extent')[0] || {{}}).{name} || 0"


def _data() -> list[Spec]:
    corners = [
        ("x", "min", "west"),
        ("x", "max", "east"),
        ("y", "min", "south"),
        ("y", "max", "north"),
    ]
    fields, ops, names = (list(column) for column in zip(*corners, strict=True))
    extent = {"type": "aggregate", "fields": fields, "ops": ops, "as": names}
    return [
        {"name": "schools", "values": []},
        {"name": "stops", "values": []},
        {
            "name": "shown",
            "source": "schools",
            "transform": [{"type": "filter", "expr": _IN_SCHOOLS}],
        },
        {"name": "extent", "source": "shown", "transform": [extent]},
        {"name": "driven", "source": "stops", "transform": [{"type": "filter", "expr": _ON_DAY}]},
    ]


def _axis(name: str, ends: str, length: str, pixels: str) -> Spec:
    """A scale in kilometres around the middle of what is shown, as fine on both axes."""
    middle, half = f"({ends}) / 2", f"kilometres * {length} / 2"
    return {
        "name": name,
        "type": "linear",
        "zero": False,
        "domain": {"signal": f"[{middle} - {half}, {middle} + {half}]"},
        "range": {"signal": pixels},
    }


def _ground() -> Spec:
    size = {"width": {"signal": "width"}, "height": {"signal": "height"}}
    look = {"fill": var("ground"), "stroke": var("line"), "cornerRadius": {"value": 6}}
    return {"type": "rect", "interactive": False, "encode": {"update": {**size, **look}}}


def _at() -> Spec:
    return {"x": {"scale": "x", "field": "x"}, "y": {"scale": "y", "field": "y"}}


def _schools() -> Spec:
    return {
        "type": "symbol",
        "from": {"data": "shown"},
        "encode": {
            "update": {
                **_at(),
                "size": {"scale": "size", "field": "pupils"},
                "shape": {"scale": "shape", "field": "state"},
                "fill": {"scale": "fill", "field": "state"},
                "fillOpacity": {"value": 0.8},
                "stroke": var("page"),
                "tooltip": {"field": "tip"},
            }
        },
    }


def _routes() -> Spec:
    """A line for each team; colours repeat with another dash."""
    colours = [f"var(--route-{n})" for n in range(_ROUTE_COLOURS)]
    line = {
        **_at(),
        "stroke": {"signal": f"{colours}[datum.team % {_ROUTE_COLOURS}]"},
        "strokeWidth": {"value": 2.5},
        "strokeDash": {
            "signal": f"{_DASHES}[floor(datum.team / {_ROUTE_COLOURS}) % {len(_DASHES)}]"
        },
    }
    return {
        "type": "group",
        "interactive": False,
        "clip": True,
        "from": {"facet": {"name": "route", "data": "driven", "groupby": "team"}},
        "encode": {
            "update": {"width": {"signal": "width"}, "height": {"signal": "height"}},
        },
        "marks": [{"type": "line", "from": {"data": "route"}, "encode": {"update": line}}],
    }


def _bases() -> Spec:
    at_base = {"test": "datum.order === 0", "value": 120}
    return {
        "type": "symbol",
        "clip": True,
        "from": {"data": "driven"},
        "encode": {
            "update": {
                **_at(),
                "size": [at_base, {"value": 0}],
                "shape": {"value": "cross"},
                "fill": var("text"),
                "tooltip": {"field": "tip"},
            }
        },
    }


def _stops() -> list[Spec]:
    """The number of each stop in a disc, beside the school."""
    at_base = {"test": "datum.order === 0", "value": 0}
    beside = {
        "x": {"scale": "x", "field": "x", "offset": 10},
        "y": {"scale": "y", "field": "y", "offset": -10},
    }
    disc = {
        **beside,
        "size": [at_base, {"value": 190}],
        "fill": var("page"),
        "stroke": var("text"),
        "tooltip": {"field": "tip"},
    }
    number = {
        **beside,
        "text": {"signal": "datum.order ? datum.order : ''"},
        "align": {"value": "center"},
        "baseline": {"value": "middle"},
        "fontWeight": {"value": "bold"},
        "fill": var("text"),
    }
    source = {"from": {"data": "driven"}, "clip": True}
    return [
        {"type": "symbol", **source, "encode": {"update": disc}},
        {"type": "text", "interactive": False, **source, "encode": {"update": number}},
    ]


def _scale_bar() -> list[Spec]:
    """A length of 1, 2, 5, 10, ... kilometres that takes about a fifth of the width."""
    fifth = "kilometres * width / 5"
    power = f"pow(10, floor(log({fifth}) / LN10))"
    times = f"({fifth}) / {power}"
    length = f"{power} * ({times} >= 5 ? 5 : {times} >= 2 ? 2 : 1)"
    line = {
        "x": {"value": 14},
        "x2": {"signal": f"14 + ({length}) / kilometres"},
        "y": {"signal": "height - 14"},
        "stroke": var("text"),
        "strokeWidth": {"value": 2},
    }
    words = {
        "x": {"value": 14},
        "y": {"signal": "height - 20"},
        "text": {"signal": f"({length}) + ' km'"},
        "fill": var("text"),
    }
    return [
        {"type": "rule", "interactive": False, "encode": {"update": line}},
        {"type": "text", "interactive": False, "encode": {"update": words}},
    ]
