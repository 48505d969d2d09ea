"""The suites: which cases each has, how long they may take and how they are solved.

A new suite is one more entry of SUITES. One whose cases are no problems of the rule book leaves
`make` out and brings a `solve` of its own. One whose cases are files first `reads` a folder.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from benchmarks.generate import Size, core_problem, is_size, office_problem, tiny_problem
from benchmarks.published.catalogue import catalogue
from benchmarks.record import Job, Outcome, Target
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
    takes
        Whether a name is a case, beside those in `cases`.
    peers
        Whether other solvers can state the cases.
    gap
        The gap at which a solve may stop.
    groups
        Names that stand for several cases.
    targets
        What a case is compared with.
    reads
        The suite of the cases in a folder; None where cases are no files.
    """

    name: str
    cases: Mapping[str, float]
    solve: Callable[[Job], Outcome]
    make: Make | None = None
    takes: Callable[[str], bool] = lambda _: False
    peers: bool = False
    gap: float = 0.001
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    reads: "Callable[[Path], Suite] | None" = None

    def named(self, name: str) -> Sequence[str]:
        """The cases of a name, none if there are none."""
        if name in self.cases or self.takes(name):
            return (name,)
        return self.groups.get(name, ())

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
    return Suite(
        name, cases, lambda job: solve(make(job.case, job.seed), job), make, is_size, peers
    )


def _loaded(module: str, name: str) -> Callable[[Job], Outcome]:
    """A function loaded where it runs: the process that starts others stays small."""

    def solve(job: Job) -> Outcome:
        outcome: Outcome = getattr(import_module(module), name)(job)
        return outcome

    return solve


def _of_offices(name: str, solve: str) -> Suite:
    """A suite whose cases are countries of so many offices."""
    return Suite(
        name,
        {"5": 20, "40": 90, "514": 1_100},
        _loaded("benchmarks.many", solve),
        takes=lambda case: re.fullmatch(r"[1-9]\d*", case) is not None,
    )


_solve_published = _loaded("benchmarks.published.solving", "solve_published")


def published(folder: Path) -> Suite:
    """The published instances of a folder.

    Raises
    ------
    DataError
        The folder lacks some of them.
    """
    listed = catalogue(folder)
    groups: dict[str, list[str]] = defaultdict(list)
    for name, one in listed.items():
        for label in one.labels:
            groups[label].append(name)
    return Suite(
        name="published",
        cases={name: one.seconds for name, one in listed.items()},
        solve=_solve_published,
        gap=0,
        groups=groups,
        targets={name: one.target for name, one in listed.items()},
    )


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
        _of_offices("country", "plan_country"),
        _of_offices("pool", "share_pool"),
        Suite("published", {}, _solve_published, reads=published),
    )
}
