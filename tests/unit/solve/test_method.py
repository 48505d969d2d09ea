"""Which way of solving is taken: by size, and by the time there is."""

from benchmarks.generate import Size, tiny_problem
from ektp_sched import solve


def test_little_time_is_given_to_tours() -> None:
    problem = tiny_problem(Size.parse("8x2x3"), 0)  # 294 arcs
    assert solve(problem, time_limit=0.5).method == "tours"
    assert solve(problem, time_limit=2).method == "exact"
