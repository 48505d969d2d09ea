"""A visit promised to a school stays as it is; where it breaks a rule, no plan exists."""

from datetime import date, time

from ektp_sched import (
    Base,
    Closed,
    Cohort,
    Hours,
    Location,
    Problem,
    School,
    Shift,
    Stock,
    Team,
    Visit,
    solve,
)

WEEK: dict[str, object] = {"days": ("mon", "tue", "wed", "thu")}
SCHOOL = School(
    id="10702412",
    name="SMA NEGERI 5 KOTA BENGKULU",
    kind="SMA",
    district="Ratu Samban",
    location=Location(lon=102.2718, lat=-3.7946),
    cohorts=(Cohort(name="already 17", students=90),),
    hours=(Hours.model_validate({**WEEK, "start": "07:30", "end": "14:00"}),),
)
PROMISE = Visit(
    school=SCHOOL.id,
    team="team-1",
    date=date(2024, 7, 24),
    start=time(9),
    end=time(11),
    students={"already 17": 40},
    status="confirmed",
)
EXAM = Closed(start=date(2024, 7, 24), end=date(2024, 7, 25), reason="exam")
SHIFT = Shift.model_validate({**WEEK, "start": "07:30", "end": "15:00"})

for school in (SCHOOL, SCHOOL.model_copy(update={"closed": (EXAM,)})):
    problem = Problem(
        name="A promise",
        start=date(2024, 7, 22),
        end=date(2024, 7, 26),
        bases=(Base(id="office", name="Dukcapil", location=Location(lon=102.27, lat=-3.8)),),
        schools=(school,),
        teams=(Team(id="team-1", name="Tim 1", base="office", shifts=(SHIFT,)),),
        stock=Stock(opening=500),
        commitments=(PROMISE,),
    )
    result = solve(problem, time_limit=10)
    visits = result.plan.visits if result.plan else ()
    print(f"{result.status}: {len(visits)} visits, promise kept: {PROMISE in visits}")
    for violation in result.violations:
        print(f"  {violation.rule} {violation.message}")
