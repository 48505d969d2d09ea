"""One office, three ways to count cards: a blank for every pupil, printed later, or none at all."""

from datetime import date, time

from ektp_sched import (
    Base,
    Cohort,
    Hours,
    Location,
    Problem,
    School,
    Shift,
    Stock,
    Team,
    check,
    solve,
)

OFFICE = Base(id="office", name="Dinas Dukcapil", location=Location(lon=102.27, lat=-3.8))
SCHOOL = School(
    id="10702408",
    name="SMA NEGERI 8 KOTA BENGKULU",
    kind="SMA",
    district="Muara Bangkahulu",
    location=Location(lon=102.2907, lat=-3.756),
    cohorts=(
        Cohort(name="already 17", students=50),
        Cohort(name="17 in September", students=30, card_from=date(2024, 9, 1)),
    ),
    hours=(Hours(days=("tue", "thu"), start=time(8), end=time(13)),),
)
SHIFT = Shift(days=("mon", "tue", "wed", "thu"), start=time(7, 30), end=time(15))
TEAM = Team(id="team-1", name="Tim 1", base="office", shifts=(SHIFT,))
ASIDE = {"opening": 120, "reserve": 50, "walk_in_per_day": 10}

for cards in ("reserve", "later", "none"):
    problem = Problem(
        name=f"Cards: {cards}",
        start=date(2024, 7, 22),
        end=date(2024, 7, 26),
        bases=(OFFICE,),
        schools=(SCHOOL,),
        teams=(TEAM,),
        stock=Stock.model_validate({**ASIDE, "cards": cards}),
    )
    plan = solve(problem, time_limit=10).plan
    if plan is not None:
        report = check(problem, plan)
        left, unprinted = report.ledger.rows[-1].closing, report.ledger.backlog
        recorded = report.score.students
        print(f"{cards:8} {recorded} recorded, {left} blanks left, {unprinted} cards not printed")
