"""Schools of the suite office: kinds, cohorts by month, hours, closures."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.generate import town
from benchmarks.generate.size import START
from ektp_sched.domain import Closed, Cohort, ExtraHours, Hours, School, Weekday
from ektp_sched.domain.scalars import clock_of

KINDS = ("SMA", "SMA", "SMA", "SMK", "SMK", "SMK", "MA", "MA", "MA", "SLB")
MON_THU: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu")

# Days, first and last minute, share of lessons in percent.
Row = tuple[tuple[Weekday, ...], int, int, int]
FIVE_DAYS: tuple[Row, ...] = (
    (MON_THU, 450, 720, 100),
    (MON_THU, 720, 840, 75),
    (MON_THU, 840, 930, 0),
    (("fri",), 450, 660, 100),
)
SIX_DAYS: tuple[Row, ...] = (
    (MON_THU, 450, 720, 100),
    (MON_THU, 720, 810, 75),
    (("fri",), 450, 660, 100),
    (("sat",), 450, 720, 50),
)
MADRASAH: tuple[Row, ...] = ((MON_THU, 435, 720, 100), SIX_DAYS[1], (("sat",), 435, 720, 100))
SPECIAL: tuple[Row, ...] = ((MON_THU, 480, 720, 100), (("fri",), 480, 660, 100))

# Share of a school's pupils in percent and months from the start to their 16th and 17th birthday.
MONTHS = (
    ("17 already", 40, None, None),
    ("17 next month", 10, None, 1),
    ("17 in 2 months", 10, None, 2),
    ("17 in 4 months", 20, None, 4),
    ("16 next month", 10, 1, 13),
    ("16 in 3 months", 10, 3, 15),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is drawn for a school before its pace is known."""

    number: int
    point: town.Point
    pupils: int
    kind: str

    @property
    def id(self) -> str:
        """In the manner of an NPSN."""
        return f"1070{self.number:04}"

    @property
    def district(self) -> str:
        """One of five, whatever the place."""
        return f"Kecamatan {1 + self.number % 5}"


def drafts(rng: random.Random, points: Sequence[town.Point], pupils: Sequence[int]) -> list[Draft]:
    """Kinds and sizes; schools for pupils with disabilities are small."""
    found = []
    for number, (point, count) in enumerate(zip(points, pupils, strict=True)):
        kind = rng.choice(KINDS)
        found.append(Draft(number, point, max(3, count // 5) if kind == "SLB" else count, kind))
    return found


def school(rng: random.Random, draft: Draft, days: Sequence[date], seconds: int) -> School:
    """One school; `seconds` is the usual pace of a pupil and kit."""
    special = draft.kind == "SLB"
    return School(
        id=draft.id,
        name=f"{draft.kind} {draft.number}",
        kind=draft.kind,
        district=draft.district,
        location=town.location(draft.point),
        cohorts=_cohorts(draft.pupils),
        hours=_hours(rng, draft.kind),
        extra_hours=_extra_hours(rng, days),
        closed=_closed(rng, days),
        setup_minutes=rng.choice((20, 30, 30, 45)),
        teardown_minutes=rng.choice((15, 15, 20)),
        seconds_per_student=min(1500, 4 * seconds) if special else None,
        max_visits=rng.choice((2, 3, 3)),
        min_gap_days=rng.choice((0, 0, 2, 6)),
        min_students=10,
        max_teams_per_day=2 if draft.pupils > 150 else 1,
        needs=frozenset({"slb"}) if special else frozenset(),
        not_before=days[len(days) // 4] if rng.random() < 0.05 else None,
        not_after=days[3 * len(days) // 4] if rng.random() < 0.05 else None,
    )


def _month_after(months: int | None) -> date | None:
    if months is None:
        return None
    year, month = divmod(START.month - 1 + months, 12)
    return date(START.year + year, month + 1, 1)


def _cohorts(pupils: int) -> tuple[Cohort, ...]:
    counts = town.shares(pupils, [share for _, share, _, _ in MONTHS])
    return tuple(
        Cohort(
            name=name,
            students=count,
            record_from=_month_after(sixteen),
            card_from=_month_after(seventeen),
        )
        for (name, _, sixteen, seventeen), count in zip(MONTHS, counts, strict=True)
        if count
    )


def _hours(rng: random.Random, kind: str) -> tuple[Hours, ...]:
    """By kind; other schools keep five days a week or six, and some begin later."""
    rows = {"MA": MADRASAH, "SLB": SPECIAL}.get(kind) or rng.choice((FIVE_DAYS, SIX_DAYS))
    later = rng.choice((0, 0, 15, 30))
    return tuple(
        Hours(days=days, start=clock_of(start + later), end=clock_of(end), lesson_percent=percent)
        for days, start, end, percent in rows
    )


def _extra_hours(rng: random.Random, days: Sequence[date]) -> tuple[ExtraHours, ...]:
    """One school in ten has a day of its own: a sports day, or a morning only."""
    if rng.random() >= 0.1:
        return ()
    whole = rng.random() < 0.5
    return (
        ExtraHours(
            date=rng.choice(days),
            start=clock_of(450),
            end=clock_of(900 if whole else 600),
            lesson_percent=0 if whole else 100,
            replaces=True,
        ),
    )


def _closed(rng: random.Random, days: Sequence[date]) -> tuple[Closed, ...]:
    """Late first days of the school year (MPLS), and a week of exams where the horizon is long."""
    closed = []
    if rng.random() < 0.2:
        last = days[min(rng.choice((1, 2, 4)), len(days) - 1)]
        closed.append(Closed(start=START, end=last, reason="MPLS"))
    if rng.random() < 0.5 and len(days) >= 15:
        first = rng.choice(days[5:-5])
        closed.append(Closed(start=first, end=first + timedelta(days=5), reason="exams"))
    return tuple(closed)
