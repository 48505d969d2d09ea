"""Pictures as files, drawn without a screen."""

from datetime import date
from io import BytesIO
from typing import Literal

from ektp_sched.domain import Plan, Problem
from ektp_sched.language import Language
from ektp_sched.report.pictures.common import Figure, Image, pyplot
from ektp_sched.report.pictures.gantt import plot_gantt
from ektp_sched.report.pictures.ledger import plot_ledger
from ektp_sched.report.pictures.map import plot_map
from ektp_sched.report.pictures.together import plot_plan

FORMATS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
Show = Literal["plan", "calendar", "map", "blanks"]

_DPI, _COLOURS = 110, 256


def picture_bytes(
    problem: Problem,
    plan: Plan,
    *,
    suffix: str,
    show: Show,
    day: date | None,
    language: Language,
) -> bytes:
    """A picture of a plan or of one part of it, as the bytes of a file.

    Parameters
    ----------
    suffix
        One of FORMATS. A picture in pixels has few colours, so that it is small enough to be sent.
    day
        A day whose routes the map shows.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    pyplot.switch_backend("agg")
    figure = _figure(problem, plan, show, day, language)
    with BytesIO() as file:
        figure.savefig(file, format=FORMATS[suffix], dpi=_DPI)
        pyplot.close(figure)
        return _smaller(file) if suffix == ".png" else file.getvalue()


def _figure(
    problem: Problem, plan: Plan, show: Show, day: date | None, language: Language
) -> Figure:
    match show:
        case "plan":
            return plot_plan(problem, plan, day=day, language=language)
        case "calendar":
            axes = plot_gantt(problem, plan, language=language)
        case "map":
            axes = plot_map(problem, plan, day=day, language=language)
        case "blanks":
            axes = plot_ledger(problem, plan, language=language)
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


def _smaller(picture: BytesIO) -> bytes:
    with Image.open(picture) as drawn, BytesIO() as file:
        few = drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(file, "png", optimize=True)
        return file.getvalue()
