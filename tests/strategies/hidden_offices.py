"""Teams and stock drawn around the tours and recordings of a hidden plan."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from ektp_sched.domain import Base, Break, Closed, Delivery, School, Shift, Stock, Team, Visit
from ektp_sched.domain.scalars import weekday_of
from tests.strategies.frame import clock
from tests.strategies.hidden_schools import SLACK
from tests.strategies.hidden_tours import Tour
from tests.strategies.schools import TAGS

WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")


@st.composite
def crews(draw: st.DrawFn, bases: Sequence[Base]) -> tuple[Team, ...]:
    """One or two teams without shifts or limits."""
    team = st.builds(
        Team,
        id=st.just("any"),
        name=st.just("Tim"),
        base=st.sampled_from([base.id for base in bases]),
        kits=st.integers(1, 3),
        seconds_per_student=st.sampled_from((600, 210)),
        skills=st.frozensets(st.sampled_from(TAGS)),
    )
    teams = draw(st.lists(team, min_size=1, max_size=2))
    return tuple(team.model_copy(update={"id": f"T{n}"}) for n, team in enumerate(teams))


@st.composite
def settled_team(draw: st.DrawFn, team: Team, its_tours: Sequence[Tour]) -> Team:
    """`team` with shifts, breaks and limits that allow its tours, some with no room to spare."""
    shifts, breaks, off = [], [], []
    for tour in its_tours:
        names = (weekday_of(tour.day),)
        if not tour.stays:
            off += draw(st.sampled_from(([], [Closed(start=tour.day, end=tour.day)])))
            continue
        begins, ends = tour.leaves - draw(SLACK), tour.returns + draw(SLACK)
        shifts.append(Shift(days=names, start=clock(begins), end=clock(ends)))
        if tour.rest:
            first, last = tour.rest
            earliest, latest = clock(first - draw(SLACK)), clock(last + draw(SLACK))
            minutes = last - first
            breaks.append(Break(days=names, minutes=minutes, earliest=earliest, latest=latest))
    most = max(1, *(len(tour.stays) for tour in its_tours))
    driven = max(tour.driven for tour in its_tours)
    limits = {
        "max_visits_per_day": draw(st.sampled_from((None, most, most + 1))),
        "max_travel_minutes": draw(st.sampled_from((None, driven, driven + 1))),
    }
    lists = {"shifts": tuple(shifts), "breaks": tuple(breaks), "off": tuple(off)}
    return team.model_copy(update={**limits, **lists})


def _draws(visits: Sequence[Visit], schools: Sequence[School], day: date, start: date) -> int:
    """Blank cards that the plan has drawn by the end of `day`."""
    due = {
        (school.id, cohort.name): cohort.card_from
        for school in schools
        for cohort in school.cohorts
    }
    return sum(
        count
        for visit in visits
        if visit.date >= start
        for name, count in visit.students.items()
        if max(visit.date, due[visit.school, name] or visit.date) <= day
    )


@st.composite
def stocks(
    draw: st.DrawFn,
    days: Sequence[date],
    plan: Sequence[Visit],
    schools: Sequence[School],
    holidays: set[date],
) -> Stock:
    """A stock in which each card that the plan draws is there, perhaps only just."""
    some = st.integers(0, 5)
    delivery = st.builds(Delivery, date=st.sampled_from(days), cards=some, confirmed=st.booleans())
    deliveries = draw(st.lists(delivery, max_size=2))
    usual, overrides = draw(some), draw(st.dictionaries(st.sampled_from(days), some))
    reserve, level, opening = draw(some), 0, 0
    for day in days:
        level += sum(d.cards for d in deliveries if d.confirmed and d.date == day)
        if weekday_of(day) in WORKING_DAYS and day not in holidays:
            level -= overrides.get(day, usual)
        drawn = _draws(plan, schools, day, days[0])
        if drawn:
            opening = max(opening, reserve + drawn - level)
    return Stock(
        opening=opening + draw(st.sampled_from((0, 0, 1, 10))),
        reserve=reserve,
        walk_in_per_day=usual,
        walk_in_overrides=overrides,
        deliveries=tuple(deliveries),
        cards=draw(st.sampled_from(("reserve", "reserve", "later", "none"))),
    )
