"""Schools drawn around the visits that a hidden plan makes there."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from hypothesis import strategies as st

from ektp_sched.domain import Closed, Cohort, ExtraHours, Hours, School, Visit, minute_of
from ektp_sched.domain.scalars import weekday_of
from tests.strategies.frame import clock
from tests.strategies.schools import PERCENTS

SLACK = st.sampled_from((0, 0, 5, 60))


@st.composite
def _pieces(draw: st.DrawFn, visit: Visit) -> list[tuple[int, int]]:
    """One interval around a stay, or two that touch or overlap inside it."""
    first = minute_of(visit.start) - draw(SLACK)
    last = minute_of(visit.end) + draw(SLACK)
    if not draw(st.booleans()):
        return [(first, last)]
    cut = draw(st.integers(first + 1, last - 1))
    return [(first, cut), (cut - draw(st.integers(0, cut - first - 1)), last)]


@st.composite
def _hours(
    draw: st.DrawFn, visits: Sequence[Visit]
) -> tuple[tuple[Hours, ...], tuple[ExtraHours, ...]]:
    """Weekly or extra hours that hold the stays; no two dates share a weekday."""
    weekly, extra = [], []
    percents = st.sampled_from(PERCENTS)
    for day, stays in groupby(visits, key=attrgetter("date")):
        spans = [span for stay in stays for span in draw(_pieces(stay))]
        names = (weekday_of(day),)
        if draw(st.booleans()):
            replaces = draw(st.booleans())
            weekly.append(Hours(days=names, start=clock(60), end=clock(120)))
            for first, last in spans:
                times = {"start": clock(first), "end": clock(last)}
                percent = draw(percents)
                entry = ExtraHours(date=day, **times, lesson_percent=percent, replaces=replaces)
                extra.append(entry)
            continue
        for first, last in spans:
            times = {"start": clock(first), "end": clock(last)}
            weekly.append(Hours(days=names, **times, lesson_percent=draw(percents)))
    return tuple(weekly), tuple(extra)


@st.composite
def _cohort(draw: st.DrawFn, name: str, visits: Sequence[Visit], days: Sequence[date]) -> Cohort:
    """A cohort with room for all that the visits record of it."""
    recorded = sum(visit.students.get(name, 0) for visit in visits)
    dates = [visit.date for visit in visits if name in visit.students]
    first = min(dates, default=days[-1])
    some_days = st.integers(0, 3).map(lambda n: timedelta(days=n))
    record_from = draw(st.none() | some_days.map(lambda ahead: first - ahead))
    earliest = record_from or days[0] - timedelta(days=1)
    return Cohort(
        name=name,
        students=recorded + draw(st.integers(0, 5)),
        record_from=record_from,
        card_from=draw(st.none() | some_days.map(lambda later: earliest + later)),
        priority=draw(st.sampled_from((1, 0, 2, 3))),
    )


def _least_size(cohorts: Sequence[Cohort], visits: Sequence[Visit]) -> int:
    """The largest min_students that every visit satisfies (R10)."""
    limit, before = 15, 0
    for visit in visits:
        there = sum(c.students for c in cohorts if not c.record_from or c.record_from <= visit.date)
        if visit.recorded < there - before:
            limit = min(limit, visit.recorded)
        before += visit.recorded
    return limit


@st.composite
def settled(
    draw: st.DrawFn, school: School, visits: Sequence[Visit], days: Sequence[date]
) -> School:
    """`school` with pupils, hours and limits that allow its visits, some with no room to spare."""
    ordered = sorted(visits, key=attrgetter("date", "start", "team"))
    inside = [visit for visit in ordered if visit.date >= days[0]]
    dates = [visit.date for visit in ordered]
    cohorts = tuple(draw(_cohort(cohort.name, ordered, days)) for cohort in school.cohorts)
    gaps = [(b - a).days for a, b in pairwise(dates) if a != b]
    crowd = max((dates.count(day) for day in dates), default=0)
    free = [day for day in days if day not in dates]
    closed = draw(st.lists(st.sampled_from(free), max_size=2)) if free else []
    hours, extra_hours = draw(_hours(inside))
    changes = {
        "cohorts": cohorts,
        "hours": hours,
        "extra_hours": extra_hours,
        "closed": tuple(Closed(start=day, end=day) for day in closed),
        "max_visits": len(ordered) + draw(st.integers(0, 1)),
        "min_gap_days": draw(st.integers(0, min(gaps, default=3) - 1)),
        "min_students": draw(st.integers(0, _least_size(cohorts, ordered))),
        "max_teams_per_day": max(1, crowd + draw(st.integers(0, 1))),
        "not_before": draw(st.sampled_from((None, *dates[:1]))),
        "not_after": draw(st.sampled_from((None, *dates[-1:]))),
    }
    return School.model_validate({**dict(school), **changes})
