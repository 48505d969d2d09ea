"""The calendar: a row for each team and day, a bar for each visit."""

from collections.abc import Mapping
from json import dumps

from ektp_sched.report.charts.common import IN_FILTER, Spec, chart

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
