"""Random schools: who is due there, and when they are open."""

from datetime import date

from hypothesis import strategies as st

from ektp_sched.domain import Closed, Cohort, ExtraHours, Hours, Location, School
from ektp_sched.domain.scalars import WEEKDAYS
from tests.strategies.frame import Frame, clock, days_near, minutes_on, some_weekdays

TAGS = ("ramp", "sign")
PERCENTS = (100, 0, 50, 99)


def locations() -> st.SearchStrategy[Location]:
    """Points some kilometres apart on a coarse grid, so that some coincide."""
    steps = st.integers(0, 3)
    return st.builds(lambda x, y: Location(lon=102.25 + x / 50, lat=-3.8 + y / 50), steps, steps)


@st.composite
def closed_ranges(draw: st.DrawFn, frame: Frame) -> tuple[Closed, ...]:
    """One or two ranges of dates that may reach past the horizon."""
    pairs = st.lists(st.tuples(days_near(frame), days_near(frame)), min_size=1, max_size=2)
    return tuple(Closed(start=min(pair), end=max(pair)) for pair in draw(pairs))


@st.composite
def _spans(draw: st.DrawFn, frame: Frame) -> tuple[int, int]:
    """First and last minute of an open interval."""
    step = frame.time_step
    first = draw(minutes_on(frame, frame.size.opens, frame.size.closes - step))
    last = draw(minutes_on(frame, first + step, frame.size.closes + step))
    return first, last


@st.composite
def _weekly(draw: st.DrawFn, frame: Frame) -> tuple[Hours, ...]:
    """One entry for the whole day, or several that touch, overlap or leave gaps."""
    opens, closes = frame.size.opens, frame.size.closes
    if not frame.has("percents"):
        return (Hours(days=WEEKDAYS, start=clock(opens), end=clock(closes)),)
    entries: list[Hours] = []
    for _ in range(draw(st.integers(1, 3))):
        first, last = draw(_spans(frame))
        early = draw(st.booleans())
        if entries and early:
            first = opens  # nested in or reaching into the others
        days, percent = draw(some_weekdays(frame)), draw(st.sampled_from(PERCENTS))
        hours = Hours(days=days, start=clock(first), end=clock(last), lesson_percent=percent)
        entries.append(hours)
    return tuple(entries)


@st.composite
def _extra(draw: st.DrawFn, frame: Frame) -> tuple[ExtraHours, ...]:
    """Extra hours on one or two dates, some of which stand for the weekly ones."""
    entries = []
    for _ in range(draw(st.integers(1, 2))):
        first, last = draw(_spans(frame))
        entry = ExtraHours(
            date=draw(days_near(frame)),
            start=clock(first),
            end=clock(last),
            lesson_percent=draw(st.sampled_from(PERCENTS)),
            replaces=draw(st.booleans()),
        )
        entries.append(entry)
    return tuple(entries)


@st.composite
def _cohort(draw: st.DrawFn, frame: Frame) -> Cohort:
    """Pupils under any name; the school names its cohorts."""
    record_from: date | None = None
    card_from: date | None = None
    if frame.has("record_from"):
        record_from = draw(st.none() | days_near(frame))
    if frame.has("cards"):
        card_from = draw(st.none() | days_near(frame))
    if record_from and card_from:
        record_from, card_from = sorted((record_from, card_from))
    return Cohort(
        name="any",
        students=draw(st.integers(1, frame.size.pupils) | st.sampled_from((1, 2, 0))),
        record_from=record_from,
        card_from=card_from,
        priority=draw(st.sampled_from((1, 0, 2, 3))) if frame.has("priorities") else 1,
    )


@st.composite
def schools(draw: st.DrawFn, frame: Frame) -> School:
    """A school under any id; the problem names its schools."""
    most = frame.size.cohorts if frame.has("cohorts") else 1
    cohorts = draw(st.lists(_cohort(frame), min_size=1, max_size=most))
    season = draw(
        frame.maybe("season", st.tuples(*[st.none() | days_near(frame)] * 2), (None, None))
    )
    if season[0] and season[1]:
        season = (min(season), max(season))
    return School(
        id="any",
        name="SMA",
        kind=draw(st.sampled_from(("SMA", "SMK"))) if frame.has("floors") else "SMA",
        district=draw(st.sampled_from(("Utara", "Selatan"))) if frame.has("floors") else "Utara",
        location=draw(locations()),
        cohorts=tuple(c.model_copy(update={"name": "XYZ"[n]}) for n, c in enumerate(cohorts)),
        hours=draw(_weekly(frame)),
        extra_hours=draw(frame.maybe("extra_hours", _extra(frame), ())),
        closed=draw(frame.maybe("closed", st.just(()) | closed_ranges(frame), ())),
        setup_minutes=draw(frame.maybe("set_up", st.sampled_from((0, 10, 30, 75)), 0)),
        teardown_minutes=draw(frame.maybe("set_up", st.sampled_from((0, 15, 30)), 0)),
        seconds_per_student=draw(
            frame.maybe("school_seconds", st.sampled_from((None, 610, 1200)), None)
        ),
        max_visits=draw(frame.maybe("max_visits", st.integers(0, 2), 3)),
        min_gap_days=draw(frame.maybe("gaps", st.integers(0, 2), 0)),
        min_students=draw(frame.maybe("min_students", st.integers(0, frame.size.pupils + 1), 1)),
        max_teams_per_day=draw(frame.maybe("two_teams_at_once", st.integers(1, 2), 1)),
        needs=draw(frame.maybe("skills", st.frozensets(st.sampled_from(TAGS)), frozenset())),
        not_before=season[0],
        not_after=season[1],
    )
