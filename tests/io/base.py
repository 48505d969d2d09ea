"""A small problem that uses every part of the format, and a plan for it, as raw JSON values."""

import json
from typing import Any

from ektp_sched.domain import Closed, Delivery, ExtraHours, Floor, Policy, Problem, Stock
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_school,
    a_visit,
    some_hours,
)

Json = Any


def full_problem() -> Problem:
    schools = (
        a_school("S1", needs=["wheelchair"], not_before=MONDAY, not_after=FRIDAY),
        a_school(
            "S2",
            cohorts=(a_cohort("XI", 20, record_from=TUESDAY), a_cohort("XII", 60)),
            hours=(some_hours("07:00", "12:00"), some_hours("12:00", "15:00", lesson_percent=0)),
            extra_hours=(ExtraHours(date=FRIDAY, start="13:00", end="16:00", replaces=True),),
            closed=(Closed(start=WEDNESDAY, end=WEDNESDAY, reason="exam"),),
        ),
    )
    team = {"id": "A", "name": "Team A", "base": "B", "skills": ["wheelchair"]}
    shift = {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "07:00", "end": "16:00"}
    rest = {"days": ["mon"], "minutes": 30, "earliest": "11:30", "latest": "13:00"}
    return a_problem(
        name="Kota Contoh",
        schools=schools,
        teams=({**team, "shifts": [shift], "breaks": [rest], "max_travel_minutes": 120},),
        stock=Stock(
            opening=300,
            reserve=20,
            walk_in_per_day=5,
            walk_in_overrides={FRIDAY: 2},
            deliveries=(Delivery(date=THURSDAY, cards=50, confirmed=True),),
        ),
        policy=Policy(floors=(Floor(by="kind", value="SMA", percent=50),)),
        commitments=(a_visit("S1", status="confirmed"),),
    )


def raw_problem() -> Json:
    return json.loads(full_problem().model_dump_json())


def raw_plan() -> Json:
    visits = (a_visit("S1", status="confirmed"), a_visit("S2", date=TUESDAY))
    return json.loads(a_plan(*visits).model_dump_json())
