"""Kota Bengkulu, 1 July to 30 August 2024: build the problem, write problem.json and plan it.

README.md in this folder says which of these numbers are facts and which are assumptions.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from ektp_sched import (
    Base,
    Break,
    Closed,
    Cohort,
    Delivery,
    Floor,
    Hours,
    Location,
    Policy,
    Problem,
    Result,
    School,
    Shift,
    Stock,
    Team,
    check,
    solve,
)
from ektp_sched.domain.scalars import Weekday

HERE = Path(__file__).parent
START, END = date(2024, 7, 1), date(2024, 8, 30)
HOLIDAYS = (date(2024, 7, 7), date(2024, 8, 17))

PUPILS = {"A": 240, "B": 150, "C": 100, "D": 80, "E": 40, "F": 15, "G": 8, "H": 3}
# Share of a school's pupils, in percent, and the day from which their card can be printed.
MONTHS = (
    ("17 by June 2024", 40, None),
    ("17 in July 2024", 10, date(2024, 7, 1)),
    ("17 in August 2024", 10, date(2024, 8, 1)),
    ("17 in September 2024", 10, date(2024, 9, 1)),
    ("17 in October 2024", 10, date(2024, 10, 1)),
    ("17 in November 2024", 10, date(2024, 11, 1)),
    ("17 in December 2024", 10, date(2024, 12, 1)),
)

MON_THU: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu")


def hours(days: tuple[Weekday, ...], start: str, end: str, lesson_percent: int) -> Hours:
    """Open hours from clock times in text."""
    return Hours.model_validate(
        {"days": days, "start": start, "end": end, "lesson_percent": lesson_percent}
    )


SIX_DAYS = (
    hours(MON_THU, "07:30", "12:00", 100),
    hours(MON_THU, "12:00", "14:00", 75),
    hours(("fri",), "07:30", "11:00", 100),
    hours(("sat",), "07:30", "12:00", 50),
)
FIVE_DAYS = (*SIX_DAYS[:3], hours(MON_THU, "14:00", "15:30", 0))
MADRASAH = (
    hours(MON_THU, "07:15", "12:00", 100),
    SIX_DAYS[1],
    hours(("sat",), "07:15", "12:00", 100),
)
SPECIAL = (hours(MON_THU, "08:00", "12:00", 100), hours(("fri",), "08:00", "11:00", 100))


def weekly_hours(row: dict[str, Any]) -> tuple[Hours, ...]:
    """Hours by kind; otherwise state schools keep five days a week and private ones six."""
    if row["kind"] == "MA":
        return MADRASAH
    if row["kind"] == "SLB":
        return SPECIAL
    return FIVE_DAYS if row["status"] == "Negeri" else SIX_DAYS


def closed(row: dict[str, Any]) -> tuple[Closed, ...]:
    """Holidays and the first days of the school year; madrasah begin with three days only."""
    last = date(2024, 7, 17) if row["kind"] == "MA" else date(2024, 7, 20)
    return (
        Closed(start=START, end=date(2024, 7, 13), reason="school holidays"),
        Closed(start=date(2024, 7, 15), end=last, reason="introduction of new pupils"),
    )


def cohorts(pupils: int) -> tuple[Cohort, ...]:
    """Share pupils out by month of the 17th birthday; largest remainders, the earlier on a tie."""
    counts = [pupils * share // 100 for _, share, _ in MONTHS]
    remainders = [pupils * share % 100 for _, share, _ in MONTHS]
    by_remainder = sorted(range(len(MONTHS)), key=lambda month: -remainders[month])
    for month in by_remainder[: pupils - sum(counts)]:
        counts[month] += 1
    return tuple(
        Cohort(name=name, students=count, card_from=card_from)
        for (name, _, card_from), count in zip(MONTHS, counts, strict=True)
        if count
    )


def school(row: dict[str, Any]) -> School:
    """One school from its line in schools.json."""
    return School(
        id=row["npsn"],
        name=row["name"],
        kind=row["kind"],
        district=row["district"],
        location=Location(lon=row["lon"], lat=row["lat"]),
        cohorts=cohorts(PUPILS[row["size"]]),
        hours=weekly_hours(row),
        closed=closed(row),
        seconds_per_student=1500 if row["kind"] == "SLB" else None,
    )


def team(number: int, shifts: tuple[tuple[tuple[Weekday, ...], str, str], ...]) -> Team:
    """Team 1 or 2: alike except for the days on which they go out."""
    rests = (
        {"days": MON_THU, "minutes": 60, "earliest": "11:30", "latest": "13:30"},
        {"days": ("fri",), "minutes": 90, "earliest": "11:30", "latest": "13:00"},
    )
    return Team(
        id=f"team-{number}",
        name=f"Tim {number}",
        base="dukcapil",
        kits=2,
        seconds_per_student=300,
        shifts=tuple(
            Shift.model_validate({"days": days, "start": start, "end": end})
            for days, start, end in shifts
        ),
        breaks=tuple(Break.model_validate(rest) for rest in rests),
    )


def build() -> Problem:
    """The whole problem."""
    rows = json.loads((HERE / "schools.json").read_text(encoding="utf-8"))
    office = Location(lon=102.27, lat=-3.80)
    return Problem(
        name="Kota Bengkulu, July and August 2024",
        start=START,
        end=END,
        holidays=HOLIDAYS,
        bases=(Base(id="dukcapil", name="Dinas Dukcapil Kota Bengkulu", location=office),),
        schools=tuple(school(row) for row in rows),
        teams=(
            team(1, ((("mon", "wed"), "07:30", "15:30"), (("fri",), "07:30", "14:00"))),
            team(2, ((("tue", "thu"), "07:30", "15:30"), (("sat",), "07:30", "13:00"))),
        ),
        stock=Stock(
            opening=4000,
            reserve=300,
            walk_in_per_day=50,
            deliveries=(Delivery(date=date(2024, 8, 12), cards=2000, confirmed=False),),
        ),
        policy=Policy(floors=(Floor(by="kind", value="SLB", percent=100),)),
    )


def problem_text(problem: Problem) -> str:
    """The problem as problem.json holds it: what the defaults already say is left out."""
    return problem.model_dump_json(indent=2, exclude_defaults=True) + "\n"


def summary(problem: Problem, result: Result) -> str:
    """A few lines on the plan that was found."""
    if result.plan is None:
        return f"{result.status}: no plan"
    report = check(problem, result.plan)
    firm = [visit for visit in result.plan.visits if visit.status != "contingent"]
    due = sum(cohort.students for school in problem.schools for cohort in school.cohorts)
    return "\n".join(
        [
            f"{result.status}, {len(report.violations)} rules broken",
            f"{len(firm)} visits to {report.score.schools} of {len(problem.schools)} schools",
            f"{sum(visit.recorded for visit in firm)} of {due} pupils recorded",
            f"{report.ledger.rows[-1].closing} blanks left on {problem.end}",
        ]
    )


def main() -> None:
    """Write problem.json, plan it and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--time-limit", type=float, default=60, help="seconds for planning")
    limit = parser.parse_args().time_limit
    problem = build()
    (HERE / "problem.json").write_text(problem_text(problem), encoding="utf-8")
    print(summary(problem, solve(problem, time_limit=limit)))


if __name__ == "__main__":
    main()
