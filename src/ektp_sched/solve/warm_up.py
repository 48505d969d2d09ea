"""Compiled loops, made ready outside the time of a solve.

The very first run on a machine compiles for a while and cannot be stopped meanwhile. Were that part
of the time limit, a slow machine would end with a plan without visits.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from functools import cache

from ektp_sched.domain import Base, Cohort, Hours, Location, Problem, School, Shift, Stock, Team
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.engine import Engine
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.engine.tours.jit import share_compiled

COMPILE_SECONDS = 3600  # a limit that no machine comes near
TELL_SECONDS = 0.5


@cache
def compile_first_plan() -> None:
    """Plan the smallest office, once in a process."""
    office = _smallest_office()
    first_plan(build_network(office), office.policy.tiers, Budget(1))


@cache
def compile_engine() -> None:
    """Take each step of the tour engine for the smallest office, once in a process."""
    office = _smallest_office()
    network, budget = build_network(office), Budget(COMPILE_SECONDS)
    visits = first_plan(network, office.policy.tiers, budget)
    Engine(network, office.policy.tiers, budget, 0.0, lambda *_: None).rehearse(visits)


@contextmanager
def telling(told: Callable[[float], None] | None) -> Iterator[None]:
    """While loops are compiled in this block, tell now and then what share of them is ready.

    Nothing is told where all of them are on disk already.
    """
    if told is None:
        yield
        return
    over = threading.Event()

    def watch() -> None:
        while not over.wait(TELL_SECONDS):
            if (share := share_compiled()) is not None:
                told(share)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _smallest_office() -> Problem:
    """One school, one team, one day."""
    here, day = Location(lon=0, lat=0), date(2024, 1, 1)
    hours = {"days": ("mon",), "start": time(8), "end": time(12)}
    school = School(
        id="school",
        name="school",
        kind="SMA",
        district="district",
        location=here,
        cohorts=(Cohort(name="all", students=10),),
        hours=(Hours.model_validate(hours),),
    )
    shifts = (Shift.model_validate(hours),)
    return Problem(
        name="the smallest office",
        start=day,
        end=day,
        bases=(Base(id="base", name="base", location=here),),
        schools=(school,),
        teams=(Team(id="team", name="team", base="base", shifts=shifts),),
        stock=Stock(opening=10),
    )
