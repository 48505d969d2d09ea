"""Label-setting at random prices: its bound holds for every tour that is found by any way."""

from functools import partial
from unittest import mock

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ektp_sched.domain import Problem
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.instance.arrays import IntArray
from ektp_sched.engine.tours.completion import completion
from ektp_sched.engine.tours.day import DayArrays, days_of
from ektp_sched.engine.tours.labels import make_pool
from ektp_sched.engine.tours.price_tours import best_tour, price_tours, worth_of
from ektp_sched.engine.tours.pricing import NONE, Prices, grid_steps, stay_for, stay_worth
from tests.strategies import micro_problems, tiny_problems
from tests.unit.tours.naive import Stay, TeamDay

A_FEW = max(10, settings().max_examples // 2)
LEAST = 0.5


Case = tuple[TeamDay, DayArrays, Prices]


@st.composite
def priced_days(draw: st.DrawFn, problems: st.SearchStrategy[Problem]) -> Case:
    """A team-day without promises, with a price for pupils, visits and minutes."""
    network = build_network(draw(problems))
    days = days_of(network)
    assume(days)
    number = draw(st.sampled_from(sorted(days)))
    day = days[number]
    assume(all(visit.team_day != number for visit in network.confirmed))
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
    return TeamDay(network, number, frozenset(day.schools.tolist())), day, prices


def stops_of(day: DayArrays, prices: Prices, tour: tuple[Stay, ...]) -> IntArray | None:
    """A tour in local stops; None where the prices bar one of its stays."""
    stops = []
    for school, start, end in tour:
        i = day.schools.tolist().index(school)
        if not prices.shortest[i] <= end - start <= prices.longest[i]:
            return None
        stops.append((i, start // day.step, end // day.step))
    return np.array(stops, dtype=np.int64).reshape(-1, 3)


@settings(max_examples=A_FEW)
@given(priced_days(micro_problems() | tiny_problems()))
def test_labels_dives_and_bounds_agree(case: Case) -> None:
    _, day, prices = case
    n, untimed = len(day.schools), stay_worth(day, prices)
    pools = [make_pool(20_000, grid_steps(day), n) for _ in range(2)]
    wanted = np.full(int(day.schools.max()) + 1, 3, dtype=np.int64)
    price = partial(
        price_tours,
        day,
        prices,
        LEAST,
        *pools,
        exact=True,
        wanted=wanted,
        teams=1,
        critical=np.full(n, NONE),
    )
    loose, dived = price()
    with mock.patch("ektp_sched.engine.tours.price_tours._dives", return_value=[]):
        bound, tours = price()
    assert bound <= loose + 1e-6
    quick = best_tour(day, prices, *pools)
    for tour in [*dived, *tours, quick]:
        assert len(set(tour[:, 0].tolist())) == len(tour)
        assert worth_of(day, prices, untimed, tour) <= max(bound, LEAST) + 1e-6


@given(priced_days(micro_problems()))
def test_no_tour_there_is_gains_more_than_the_bound(case: Case) -> None:
    team_day, day, prices = case
    n, untimed = len(day.schools), stay_worth(day, prices)
    to_come = completion(day, prices, untimed)
    bound = max(0.0, float(to_come.after[0, :, 0, n].max()))
    for tour in team_day.tours():
        stops = stops_of(day, prices, tour)
        if stops is not None:
            assert worth_of(day, prices, untimed, stops) <= bound + 1e-6
