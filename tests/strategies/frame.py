"""What the parts of a random problem share: its size, dates, grid and features.

A problem that drew every restriction at once would leave nothing to plan. So each one draws a
small set of features, and only these restrict it; the set shrinks towards none.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from ektp_sched.domain.scalars import WEEKDAYS, Weekday, weekday_of

T = TypeVar("T")

FEATURES = (
    "breaks",
    "cards",
    "closed",
    "cohorts",
    "commitments",
    "extra_hours",
    "floors",
    "gaps",
    "holidays",
    "kits",
    "matrix",
    "max_travel",
    "max_visits",
    "max_visits_per_day",
    "min_students",
    "overrides",
    "percents",
    "priorities",
    "record_from",
    "school_seconds",
    "season",
    "set_up",
    "shifts",
    "skills",
    "team_off",
    "team_seconds",
    "two_bases",
    "two_teams_at_once",
    "walk_ins",
)


@dataclass(frozen=True)
class Size:
    """Upper limits of a random problem. `opens` to `closes` are usual hours, in minutes."""

    schools: int
    teams: int
    days: int
    time_steps: tuple[int, ...]
    opens: int
    closes: int
    cohorts: int
    pupils: int


@dataclass(frozen=True)
class Frame:
    """The size of a problem, its dates, its grid and the features that restrict it."""

    size: Size
    days: tuple[date, ...]
    time_step: int
    features: frozenset[str]

    def has(self, feature: str) -> bool:
        """Whether the problem shows `feature`."""
        return feature in self.features

    def maybe(
        self, feature: str, values: st.SearchStrategy[T], otherwise: T
    ) -> st.SearchStrategy[T]:
        """`values` where the problem shows `feature`, else the one that restricts nothing."""
        return values if self.has(feature) else st.just(otherwise)

    @property
    def start(self) -> date:
        return self.days[0]

    @property
    def end(self) -> date:
        return self.days[-1]

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """Weekdays of the horizon, in the order of its dates."""
        return tuple(dict.fromkeys(weekday_of(day) for day in self.days))


@st.composite
def frames(draw: st.DrawFn, size: Size) -> Frame:
    """A horizon, a grid and a handful of features."""
    monday = date(2026, 7, 20)
    start = monday + timedelta(days=draw(st.integers(0, 6)))
    days = draw(st.integers(1, size.days))
    count = draw(st.integers(0, 7))
    return Frame(
        size=size,
        days=tuple(start + timedelta(days=n) for n in range(days)),
        time_step=draw(st.sampled_from(size.time_steps)),
        features=draw(st.frozensets(st.sampled_from(FEATURES), min_size=count, max_size=count)),
    )


def clock(minute: int) -> time:
    """The clock time `minute` minutes after midnight, at most 23:59."""
    hour, rest = divmod(min(minute, 24 * 60 - 1), 60)
    return time(hour, rest)


def minutes_on(frame: Frame, first: int, last: int) -> st.SearchStrategy[int]:
    """Minutes from `first` to `last`: mostly whole grid steps after `first`, sometimes between."""
    steps = st.integers(0, (last - first) // frame.time_step)
    shifts = st.sampled_from((0, 0, 0, 10, 5, 19))
    return st.builds(lambda n, by: min(last, first + n * frame.time_step + by), steps, shifts)


def days_near(frame: Frame) -> st.SearchStrategy[date]:
    """Dates of the horizon, the one before it and the one after."""
    one = timedelta(days=1)
    return st.sampled_from((*frame.days, frame.start - one, frame.end + one))


def some_weekdays(frame: Frame) -> st.SearchStrategy[tuple[Weekday, ...]]:
    """All weekdays, or some of the horizon's."""
    few = st.lists(st.sampled_from(frame.weekdays), min_size=1, unique=True).map(tuple)
    return st.just(WEEKDAYS) | few
