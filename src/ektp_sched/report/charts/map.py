"""The map: schools by size and state, and the routes of one day, on a plain ground."""

from ektp_sched.domain import SERVICE_STATES
from ektp_sched.report.charts.common import Spec, chart, var

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
