"""The smallest problem: one school, one team, one week."""

from datetime import date, time

from ektp_sched import Base, Cohort, Hours, Location, Problem, School, Shift, Stock, Team, solve

school = School(
    id="10702416",
    name="SMA NEGERI 1 KOTA BENGKULU",
    kind="SMA",
    district="Ratu Agung",
    location=Location(lon=102.2803, lat=-3.8227),
    cohorts=(Cohort(name="already 17", students=60),),
    hours=(Hours(days=("mon", "wed"), start=time(8), end=time(12)),),
)
team = Team(
    id="team-1",
    name="Tim 1",
    base="office",
    shifts=(Shift(days=("mon", "tue", "wed", "thu"), start=time(7, 30), end=time(15)),),
)
problem = Problem(
    name="One school",
    start=date(2024, 7, 22),
    end=date(2024, 7, 26),
    bases=(Base(id="office", name="Dinas Dukcapil", location=Location(lon=102.27, lat=-3.8)),),
    schools=(school,),
    teams=(team,),
    stock=Stock(opening=50),
)

result = solve(problem, time_limit=10)
print(result.status)
for visit in result.plan.visits if result.plan else ():
    clock = f"{visit.start:%H:%M} to {visit.end:%H:%M}"
    print(f"{visit.date:%A %d %B}, {clock}: {visit.recorded} of 60 pupils, for 50 blanks")
