"""Small offices whose pages are looked at."""

from ektp_sched.domain import Plan, Problem, Stock
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

# What must stay text wherever it is shown.
EVIL_SCHOOLS = (
    "<script>alert(1)</script>",
    "=1+1",
    "</script><img src=x onerror=alert(1)>",
    '" onfocus="alert(1)" x="',
)
EVIL_TEAM = "Tim <b>A</b> {{ 7 * 7 }} ${7*7}"
EVIL_DISTRICT = "'<!--<script>"


def an_office() -> Problem:
    """Two teams, three schools in two districts, two weeks, a delivery that may not come."""
    return a_problem(
        end="2024-08-16",
        schools=(
            a_school("S1", cohorts=40, district="Utara"),
            a_school("S2", cohorts=60, district="Utara"),
            a_school("S3", cohorts=30, district="Selatan"),
        ),
        teams=(a_team("A"), a_team("B")),
        stock=Stock(
            opening=500, reserve=50, deliveries=(a_delivery(FRIDAY, 200, confirmed=False),)
        ),
    )


def its_plan() -> Plan:
    """S1 is served, S2 partly, S3 only if the delivery comes."""
    return a_plan(
        a_visit("S1", "A", MONDAY, students=40, status="confirmed"),
        a_visit("S2", "A", TUESDAY, students=25),
        a_visit("S2", "B", THURSDAY, students=20),
        a_visit("S3", "B", "2024-08-14", students=30, status="contingent"),
    )


def evil_office() -> Problem:
    """Names that are markup, formulas and templates."""
    schools = (
        a_school(f"S{n}", name=name, cohorts=40, district=EVIL_DISTRICT)
        for n, name in enumerate(EVIL_SCHOOLS)
    )
    return a_problem(name=EVIL_SCHOOLS[0], schools=schools, teams=(a_team(name=EVIL_TEAM),))


def evil_plan() -> Plan:
    """A visit to each school of it."""
    days = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
    return a_plan(*(a_visit(f"S{n}", "A", day, students=30) for n, day in enumerate(days)))
