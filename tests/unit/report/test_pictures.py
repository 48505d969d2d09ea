"""Pictures: what is drawn, not how each pixel looks."""

from collections.abc import Iterator

import matplotlib as mpl
import pytest

mpl.use("Agg")

from datetime import date

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from ektp_sched.domain import Stock
from ektp_sched.report import plot_gantt, plot_ledger, plot_map
from tests.builders import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

PROBLEM = a_problem(
    schools=(a_school("S1", name="SMA $1$", cohorts=40), a_school("S2"), a_school("S3")),
    teams=(a_team("A"), a_team("B")),
    stock=Stock(
        opening=100,
        reserve=20,
        deliveries=(
            a_delivery(TUESDAY, 50),
            a_delivery(WEDNESDAY, 30, confirmed=False),
            a_delivery("2025-01-01", 30),
        ),
    ),
)
PLAN = a_plan(
    a_visit("S1", "A", MONDAY, students=40),
    a_visit("S2", "A", MONDAY, start="11:00", end="11:55", students=10, status="confirmed"),
    a_visit("S2", "B", TUESDAY, students=20, status="contingent"),
)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def texts(ax: Axes) -> list[str]:
    return [one.get_text() for one in ax.texts]


def legend(ax: Axes) -> list[str]:
    drawn = ax.get_legend()
    assert drawn is not None
    return [one.get_text() for one in drawn.get_texts()]


def test_gantt_has_a_row_for_each_team_and_day_and_a_bar_for_each_visit() -> None:
    ax = plot_gantt(PROBLEM, PLAN, language="en")
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Mon 5 Aug · Team A",
        "Tue 6 Aug · Team B",
    ]
    spans = [(bar.get_x(), bar.get_width()) for bar in ax.patches]  # type: ignore[attr-defined]
    assert spans == [(480, 120), (660, 55), (480, 120)]
    assert texts(ax) == [r"40 · SMA \$1\$", "10", "20 · SMA 2"]


def test_gantt_tells_contingent_visits_by_a_hatch() -> None:
    ax = plot_gantt(PROBLEM, PLAN, language="en")
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, False, True]


def test_gantt_shows_whole_hours() -> None:
    ax = plot_gantt(PROBLEM, PLAN, language="en")
    assert ax.get_xlim() == (480, 720)
    assert ax.get_xticklabels()[0].get_text() == "08:00"


def test_map_groups_schools_by_state() -> None:
    ax = plot_map(PROBLEM, PLAN, language="id")
    clouds = [one for one in ax.collections if isinstance(one, PathCollection)]
    assert [len(cloud.get_offsets()) for cloud in clouds] == [1, 1, 1]  # type: ignore[arg-type]
    assert legend(ax) == ["terlayani penuh (1)", "terlayani sebagian (1)", "belum terlayani (1)"]


def test_map_sizes_schools_by_pupils() -> None:
    ax = plot_map(PROBLEM, PLAN, language="en")
    sizes = [float(one.get_sizes()[0]) for one in ax.collections if isinstance(one, PathCollection)]
    assert sizes[0] < sizes[1] == sizes[2]


def test_map_draws_the_routes_of_a_day() -> None:
    ax = plot_map(PROBLEM, PLAN, day=date(2024, 8, 5), language="en")
    (line,) = ax.lines
    assert len(line.get_xdata()) == 4  # type: ignore[arg-type]
    assert texts(ax) == ["1", "2"]
    assert ax.get_title() == "Test, Mon 5 Aug"
    assert not plot_map(PROBLEM, PLAN, language="en").lines


def test_ledger_steps_from_day_to_day() -> None:
    ax = plot_ledger(PROBLEM, PLAN, language="en")
    level, uncertain = ax.lines[:2]
    assert list(level.get_ydata()) == [50, 100, 100, 100, 100]  # type: ignore[arg-type]
    assert list(uncertain.get_ydata()) == [50, 80, 110, 110, 110]  # type: ignore[arg-type]
    assert level.get_drawstyle() == "steps-post"
    assert legend(ax) == [
        "stock",
        "stock if every delivery arrives, with the contingent visits",
        "reserve (20)",
        "confirmed delivery: 50",
        "unconfirmed delivery: 30",
    ]


def test_ledger_marks_the_low_point() -> None:
    ax = plot_ledger(PROBLEM, PLAN, language="en")
    assert texts(ax) == ["50"]


def test_ledger_without_anything_uncertain() -> None:
    ax = plot_ledger(a_problem(), PLAN_OF_ONE, language="en")
    assert legend(ax) == ["stock", "reserve (0)"]


PLAN_OF_ONE = a_plan(a_visit())


@pytest.mark.parametrize("plot", [plot_gantt, plot_map, plot_ledger])
def test_pictures_draw_into_given_axes(plot: object) -> None:
    _, ax = pyplot.subplots()
    assert plot(a_problem(), PLAN_OF_ONE, ax) is ax  # type: ignore[operator]
    assert len(pyplot.get_fignums()) == 1


@pytest.mark.parametrize("plot", [plot_gantt, plot_map, plot_ledger])
def test_pictures_of_an_empty_plan(plot: object) -> None:
    ax = plot(a_problem(), a_plan(), language="en")  # type: ignore[operator]
    ax.figure.canvas.draw()
    assert ax.get_title()


def test_pictures_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(pyplot, "show", lambda *_: shown.append(True))
    plot_gantt(a_problem(), PLAN_OF_ONE, language="en")
    assert shown == []
