"""Random bases, teams, ways, stock and policies."""

from collections.abc import Sequence

from hypothesis import strategies as st

from ektp_sched.domain import (
    MAXIMISED,
    TERMS,
    Base,
    Break,
    Delivery,
    EstimatedTravel,
    Floor,
    MatrixTravel,
    Policy,
    School,
    Shift,
    Stock,
    Team,
    Travel,
    TravelOverride,
    WeightedTerm,
)
from ektp_sched.domain.scalars import WEEKDAYS
from tests.strategies.frame import Frame, clock, days_near, minutes_on, some_weekdays
from tests.strategies.schools import TAGS, closed_ranges, locations

MINUTES = (0, 20, 10, 25, 60, 90)


@st.composite
def bases(draw: st.DrawFn, frame: Frame) -> tuple[Base, ...]:
    """One base, or two."""
    count = 2 if frame.has("two_bases") else 1
    return tuple(Base(id=f"B{n}", name="Dinas", location=draw(locations())) for n in range(count))


@st.composite
def _shifts(draw: st.DrawFn, frame: Frame) -> tuple[Shift, ...]:
    """A long shift every day, or on each weekday of the horizon a shorter one or none."""
    opens, closes = frame.size.opens, frame.size.closes
    if not frame.has("shifts"):
        return (Shift(days=WEEKDAYS, start=clock(opens - 60), end=clock(closes + 60)),)
    shifts = []
    for weekday in frame.weekdays:
        if draw(st.integers(0, 3)) == 3:
            continue
        first = draw(minutes_on(frame, opens - 60, closes - 2 * frame.time_step))
        last = draw(minutes_on(frame, first + 2 * frame.time_step, closes + 60))
        shifts.append(Shift(days=(weekday,), start=clock(first), end=clock(last)))
    return tuple(shifts)


@st.composite
def _breaks(draw: st.DrawFn, frame: Frame) -> tuple[Break, ...]:
    """A break on some weekdays, with no room to move or with some."""
    minutes = draw(st.sampled_from((30, 20, 60, 90)))
    earliest = draw(minutes_on(frame, frame.size.opens - 60, frame.size.closes))
    latest = earliest + minutes + draw(st.sampled_from((0, 10, 60)))
    days = draw(some_weekdays(frame))
    return (Break(days=days, minutes=minutes, earliest=clock(earliest), latest=clock(latest)),)


@st.composite
def teams(draw: st.DrawFn, frame: Frame, bases: Sequence[Base]) -> Team:
    """A team under any id; the problem names its teams."""
    return Team(
        id="any",
        name="Tim",
        base=draw(st.sampled_from([base.id for base in bases])),
        kits=draw(frame.maybe("kits", st.integers(1, 3), 1)),
        seconds_per_student=draw(
            frame.maybe("team_seconds", st.sampled_from((600, 610, 1200, 1500)), 600)
        ),
        shifts=draw(_shifts(frame)),
        off=draw(frame.maybe("team_off", st.just(()) | closed_ranges(frame), ())),
        breaks=draw(frame.maybe("breaks", st.just(()) | _breaks(frame), ())),
        skills=draw(frame.maybe("skills", st.frozensets(st.sampled_from(TAGS)), frozenset())),
        max_visits_per_day=draw(
            frame.maybe("max_visits_per_day", st.none() | st.integers(1, 2), None)
        ),
        max_travel_minutes=draw(frame.maybe("max_travel", st.none() | st.integers(0, 120), None)),
    )


@st.composite
def ways(draw: st.DrawFn, frame: Frame, places: Sequence[str]) -> Travel:
    """Estimated travel or a matrix that is neither symmetric nor a metric, with overrides."""
    overrides: tuple[TravelOverride, ...] = ()
    if frame.has("overrides"):
        ends = st.sampled_from(places)
        pairs = draw(st.lists(st.tuples(ends, ends), max_size=2, unique=True))
        minutes = st.sampled_from(MINUTES)
        overrides = tuple(
            TravelOverride(from_place=a, to_place=b, minutes=draw(minutes)) for a, b in pairs
        )
    if not frame.has("matrix"):
        speed = draw(st.sampled_from((60.0, 25.0)))
        fixed = draw(st.sampled_from((0.0, 5.0, 2.5)))
        return EstimatedTravel(speed_kmh=speed, fixed_minutes=fixed, overrides=overrides)
    size = len(places)
    row = st.lists(st.sampled_from(MINUTES), min_size=size, max_size=size).map(tuple)
    rows = draw(st.lists(row, min_size=size, max_size=size))
    return MatrixTravel(places=tuple(places), minutes=tuple(rows), overrides=overrides)


@st.composite
def stocks(draw: st.DrawFn, frame: Frame) -> Stock:
    """More cards than pupils, or few of them with counters and deliveries."""
    if not (frame.has("cards") or frame.has("walk_ins")):
        return Stock(opening=1_000)
    some = st.integers(0, frame.size.pupils)
    delivery = st.builds(Delivery, date=days_near(frame), cards=some, confirmed=st.booleans())
    walk_ins = frame.has("walk_ins")
    return Stock(
        opening=draw(st.integers(0, 2 * frame.size.pupils)),
        reserve=draw(st.integers(0, 3)),
        walk_in_per_day=draw(st.integers(0, 3)) if walk_ins else 0,
        walk_in_overrides=draw(st.dictionaries(days_near(frame), some, max_size=2))
        if walk_ins
        else {},
        deliveries=tuple(draw(st.lists(delivery, max_size=2))),
        cards=draw(st.sampled_from(("reserve", "reserve", "later", "none"))),
    )


@st.composite
def _tiers(draw: st.DrawFn) -> tuple[tuple[WeightedTerm, ...], ...]:
    """Up to four terms, each in a tier of its own or in that of the term before."""
    tiers: list[list[WeightedTerm]] = []
    for term in draw(st.lists(st.sampled_from(TERMS), min_size=1, max_size=4, unique=True)):
        item = WeightedTerm(term=term, weight=draw(st.sampled_from((1, 2, 3, 100))))
        together = draw(st.booleans())
        if tiers and together:
            tiers[-1].append(item)
        else:
            tiers.append([item])
    return tuple(map(tuple, tiers))


@st.composite
def _fruitful_tiers(draw: st.DrawFn) -> tuple[tuple[WeightedTerm, ...], ...]:
    """Tiers that open with a term that visits improve; else doing nothing is often best."""
    tiers = draw(_tiers())
    first = draw(st.sampled_from((None, *sorted(MAXIMISED), "shortfall")))
    if first is None or any(item.term == first for tier in tiers for item in tier):
        return tiers
    return ((WeightedTerm(term=first),), *tiers)


@st.composite
def policies(draw: st.DrawFn, frame: Frame, schools: Sequence[School]) -> Policy:
    """Any terms in any tiers, with floors for groups that some school belongs to."""
    floors: tuple[Floor, ...] = ()
    if frame.has("floors") and schools:
        groups = sorted({(by, getattr(s, by)) for s in schools for by in ("district", "kind")})
        chosen = draw(st.lists(st.sampled_from(groups), min_size=1, max_size=3, unique=True))
        percents = st.sampled_from((100, 50, 33, 0))
        floors = tuple(Floor(by=by, value=value, percent=draw(percents)) for by, value in chosen)
    minutes = draw(st.sampled_from((15, 1, 0)))
    tiers = draw(_fruitful_tiers())
    return Policy(tiers=tiers, minutes_away_per_student=minutes, floors=floors)
