"""Runs of a peer that uses one thread: one beside the other, and the best one counts."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from benchmarks.peers.statement import Route, Statement

Start = TypeVar("Start")


def best_of(
    statement: Statement,
    run: Callable[[Statement, Start, float], list[Route]],
    starts: Sequence[Start],
    seconds: float,
) -> tuple[list[Route], str]:
    """The routes with most pupils, and the pupils of every run in words."""
    with ProcessPoolExecutor(len(starts), mp_context=get_context("spawn")) as pool:
        runs = [pool.submit(run, statement, start, seconds) for start in starts]
        found = [one.result() for one in runs]
    pupils = [statement.pupils_of(routes) for routes in found]
    notes = f"best of {len(starts)} runs, one thread each: {', '.join(map(str, pupils))} pupils"
    return found[pupils.index(max(pupils))], notes
