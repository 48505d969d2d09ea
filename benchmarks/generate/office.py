"""The suite office: everything in the rule book, as an office would state it."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks.generate import town
from benchmarks.generate.office_schools import MON_THU, Draft, drafts, school
from benchmarks.generate.promises import with_promises
from benchmarks.generate.size import START, Size
from ektp_sched.domain import (
    Base,
    Break,
    Closed,
    Delivery,
    EstimatedTravel,
    Floor,
    Policy,
    Problem,
    Shift,
    Stock,
    Team,
    TravelOverride,
    Weekday,
)
from ektp_sched.domain.scalars import clock_of

HOLIDAYS = (date(2026, 8, 17), date(2026, 8, 25))
LOAD = 1.5  # pupils due over pupils that fit in the recording time of all team-days
RECORDING_SECONDS = 4 * 3600  # of a team-day, roughly
CARDS_SHARE = 0.18  # blanks for schools over all pupils due
WEEKDAYS: tuple[Weekday, ...] = (*MON_THU, "fri")


def office_problem(size: Size, seed: int) -> Problem:
    """A problem of the suite office."""
    rng = random.Random(f"office {size} {seed}")
    problem = office_without_promises(rng, size)
    named = problem.model_copy(update={"name": f"office {size}, seed {seed}"})
    return with_promises(rng, named)


def office_without_promises(rng: random.Random, size: Size) -> Problem:
    """An office before it has promised anything to a school."""
    days = size.working_days(HOLIDAYS)
    homes = town.base_points(size.teams)
    bases = town.bases(homes)
    points = town.school_points(rng, size.schools, homes)
    found = drafts(rng, points, town.pupil_counts(rng, size.schools))
    weekdays = _weekdays(size)
    seconds = _pace(size, found, weekdays)
    return Problem(
        name="office",
        start=START,
        end=days[-1],
        holidays=HOLIDAYS,
        bases=bases,
        schools=tuple(school(rng, draft, days, seconds) for draft in found),
        teams=tuple(
            _team(rng, n, bases[n % len(bases)], weekdays, seconds) for n in range(size.teams)
        ),
        travel=_travel(rng, bases, found),
        stock=_stock(sum(draft.pupils for draft in found), days),
        policy=Policy(floors=_floors(found)),
    )


def _weekdays(size: Size) -> int:
    """Weekdays on which each team goes out: two to five."""
    if size.days < 10:
        return 5
    return max(2, min(5, round(size.schools * 5 / (size.teams * size.days * 1.5))))


def _pace(size: Size, found: Sequence[Draft], weekdays: int) -> int:
    """Seconds for a pupil and kit at which time is as scarce as LOAD says: 3 to 15 minutes."""
    pupils = sum(draft.pupils for draft in found)
    kit_days = size.teams * size.days * weekdays / 5 * 2.5
    return max(180, min(900, 15 * round(LOAD * kit_days * RECORDING_SECONDS / pupils / 15)))


def _team(rng: random.Random, number: int, base: Base, weekdays: int, seconds: int) -> Team:
    """Two or three kits, a pace of its own, a short Friday, or a Saturday instead."""
    out = [WEEKDAYS[(number * weekdays + n) % 5] for n in range(weekdays)]
    if number % 3 == 1:
        out = [day if day != "fri" else "sat" for day in out]
    usual = tuple(day for day in out if day in MON_THU)
    end = rng.choice((870, 900, 930))
    shifts = [Shift(days=usual, start=clock_of(450), end=clock_of(end))]
    shifts += [
        Shift(days=(day,), start=clock_of(450), end=clock_of(780))
        for day in out
        if day not in MON_THU
    ]
    away = START + timedelta(days=rng.randrange(5))
    return Team(
        id=f"team-{number:02}",
        name=f"Tim {number}",
        base=base.id,
        kits=2 + number % 2,
        seconds_per_student=seconds + 15 * (number % 3),
        shifts=tuple(shifts),
        off=(Closed(start=away, end=away, reason="training"),) if number % 4 == 2 else (),
        breaks=(
            Break(days=MON_THU, minutes=45, earliest=clock_of(690), latest=clock_of(810)),
            Break(days=("fri",), minutes=75, earliest=clock_of(690), latest=clock_of(780)),
        ),
        skills=frozenset({"slb"}) if number % 2 == 0 else frozenset(),
        max_visits_per_day=3 if number % 3 == 0 else None,
        max_travel_minutes=120 if number % 3 == 2 else None,
    )


def _travel(rng: random.Random, bases: Sequence[Base], found: Sequence[Draft]) -> EstimatedTravel:
    """Estimates, and a few ways that are known to be slow in one direction."""
    slow = rng.sample(found, k=min(3, len(found)))
    return EstimatedTravel(
        overrides=tuple(
            TravelOverride(from_place=bases[0].id, to_place=draft.id, minutes=35) for draft in slow
        )
    )


def _stock(pupils: int, days: Sequence[date]) -> Stock:
    """Blanks that bind for a time: part of the schools' share comes with later deliveries."""
    counters = max(1, pupils // 100)
    schools = round(CARDS_SHARE * pupils)
    reserve = pupils // 20
    second, third = days[len(days) * 4 // 10], days[len(days) * 7 // 10]
    return Stock(
        opening=reserve + counters * len(days) + schools * 4 // 10,
        reserve=reserve,
        walk_in_per_day=counters,
        walk_in_overrides={days[-1]: 2 * counters},
        deliveries=(
            Delivery(date=second, cards=counters + schools * 3 // 10, confirmed=True),
            Delivery(date=third, cards=schools // 2, confirmed=False),
            Delivery(date=third, cards=schools * 3 // 10, confirmed=True),
        ),
    )


def _floors(found: Sequence[Draft]) -> tuple[Floor, ...]:
    """A share of the pupils of one district, and of those with disabilities."""
    floors = [Floor(by="district", value=found[0].district, percent=50)]
    if any(draft.kind == "SLB" for draft in found):
        floors.append(Floor(by="kind", value="SLB", percent=60))
    return tuple(floors)
