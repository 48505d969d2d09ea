"""Schools, their hours and cohorts."""

from datetime import date
from typing import Any

import pytest

from ektp_sched.domain import Closed, ExtraHours, Hours
from tests.builders import a_cohort, a_school
from tests.unit.domain.faults import forbidden


def hours(start: str, end: str) -> Hours:
    return Hours.model_validate({"days": ["mon"], "start": start, "end": end})


def extra(start: str, end: str) -> ExtraHours:
    return ExtraHours.model_validate({"date": "2026-07-20", "start": start, "end": end})


@pytest.mark.parametrize("interval", [hours, extra])
def test_open_hours_may_last_a_minute(interval: Any) -> None:
    assert interval("08:00", "08:01").lesson_percent == 100


@pytest.mark.parametrize("interval", [hours, extra])
@pytest.mark.parametrize("end", ["08:00", "07:59"])
def test_open_hours_begin_before_they_end(interval: Any, end: str) -> None:
    with forbidden("hours_backwards", saying=f"end {end} is not after start 08:00"):
        interval("08:00", end)


def test_a_closed_range_may_be_one_day() -> None:
    assert Closed(start=date(2026, 7, 20), end=date(2026, 7, 20)).reason == ""


def test_a_closed_range_begins_before_it_ends() -> None:
    with forbidden("range_backwards", saying="ends on 2026-07-19, before it starts on 2026-07-20"):
        Closed(start=date(2026, 7, 20), end=date(2026, 7, 19))


@pytest.mark.parametrize(
    ("record_from", "card_from"),
    [(None, None), ("2026-07-01", None), (None, "2026-07-01"), ("2026-07-01", "2026-07-01")],
)
def test_a_card_comes_with_the_recording_or_later(record_from: Any, card_from: Any) -> None:
    assert a_cohort(record_from=record_from, card_from=card_from).priority == 1


def test_a_card_before_the_recording_is_refused() -> None:
    with forbidden("card_before_recording", saying="2026-06-30 is before record_from 2026-07-01"):
        a_cohort(record_from="2026-07-01", card_from="2026-06-30")


def test_a_school_may_have_no_cohorts_and_no_hours() -> None:
    school = a_school(cohorts=(), hours=())
    assert (school.cohorts, school.hours) == ((), ())


def test_the_defaults_of_a_school() -> None:
    school = a_school()
    assert (school.setup_minutes, school.teardown_minutes) == (30, 15)
    assert (school.max_visits, school.min_gap_days, school.min_students) == (3, 0, 10)
    assert (school.max_teams_per_day, school.seconds_per_student) == (1, None)


def test_a_school_names_each_cohort_once() -> None:
    assert len(a_school(cohorts=(a_cohort("X"), a_cohort("Y"))).cohorts) == 2
    with forbidden("cohort_twice", saying="cohort 'X' is named more than once"):
        a_school(cohorts=(a_cohort("X"), a_cohort("X")))


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-07-20", "2026-07-20"), ("2026-07-20", None), (None, "2026-07-20"), (None, None)],
)
def test_a_season_may_be_one_day_or_open(first: Any, last: Any) -> None:
    assert a_school(not_before=first, not_after=last).id == "S1"


def test_a_season_begins_before_it_ends() -> None:
    with forbidden("season_backwards", saying="2026-07-21 is later than not_after 2026-07-20"):
        a_school(not_before="2026-07-21", not_after="2026-07-20")


@pytest.mark.parametrize("field", ["max_teams_per_day", "seconds_per_student"])
def test_some_numbers_of_a_school_are_at_least_one(field: str) -> None:
    none: dict[str, Any] = {field: 0}
    with forbidden("greater_than_equal", at=(field,)):
        a_school(**none)
