"""The suite core: what peers can state too.

One visit a school, whole schools or nothing, no stock, pupils only; time is scarce. All times lie
on a grid of five minutes, so that a solver that knows no grid is at no disadvantage.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.generate import town
from benchmarks.generate.size import START, Size
from ektp_sched.domain import (
    Cohort,
    Hours,
    MatrixTravel,
    Policy,
    Problem,
    School,
    Shift,
    Stock,
    Team,
    Weekday,
    WeightedTerm,
    minute_of,
    weekday_of,
)
from ektp_sched.domain.scalars import clock_of

STEP = 5
WORKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
LOAD = 1.6  # all schools' work over all team time
SCHOOLS_A_DAY = 4  # that a team-day would have to serve
SHORTEST_WINDOW = 120  # minutes for a visit that every school offers on some day
DRIVE_MINUTES = 15  # a drive's share of the work at a school, roughly

# Open hours by kind of school, in minutes after midnight, Monday to Thursday; Fridays are short.
MORNING, LONG, LATE_MORNING, AFTERNOON = (450, 720), (450, 870), (540, 810), (660, 930)
PATTERNS = (MORNING, MORNING, LONG, LATE_MORNING, AFTERNOON)
FRIDAYS = ((450, 660), (480, 690), (450, 690))
SHIFT_ENDS = (780, 840, 900, 930)
SHIFT_START, FRIDAY_END = 450, 750

Windows = dict[Weekday, tuple[int, int]]


def core_problem(size: Size, seed: int) -> Problem:
    """A problem of the suite core."""
    rng = random.Random(f"core {size} {seed}")
    homes = town.base_points(size.teams)
    points = town.school_points(rng, size.schools, homes)
    minutes = town.minutes_between([*homes, *points], STEP)
    shifts = _shifts(rng, size)
    drafts = _drafts(rng, size, shifts, [min(row[: len(homes)]) for row in minutes[len(homes) :]])
    kits = 2 if size.schools <= 100 else 3
    seconds = _pace(size, shifts, drafts, kits)
    bases = town.bases(homes)
    pace = Fraction(seconds, kits)
    schools = tuple(
        draft.school(n, point, pace)
        for n, (draft, point) in enumerate(zip(drafts, points, strict=True))
    )
    return Problem(
        name=f"core {size}, seed {seed}",
        start=START,
        end=size.working_days()[-1],
        time_step=STEP,
        bases=bases,
        schools=schools,
        teams=tuple(
            Team(
                id=f"team-{n:02}",
                name=f"Tim {n}",
                base=bases[n % len(bases)].id,
                kits=kits,
                seconds_per_student=seconds,
                shifts=week,
            )
            for n, week in enumerate(shifts)
        ),
        travel=MatrixTravel(
            places=(*(base.id for base in bases), *(school.id for school in schools)),
            minutes=tuple(map(tuple, minutes)),
        ),
        stock=Stock(opening=0, cards="none"),
        policy=Policy(tiers=((WeightedTerm(term="students"),),)),
    )


def _shifts(rng: random.Random, size: Size) -> list[tuple[Shift, ...]]:
    """Weekly shifts of each team: five to eight hours on two to five weekdays."""
    wanted = size.schools * 5 / (size.teams * size.days * SCHOOLS_A_DAY)
    count = max(2, min(5, round(wanted))) if size.days >= 5 else 5
    weeks = []
    for team in range(size.teams):
        end = rng.choice(SHIFT_ENDS)
        days = [WORKDAYS[(team * count + n) % 5] for n in range(count)]
        ends = [FRIDAY_END if day == "fri" else end for day in days]
        start = clock_of(SHIFT_START)
        shifts = zip(days, ends, strict=True)
        weeks.append(tuple(Shift(days=(d,), start=start, end=clock_of(e)) for d, e in shifts))
    return weeks


@dataclass(frozen=True, slots=True)
class _Draft:
    """A school before the pace is known, which says how many of its pupils fit in one visit."""

    pupils: int
    windows: Windows
    setup: int
    teardown: int
    longest: int  # minutes that the longest possible stay takes

    def fitting(self, pace: Fraction) -> int:
        """Pupils that fit in a visit at `pace` seconds each."""
        room = (self.longest - self.setup - self.teardown) * 60
        return min(self.pupils, math.floor(room / pace))

    def stay(self, pace: Fraction) -> int:
        """Minutes that the visit takes."""
        minutes = self.setup + self.teardown + self.fitting(pace) * pace / 60
        return STEP * math.ceil(minutes / STEP)

    def school(self, number: int, point: town.Point, pace: Fraction) -> School:
        """The school itself: all its pupils in one visit, or no visit."""
        pupils = self.fitting(pace)
        return School(
            id=f"S{number:04}",
            name=f"SMA {number}",
            kind="SMA",
            district="Kota",
            location=town.location(point),
            cohorts=(Cohort(name="all", students=pupils),),
            hours=tuple(
                Hours(days=(day,), start=clock_of(start), end=clock_of(end))
                for day, (start, end) in self.windows.items()
            ),
            setup_minutes=self.setup,
            teardown_minutes=self.teardown,
            max_visits=1,
            min_students=pupils,
        )


def _drafts(
    rng: random.Random, size: Size, shifts: Sequence[tuple[Shift, ...]], ways: Sequence[int]
) -> list[_Draft]:
    """Schools with hours that leave room for a visit on some day; `ways` lead to the base."""
    latest: dict[Weekday, int] = {}
    for shift in (shift for week in shifts for shift in week):
        latest[shift.days[0]] = max(latest.get(shift.days[0], 0), minute_of(shift.end))
    drafts = []
    for pupils, way in zip(town.pupil_counts(rng, size.schools), ways, strict=True):
        setup, teardown = rng.choice((20, 25, 30, 35)), rng.choice((10, 15, 20))
        longest = 0
        while longest < SHORTEST_WINDOW:
            windows = _windows(rng)
            longest = _longest_stay(windows, latest, way)
        drafts.append(_Draft(pupils, windows, setup, teardown, longest))
    return drafts


def _longest_stay(windows: Windows, latest: dict[Weekday, int], way: int) -> int:
    """Minutes between the earliest arrival and the latest departure on the best weekday."""
    stays = (
        min(closes, latest[day] - way) - max(opens, SHIFT_START + way)
        for day, (opens, closes) in windows.items()
        if day in latest
    )
    return max(stays, default=0)


def _windows(rng: random.Random) -> Windows:
    """A school's usual hours, other hours or none on some weekdays, and a short Friday or none."""
    usual = rng.choice(PATTERNS)
    windows: Windows = {}
    for day in WORKDAYS[:4]:
        kind = rng.random()
        if kind < 0.75:
            windows[day] = usual if kind < 0.5 else rng.choice(PATTERNS)
    if rng.random() < 0.7:
        windows["fri"] = rng.choice(FRIDAYS)
    return windows


def _pace(size: Size, shifts: Sequence[tuple[Shift, ...]], drafts: list[_Draft], kits: int) -> int:
    """Seconds for a pupil and kit at which time is as scarce as LOAD says: 3 to 25 minutes."""
    days = [weekday_of(day) for day in size.working_days()]
    time = sum(
        (minute_of(shift.end) - minute_of(shift.start)) * days.count(shift.days[0])
        for week in shifts
        for shift in week
    )
    for seconds in range(180, 1500, 15):
        pace = Fraction(seconds, kits)
        if sum(draft.stay(pace) + DRIVE_MINUTES for draft in drafts) >= LOAD * time:
            return seconds
    return 1500
