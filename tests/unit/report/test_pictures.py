"""Pictures: what is drawn, not how each pixel looks."""

import re
from collections.abc import Iterator
from typing import get_args

import matplotlib as mpl
import pytest

mpl.use("Agg")

from datetime import date

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from ektp_sched.domain import Stock
from ektp_sched.report import plot_gantt, plot_ledger, plot_map, plot_plan
from ektp_sched.report.pictures import Show, picture_bytes
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
    assert texts(ax) == ["40 · SMA $1$", "10", "20 · SMA 2"]
    ax.figure.canvas.draw()  # where dollars are no formula


def test_a_name_that_a_bar_has_no_room_for_ends_in_an_ellipsis() -> None:
    long = a_problem(schools=(a_school("S1", name="SMA" + " panjang" * 20),))
    ax = plot_gantt(long, a_plan(a_visit("S1")), language="en")
    ax.figure.canvas.draw()
    (label,), (bar,) = ax.texts, ax.patches
    assert re.fullmatch(r"40 · SMA (panjang )*[panjg]*…", label.get_text())
    assert label.get_window_extent().x1 <= bar.get_window_extent().x1


def test_gantt_says_what_colours_mean_where_there_are_several() -> None:
    assert legend(plot_gantt(PROBLEM, PLAN, language="id")) == [
        "Diusulkan",
        "Disetujui",
        "Bersyarat",
    ]
    assert plot_gantt(a_problem(), PLAN_OF_ONE, language="id").get_legend() is None


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


def test_map_names_only_the_states_that_there_are() -> None:
    assert legend(plot_map(PROBLEM, a_plan(), language="en")) == ["not yet served (3)"]


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


def test_a_plan_together_is_headed_by_its_figures() -> None:
    figure = plot_plan(PROBLEM, PLAN, day=date(2024, 8, 5), language="en")
    head = figure.get_suptitle().splitlines()
    assert head[0] == "Test, 5–9 Aug 2024"
    assert head[1].startswith("50 pupils recorded (of 240; 190 left; and 20 contingent ones")
    titles = [ax.get_title() for ax in figure.axes]
    assert titles == [
        "Map of schools, routes of Mon 5 Aug",
        "Blank cards",
        "Calendar by team and day",
    ]
    assert plot_plan(PROBLEM, PLAN, language="id").axes[0].get_title() == "Peta sekolah"


@pytest.mark.parametrize(("suffix", "begins"), [(".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_a_picture_as_a_file(suffix: str, begins: bytes) -> None:
    data = picture_bytes(PROBLEM, PLAN, suffix=suffix, show="plan", day=None, language="en")
    assert data.startswith(begins)
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("show", get_args(Show))
def test_each_part_of_a_plan_is_drawn_by_itself(show: Show) -> None:
    data = picture_bytes(PROBLEM, PLAN, suffix=".svg", show=show, day=None, language="en")
    titles = ("Map of schools", "Blank cards", "Calendar by team and day")
    parts = {"plan": titles, "map": ("Test",), "blanks": titles[1:2], "calendar": titles[2:]}
    told = re.findall(r"<!-- (.*) -->", data.decode())
    assert all(any(part in one for one in told) for part in parts[show])
    assert any("40 · SMA" in one for one in told) == (show in {"plan", "calendar"})


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
