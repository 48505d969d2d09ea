"""Peers on a small problem: their plans keep every rule, and only pupils count."""

import pytest

from benchmarks import peers
from benchmarks.generate import Size, core_problem, office_problem
from benchmarks.peers.greedy import greedy
from benchmarks.peers.statement import state
from benchmarks.record import Job
from ektp_sched.rulebook import check

SIZE = Size(12, 2, 5)


@pytest.mark.parametrize("peer", peers.PEERS)
def test_the_plan_of_a_peer_keeps_all_rules(peer: str) -> None:
    package = {"pyvrp": "pyvrp", "vroom": "vroom"}.get(peer, "ortools")
    pytest.importorskip(package)
    job = Job(suite="core", case=str(SIZE), seed=0, solver=peer, seconds=1, workers=2)
    outcome = peers.solve(core_problem(SIZE, 0), job)
    assert outcome.faults == ()
    assert [tier.term for tier in outcome.tiers] == ["students"]
    assert outcome.tiers[0].value > 0


def test_the_greedy_plan_keeps_all_rules() -> None:
    problem = core_problem(SIZE, 0)
    statement = state(problem)
    routes = greedy(statement)
    report = check(problem, statement.plan(routes))
    assert report.violations == ()
    assert report.score.students == statement.pupils_of(routes) > 0


def test_peers_refuse_what_they_cannot_state() -> None:
    with pytest.raises(ValueError, match="peers"):
        state(office_problem(Size(12, 2, 5), 0))
