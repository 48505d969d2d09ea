"""Problems that are feasible by construction: a plan is drawn first, then a problem around it."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from ektp_sched.domain import Base, Cohort, Plan, Problem, School, Team, Travel, Visit, VisitStatus
from tests.strategies.frame import Frame, Size, clock
from tests.strategies.hidden_offices import crews, settled_team, stocks
from tests.strategies.hidden_schools import settled
from tests.strategies.hidden_tours import Ground, Tour, recordings, tours
from tests.strategies.offices import bases, policies, ways
from tests.strategies.schools import TAGS, locations

SIZE = Size(
    schools=4, teams=2, days=4, time_steps=(60, 30, 20), opens=480, closes=720, cohorts=2, pupils=12
)
FEATURES = ("floors", "matrix", "overrides", "two_bases")
STATUSES: tuple[VisitStatus, ...] = ("proposed", "proposed", "confirmed")


@st.composite
def _frames(draw: st.DrawFn) -> Frame:
    start = date(2026, 7, 20) + timedelta(days=draw(st.integers(0, 6)))
    count = draw(st.integers(1, SIZE.days))
    return Frame(
        size=SIZE,
        days=tuple(start + timedelta(days=n) for n in range(count)),
        time_step=draw(st.sampled_from(SIZE.time_steps)),
        features=draw(st.frozensets(st.sampled_from(FEATURES))),
    )


@st.composite
def _bare_schools(draw: st.DrawFn, frame: Frame) -> list[School]:
    """Schools without pupils or hours; set-up and pack-up leave ten minutes of any stay."""
    schools = []
    for number in range(draw(st.integers(1, SIZE.schools))):
        setup = draw(st.integers(0, frame.time_step - 10))
        names = "XY"[: draw(st.integers(1, 2))]
        school = School(
            id=f"S{number}",
            name="SMA",
            kind=draw(st.sampled_from(("SMA", "SMK"))),
            district="Utara",
            location=draw(locations()),
            cohorts=tuple(Cohort(name=name, students=0) for name in names),
            setup_minutes=setup,
            teardown_minutes=draw(st.integers(0, frame.time_step - 10 - setup)),
            seconds_per_student=draw(st.sampled_from((None, 61, 600))),
            needs=draw(st.frozensets(st.sampled_from(TAGS), max_size=1)),
        )
        schools.append(school)
    return schools


@st.composite
def _tours(
    draw: st.DrawFn,
    frame: Frame,
    homes: Sequence[Base],
    teams: Sequence[Team],
    schools: Sequence[School],
) -> tuple[Travel, list[Tour]]:
    """Ways between all places, and a tour for each team and date."""
    sites = {base.id: base.location for base in homes} | {s.id: s.location for s in schools}
    ground = Ground(sites, draw(ways(frame, list(sites))), frame.time_step)
    days = []
    for team in teams:
        fit = [school for school in schools if school.needs <= team.skills]
        days += [draw(tours(team, day, fit, ground)) for day in frame.days]
    return ground.travel, days


@st.composite
def _history(
    draw: st.DrawFn, schools: Sequence[School], teams: Sequence[Team], start: date
) -> list[Visit]:
    """Visits done in the days before the horizon, at most one at each school."""
    visits = []
    for school in schools:
        if draw(st.integers(0, 4)) == 4:
            visit = Visit(
                school=school.id,
                team=draw(st.sampled_from(teams)).id,
                date=start - timedelta(days=draw(st.integers(1, 3))),
                start=clock(480),
                end=clock(540),
                students={school.cohorts[0].name: draw(st.integers(1, 6))},
                status="done",
            )
            visits.append(visit)
    return visits


@st.composite
def _visits(
    draw: st.DrawFn,
    made: Sequence[Tour],
    schools: Sequence[School],
    teams: Sequence[Team],
    start: date,
) -> tuple[Visit, ...]:
    """The visits of all tours, some promised or done, and those done before `start`."""
    visits = draw(_history(schools, teams, start))
    for tour in made:
        # Without a done visit the way between its neighbours may be longer: all of a tour or none.
        done = draw(st.integers(0, 5)) == 5
        for visit in draw(recordings(tour)):
            status = "done" if done else draw(st.sampled_from(STATUSES))
            visits.append(visit.model_copy(update={"status": status}))
    return tuple(visits)


@st.composite
def planned_problems(draw: st.DrawFn) -> tuple[Problem, Plan]:
    """A problem and a plan of it that breaks no rule."""
    frame = draw(_frames())
    homes = draw(bases(frame))
    bare, teams = draw(_bare_schools(frame)), draw(crews(homes))
    travel, made = draw(_tours(frame, homes, teams, bare))
    visits = draw(_visits(made, bare, teams, frame.start))
    schools = tuple(
        draw(settled(school, [v for v in visits if v.school == school.id], frame.days))
        for school in bare
    )
    idle = sorted(set(frame.days) - {visit.date for visit in visits})
    holidays = draw(st.sets(st.sampled_from(idle))) if idle else set()
    problem = Problem(
        name="planned",
        start=frame.start,
        end=frame.end,
        time_step=frame.time_step,
        holidays=tuple(sorted(holidays)),
        bases=homes,
        schools=schools,
        teams=tuple(
            draw(settled_team(team, [tour for tour in made if tour.team is team])) for team in teams
        ),
        travel=travel,
        stock=draw(stocks(frame.days, visits, schools, holidays)),
        policy=draw(policies(frame, schools)),
        commitments=tuple(v for v in visits if v.status in ("confirmed", "done")),
    )
    return problem, Plan(visits=tuple(draw(st.permutations(visits))))
