"""The calendar: a row for each team and day, a bar for each visit."""

from ektp_sched.report.charts.common import IN_FILTER, Spec, chart

_STEP = 26
# The marks beside the colours tell the states apart too.
_LABEL = (
    "({confirmed: '✓ ', done: '■ ', contingent: '? '}[datum.status] || '')"
    " + datum.pupils + ' · ' + datum.school"
)
_HOURS = "format(floor(datum.value / 60), '02') + ':' + format(datum.value % 60, '02')"
_FILLS = ["proposed", "confirmed", "done", "contingent"]


def calendar_chart(*, opens: int, closes: int, last: int) -> Spec:
    """The visits of some days; the page fills in the data set `visits`.

    Parameters
    ----------
    opens, closes
        The earliest start and the latest end of all visits, in minutes after midnight.
    last
        The last day of the horizon, counted from 0.
    """
    rows = {"data": "shown", "field": "row", "sort": {"field": "order", "op": "min"}}
    return chart(
        last=last,
        signals=[{"name": "height", "update": f"{_STEP} * length(domain('y'))"}],
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
                "encode": {"labels": {"update": {"text": {"signal": _HOURS}}}},
                "labelOverlap": True,
            },
            {"orient": "left", "scale": "y", "labelLimit": 170, "ticks": False, "domain": False},
        ],
        marks=[_bars(), _labels()],
    )


def _by_status(name: str, variable: str) -> Spec:
    colours = [f"var(--{status}-{variable})" for status in _FILLS]
    return {"name": name, "type": "ordinal", "domain": _FILLS, "range": colours}


def _bars() -> Spec:
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
                "tooltip": {"field": "tip"},
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
