"""The compiled loops of the first plan, made ready before the clock of a solve starts."""

from datetime import date, time
from functools import cache

from ektp_sched import master
from ektp_sched.budget import Budget
from ektp_sched.domain import Base, Cohort, Hours, Location, Problem, School, Shift, Stock, Team
from ektp_sched.network import build_network


@cache
def compile_first_plan() -> None:
    """Plan the smallest office, once in a process.

    The very first run on a machine compiles for a while and cannot be stopped meanwhile. Were that
    part of the time limit, a slow machine would end with a plan without visits.
    """
    office = _smallest_office()
    master.first_plan(build_network(office), office.policy.tiers, Budget(1))


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
