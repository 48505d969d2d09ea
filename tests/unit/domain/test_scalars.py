"""Clock times, dates, texts, weekdays, tags and counts: what is read and what is refused."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ektp_sched.domain import minute_of, weekday_of
from ektp_sched.domain.scalars import (
    AtLeastOne,
    Clock,
    Count,
    Day,
    Minutes,
    Percent,
    Pupils,
    Seconds,
    Small,
    Tags,
    Text,
    Weekdays,
    clock_of,
    repetition,
)
from tests.unit.domain.faults import forbidden


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("07:05", time(7, 5)),
        (time(9, 30), time(9, 30)),
    ],
)
def test_a_clock_time_is_hours_and_minutes(written: object, clock: time) -> None:
    assert read(Clock, written) == clock


@pytest.mark.parametrize(
    "written",
    [
        "24:00",
        "7:05",
        "07:60",
        "07.05",
        "07:05:00",
        " 07:05",
        "07:05\n",
        "٠٧:٠٥",
        705,
        7.05,
        None,
        time(7, 5, 1),
        time(7, 5, 0, 1),
        time(7, 5, tzinfo=UTC),
    ],
)
def test_anything_else_is_no_clock_time(written: object) -> None:
    with forbidden("clock_time", saying="is not a clock time. Write hours and minutes"):
        read(Clock, written)


def test_a_clock_time_is_written_as_it_is_read() -> None:
    assert TypeAdapter(Clock).dump_json(time(7, 5)) == b'"07:05"'


@pytest.mark.parametrize("written", ["2028-02-29", date(2028, 2, 29)])
def test_a_date_is_year_month_and_day(written: object) -> None:
    assert read(Day, written) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-29",
        "2026-13-01",
        "20260720",
        "2026-W30-1",
        "20/07/2026",
        "2026-07-20T00:00",
        "0000-01-01",
        20260720,
        None,
        datetime(2026, 7, 20, tzinfo=UTC),
    ],
)
def test_anything_else_is_no_date(written: object) -> None:
    with forbidden("iso_date", saying="is not a date. Write a day"):
        read(Day, written)


@pytest.mark.parametrize(
    "written", ["SMA Negeri 1", "x", "x" * 200, "Ümlaut → {brace}", "00123456"]
)
def test_text_is_one_line(written: str) -> None:
    assert read(Text, written) == written


@pytest.mark.parametrize(
    "written", ["two\nlines", "tab\t", " x", "x ", "bell\x07", "line\u2028end"]
)
def test_text_with_breaks_or_outer_blanks_is_refused(written: str) -> None:
    with forbidden("one_line", saying="Write it as one plain line."):
        read(Text, written)


@pytest.mark.parametrize(
    ("written", "code"),
    [("", "string_too_short"), ("x" * 201, "string_too_long"), (123, "string_type")],
)
def test_text_has_a_length_and_is_no_number(written: object, code: str) -> None:
    with forbidden(code):
        read(Text, written)


def test_weekdays_are_ordered_and_each_kept_once() -> None:
    assert read(Weekdays, ["sun", "mon", "mon"]) == ("mon", "sun")


@pytest.mark.parametrize(
    ("written", "code"),
    [([], "too_short"), (["mon", "monday"], "literal_error"), (["mon", "Tue"], "literal_error")],
)
def test_weekdays_are_some_of_seven_short_names(written: object, code: str) -> None:
    with forbidden(code):
        read(Weekdays, written)


def test_tags_are_a_set_written_in_order() -> None:
    tags = read(Tags, ["sign", "ramp", "sign"])
    assert tags == {"ramp", "sign"}
    assert TypeAdapter(Tags).dump_json(tags) == b'["ramp","sign"]'


LIMITS = [
    (Count, 0, 10_000_000),
    (Pupils, 0, 100_000),
    (Small, 0, 1_000),
    (AtLeastOne, 1, 1_000),
    (Minutes, 0, 1_440),
    (Seconds, 1, 86_400),
    (Percent, 0, 100),
]


@pytest.mark.parametrize(("kind", "least", "most"), LIMITS)
def test_a_number_may_be_at_its_limits_and_not_beyond(kind: Any, least: int, most: int) -> None:
    assert read(kind, least) == least
    assert read(kind, most) == most
    with forbidden("greater_than_equal"):
        read(kind, least - 1)
    with forbidden("less_than_equal"):
        read(kind, most + 1)


@pytest.mark.parametrize("kind", [kind for kind, _, _ in LIMITS])
@pytest.mark.parametrize("written", ["3", 3.0, True, None])
def test_only_whole_numbers_are_numbers(kind: Any, written: object) -> None:
    with pytest.raises(ValidationError):
        read(kind, written)


@pytest.mark.parametrize(
    ("minute", "clock"), [(0, time(0)), (425, time(7, 5)), (1_439, time(23, 59))]
)
def test_minutes_after_midnight(minute: int, clock: time) -> None:
    assert minute_of(clock) == minute
    assert clock_of(minute) == clock


def test_the_weekday_of_a_date() -> None:
    assert [weekday_of(date(2026, 7, day)) for day in (20, 26)] == ["mon", "sun"]


def test_a_repetition_is_the_first_name_that_was_there_before() -> None:
    assert repetition(["a", "b", "b", "a"]) == (2, "b")
    assert repetition(iter("abc")) is None
