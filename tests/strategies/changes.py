"""Random lists of changes to a problem and its plan; some contradict each other."""

from datetime import date, timedelta

from hypothesis import strategies as st

from ektp_sched.desk.changes import (
    Change,
    DeliveryArrived,
    DeliveryLate,
    DeliveryPartial,
    HolidayAdded,
    HolidayRemoved,
    KitsOut,
    PupilsCounted,
    SchoolAsks,
    SchoolClosed,
    TeamOff,
    VisitDone,
)
from ektp_sched.domain import Plan, Problem, School, Visit


def change_lists(problem: Problem, plan: Plan, *, most: int = 3) -> st.SearchStrategy[list[Change]]:
    """Up to `most` changes that each name what is there."""
    return st.lists(changes(problem, plan), max_size=most)


def changes(problem: Problem, plan: Plan) -> st.SearchStrategy[Change]:
    """One change of any kind that the problem and its plan have something for."""
    days = [
        problem.start + timedelta(days=n) for n in range((problem.end - problem.start).days + 1)
    ]
    schools = st.sampled_from([school.id for school in problem.schools])
    teams = st.sampled_from([team.id for team in problem.teams])
    dates = st.sampled_from(days)
    ranges = st.tuples(dates, dates).map(sorted)
    kinds: list[st.SearchStrategy[Change]] = [
        st.builds(_closed, schools, ranges),
        st.builds(lambda team, span: TeamOff(team=team, start=span[0], end=span[1]), teams, ranges),
        st.builds(SchoolAsks, school=schools, date=dates),
        st.builds(HolidayAdded, date=dates),
        st.builds(_counted, st.sampled_from(problem.schools), st.integers(0, 15)),
    ]
    if rich := [team.id for team in problem.teams if team.kits > 1]:
        kinds.append(st.builds(_kits_out, st.sampled_from(rich), ranges))
    if problem.holidays:
        kinds.append(st.builds(HolidayRemoved, date=st.sampled_from(problem.holidays)))
    if planned := [visit for visit in plan.visits if visit.status in {"proposed", "confirmed"}]:
        kinds.append(_reports(planned))
    if coming := [delivery.date for delivery in problem.stock.deliveries]:
        which = st.sampled_from(coming)
        kinds += [
            st.builds(DeliveryLate, date=which, new_date=dates),
            st.builds(DeliveryPartial, date=which, cards=st.integers(0, 10)),
            st.builds(DeliveryArrived, date=which),
        ]
    return st.one_of(kinds)


def _closed(school: str, span: list[date]) -> SchoolClosed:
    return SchoolClosed(school=school, start=span[0], end=span[1])


def _kits_out(team: str, span: list[date]) -> KitsOut:
    return KitsOut(team=team, start=span[0], end=span[1])


def _counted(school: School, students: int) -> PupilsCounted:
    return PupilsCounted(school=school.id, cohort=school.cohorts[0].name, students=students)


@st.composite
def _reports(draw: st.DrawFn, planned: list[Visit]) -> VisitDone:
    """A planned visit done, each of its pupils recorded, absent or with a card already."""
    visit = draw(st.sampled_from(planned))
    fates = ("recorded", "absent", "already", "failed", "under_16")
    counts: dict[str, dict[str, int]] = {fate: {} for fate in fates}
    for cohort, number in visit.students.items():
        for fate in draw(st.lists(st.sampled_from(fates), min_size=number, max_size=number)):
            counts[fate][cohort] = counts[fate].get(cohort, 0) + 1
    return VisitDone(
        school=visit.school, date=visit.date, team=visit.team, start=visit.start, **counts
    )
