from datetime import date

import pytest

from ektp_sched.report.dates import long_day, period, short_day, weeks
from ektp_sched.report.numerals import number, percent

JULY = date(2024, 7, 15)


@pytest.mark.parametrize(
    ("value", "decimals", "english", "indonesian"),
    [
        (0, 0, "0", "0"),
        (1234567, 0, "1,234,567", "1.234.567"),
        (1234.5, 2, "1,234.5", "1.234,5"),
        (1234.0, 2, "1,234", "1.234"),
        (-7, 0, "-7", "-7"),
    ],
)
def test_numbers(value: float, decimals: int, english: str, indonesian: str) -> None:
    assert number(value, "en", decimals=decimals) == english
    assert number(value, "id", decimals=decimals) == indonesian


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.00001, "<0.01%"),
        (0.0005, "0.05%"),
        (0.00531, "0.53%"),
        (0.00996, "1.0%"),
        (0.0543, "5.4%"),
        (0.1421, "14%"),
        (1, "100%"),
    ],
)
def test_percentages_have_the_digits_that_say_something(share: float, words: str) -> None:
    assert percent(share, "en") == words
    assert percent(share, "id") == words.replace(".", ",")


def test_days() -> None:
    assert (short_day(JULY, "en"), short_day(JULY, "id")) == ("Mon 15 Jul", "Sen 15 Jul")
    assert long_day(JULY, "id") == "Senin, 15 Juli 2024"
    assert long_day(JULY, "en") in {"Monday, 15 July 2024", "Monday 15 July 2024"}


def test_a_period_names_the_year_once() -> None:
    for language in ("id", "en"):
        assert period(JULY, date(2024, 7, 20), language).count("2024") == 1


def test_weeks_run_from_monday_to_sunday() -> None:
    days = [date(2024, 7, day) for day in (19, 21, 22, 28, 29)]
    assert [[day.day for day in week] for week in weeks(days)] == [[19, 21], [22, 28], [29]]


def test_weeks_of_the_same_number_in_two_years_are_two() -> None:
    assert len(weeks([date(2024, 7, 15), date(2025, 7, 14)])) == 2
