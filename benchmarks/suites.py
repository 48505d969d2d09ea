"""The suites: which cases each has, how long they may take and how they are solved.

A new suite is one more entry of SUITES. One whose cases are no problems of the rule book (published
instances, say) leaves `make` out and brings a `solve` of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.generate import Size, core_problem, is_size, office_problem, tiny_problem
from benchmarks.record import Job, Outcome
from benchmarks.solving import solve_made, solve_twice
from ektp_sched.domain import Problem

UNLISTED_SECONDS = 30

Make = Callable[[str, int], Problem]


@dataclass(frozen=True, slots=True)
class Suite:
    """A family of cases.

    Parameters
    ----------
    cases
        Seconds for each case by its name: a size, or the name of an instance.
    solve
        Solves a case by this library; runs in a process of its own.
    make
        The problem of a case and a seed; None where a case is no such problem.
    peers
        Whether other solvers can state the cases.
    """

    name: str
    cases: Mapping[str, float]
    solve: Callable[[Job], Outcome]
    make: Make | None = None
    peers: bool = False

    def takes(self, case: str) -> bool:
        """Whether there is such a case; of made problems any size will do."""
        return case in self.cases or (self.make is not None and is_size(case))

    def seconds(self, case: str) -> float:
        """The usual time limit of a case."""
        return self.cases.get(case, UNLISTED_SECONDS)


def _made(make: Callable[[Size, int], Problem]) -> Make:
    return lambda name, seed: make(Size.parse(name), seed)


def _suite(
    name: str,
    make: Make,
    cases: Mapping[str, float],
    solve: Callable[[Problem, Job], Outcome],
    *,
    peers: bool = False,
) -> Suite:
    return Suite(name, cases, lambda job: solve(make(job.case, job.seed), job), make, peers)


SUITES: Mapping[str, Suite] = {
    suite.name: suite
    for suite in (
        _suite(
            "core",
            _made(core_problem),
            {
                "70x3x20": 30,
                "250x5x20": 30,
                "500x5x20": 30,
                "1000x10x20": 120,
                "2000x20x20": 120,
            },
            solve_made,
            peers=True,
        ),
        _suite(
            "office",
            _made(office_problem),
            {"70x2x8": 30, "70x3x20": 30, "300x6x20": 120, "523x10x40": 300},
            solve_made,
        ),
        _suite(
            "tiny",
            _made(tiny_problem),
            {"4x1x3": 10, "5x2x2": 10, "6x2x3": 10, "8x2x3": 10},
            solve_twice,
        ),
    )
}
