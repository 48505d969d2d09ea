"""Label-setting at random prices: its bound holds for every tour that is found by any way."""

from functools import partial
from unittest import mock

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ektp_sched.network import build_network
from ektp_sched.tours.best import best_tour, worth_of
from ektp_sched.tours.day import DayArrays, days_of
from ektp_sched.tours.exact import price_tours
from ektp_sched.tours.labels import make_pool
from ektp_sched.tours.pricing import Prices, grid_steps, stay_for, stay_worth
from tests.strategies import micro_problems, tiny_problems

A_FEW = max(10, settings().max_examples // 2)
LEAST = 0.5


@st.composite
def priced_days(draw: st.DrawFn) -> tuple[DayArrays, Prices]:
    """A team-day without promises, with a price for pupils, visits and minutes."""
    days = list(days_of(build_network(draw(micro_problems() | tiny_problems()))).values())
    assume(days)
    day = draw(st.sampled_from(days))
    assume(not day.committed.any())
    n, classes = len(day.schools), len(day.percents)
    worth = st.integers(0, 8).map(float)
    rate = draw(st.lists(worth, min_size=n * classes, max_size=n * classes))
    most = np.array(draw(st.lists(st.integers(1, 30), min_size=n, max_size=n)), dtype=np.int64)
    stays = np.array([stay_for(day, i, int(most[i])) for i in range(n)], dtype=np.int64)
    prices = Prices(
        rate=np.array(rate).reshape(n, classes),
        visit=np.array(draw(st.lists(worth, min_size=n, max_size=n))),
        minute=draw(st.sampled_from((0.0, 0.25))),
        most=most,
        shortest=np.array([stay_for(day, i, 1) for i in range(n)], dtype=np.int64),
        longest=np.minimum(stays, day.shift_end),
    )
    return day, prices


@settings(max_examples=A_FEW)
@given(priced_days())
def test_labels_dives_and_bounds_agree(case: tuple[DayArrays, Prices]) -> None:
    day, prices = case
    n, untimed = len(day.schools), stay_worth(*case)
    pools = [make_pool(20_000, grid_steps(day), n) for _ in range(2)]
    wanted = np.full(int(day.schools.max()) + 1, 3, dtype=np.int64)
    price = partial(price_tours, day, prices, LEAST, *pools, exact=True, wanted=wanted, teams=1)
    loose, dived = price()
    with mock.patch("ektp_sched.tours.exact._dives", return_value=[]):
        bound, tours = price()
    assert bound <= loose + 1e-6
    quick = best_tour(day, prices, *pools)
    for tour in [*dived, *tours, quick]:
        assert len(set(tour[:, 0].tolist())) == len(tour)
        assert worth_of(day, prices, untimed, tour) <= max(bound, LEAST) + 1e-6
