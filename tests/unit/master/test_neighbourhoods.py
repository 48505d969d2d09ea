"""The search over tours keeps to its time."""

from typing import Any

import pytest

from ektp_sched.domain import Policy, WeightedTerm
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.engine.columns import neighbourhoods
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.search.improve import Incumbent
from ektp_sched.engine.search.state import empty_state, make_demand
from tests import builders as make

STUDENTS = Policy(tiers=((WeightedTerm(term="students"),),))


def test_no_tour_is_priced_once_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    network = build_network(make.a_problem(policy=STUDENTS))
    token, priced = CancelToken(), []

    def refill(*arguments: Any) -> None:
        priced.append(arguments)
        token.cancel()

    monkeypatch.setattr(neighbourhoods, "refill", refill)
    demand = make_demand(network, STUDENTS.tiers)
    search = neighbourhoods.Neighbourhoods(network, demand, Budget(60, token=token))
    assert len(search.days) > 1
    start = empty_state(network)
    incumbent = Incumbent(start, search.value, lambda _: None)
    search.run(incumbent, seed=0, until=60, stop=lambda: False)
    assert incumbent.value == search.value(start)
    assert len(priced) == 1
