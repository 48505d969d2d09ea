"""The two passes over a tour agree with the schedule that starts every stop as early as it can."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from ektp_sched.domain import Problem
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.day import TourArrays, tour_arrays
from ektp_sched.engine.tours.schedule import FREE, Timing, make_timing, schedule, time_tour
from tests.strategies import tiny_problems

MOST_STOPS = 4


@st.composite
def drawn_tours(draw: st.DrawFn) -> tuple[TourArrays, int, IntArray, IntArray]:
    """Arrays of a problem, a team-day, and the schools and stays of a tour for it."""
    problem: Problem = draw(tiny_problems())
    network = build_network(problem)
    assume(network.team_days and len(network.option_school))
    j = draw(st.integers(0, network.team_days - 1))
    options = network.options(j)
    assume(options)
    schools = draw(st.lists(st.sampled_from(options), unique=True, max_size=MOST_STOPS))
    stays = draw(
        st.lists(st.integers(1, 12), min_size=len(schools), max_size=len(schools)).map(
            lambda steps: [step * network.step for step in steps]
        )
    )
    return tour_arrays(network), j, np.array(schools, dtype=np.int64), np.array(stays, np.int64)


def timed(a: TourArrays, j: int, schools: IntArray, stays: IntArray) -> tuple[Timing, bool]:
    timing = make_timing(len(a.td_team), MOST_STOPS + 1)
    fixed = np.full(len(schools), FREE, dtype=np.int64)
    return timing, time_tour(a, timing, j, schools, stays, fixed, len(schools))


def starts_of(a: TourArrays, j: int, schools: IntArray, stays: IntArray) -> IntArray | None:
    starts, fixed = np.zeros(len(schools), dtype=np.int64), np.full(len(schools), FREE)
    possible = schedule(a, j, schools, stays, fixed, len(schools), starts)
    return starts if possible else None


@given(drawn_tours())
def test_a_tour_is_possible_for_both_or_none(
    case: tuple[TourArrays, int, IntArray, IntArray],
) -> None:
    _, possible = timed(*case)
    assert possible == (starts_of(*case) is not None)


@given(drawn_tours())
def test_no_stop_begins_later_than_its_latest_minute(
    case: tuple[TourArrays, int, IntArray, IntArray],
) -> None:
    (_, j, _, _), starts = case, starts_of(*case)
    assume(starts is not None)
    timing, _ = timed(*case)
    for position, start in enumerate(starts if starts is not None else ()):
        assert start <= timing.latest[j, position].max()


@given(drawn_tours(), st.data())
def test_a_tour_with_one_stop_less_is_in_time_where_its_passes_say_so(
    case: tuple[TourArrays, int, IntArray, IntArray], data: st.DataObject
) -> None:
    """A stop fits between two others exactly if the tour with it is possible."""
    a, j, schools, stays = case
    assume(len(schools))
    at = data.draw(st.integers(0, len(schools) - 1))
    timing, possible = timed(a, j, np.delete(schools, at), np.delete(stays, at))
    if starts_of(a, j, schools, stays) is not None and possible:
        assert timing.room[j] >= stays[at]
