"""The search over tours keeps to its time."""

from typing import Any

import pytest

from ektp_sched.budget import Budget, CancelToken
from ektp_sched.domain import Policy, WeightedTerm
from ektp_sched.master import neighbourhoods
from ektp_sched.master.state import empty_state, make_demand
from ektp_sched.network import build_network
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
    found = search.improve(start, deadline=0, good_enough=lambda _: False, report=lambda _: None)
    assert found is start
    assert len(priced) == 1
