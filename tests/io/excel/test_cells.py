import datetime as dt
from typing import Any

import pytest

from ektp_sched.files.excel import cells
from ektp_sched.files.excel.cells import CellError, Share

A_DAY = dt.date(2024, 8, 5)


@pytest.mark.parametrize(
    "value",
    [
        A_DAY,
        dt.datetime(2024, 8, 5),  # noqa: DTZ001 - as Excel has it
        45_509,
        "2024-08-05",
        "2024-08-05 00:00:00",
        " 5/8/2024 ",
        "05/08/2024",
        "05.08.2024",
        "5-8-2024",
        "5 Agustus 2024",
        "Senin, 5 Agustus 2024",
        "5-Agu-2024",
        "5 August 2024",
        "05 AGS 2024",
        "Jum'at 5 Aug. 2024",
    ],
)
def test_a_date_is_read_in_every_way_it_is_written(value: Any) -> None:
    assert cells.read_date(value) == A_DAY


@pytest.mark.parametrize(
    "value",
    [
        dt.time(7, 30),
        dt.datetime(1899, 12, 30, 7, 30),  # noqa: DTZ001 - as Excel has it
        0.3125,
        "07:30",
        "7.30",
        "07.30 WIB",
        "Pukul 07.30",
        "07:30:00",
    ],
)
def test_a_time_is_read_in_every_way_it_is_written(value: Any) -> None:
    assert cells.read_clock(value) == "07:30"


def test_midnight_and_whole_hours() -> None:
    assert cells.read_clock(0) == "00:00"
    assert cells.read_clock(7) == "07:00"


@pytest.mark.parametrize(
    ("value", "number"),
    [("102,27", 102.27), ("102.27", 102.27), ("-3,8", -3.8), ("1.234,5", 1234.5), (" 7 ", 7)],
)
def test_a_decimal_comma_is_as_good_as_a_point(value: str, number: float) -> None:
    assert cells.read_decimal(value) == number


@pytest.mark.parametrize("value", [1200, 1200.0, "1.200", "1,200", "1 200", "1200", "1200,0"])
def test_thousands_may_be_marked(value: Any) -> None:
    assert cells.read_whole(value) == 1200


@pytest.mark.parametrize("value", [75, "75", "75%", "75 %", "75,0", Share(0.75)])
def test_a_percentage_is_read_with_and_without_its_sign(value: Any) -> None:
    assert cells.read_percent(value) == 75


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("10702407", "10702407"),
        ("P9970001", "P9970001"),
        (10702407, "10702407"),
        (10702407.0, "10702407"),
        (702407, "00702407"),
        (7, "7"),
        (" 00702407\n", "00702407"),
    ],
)
def test_a_npsn_is_text_whatever_excel_made_of_it(value: Any, name: str) -> None:
    assert cells.read_id(value) == name


@pytest.mark.parametrize("value", [123456789, 3.5, -7])
def test_a_number_that_is_no_npsn_is_refused(value: Any) -> None:
    with pytest.raises(CellError, match="is no NPSN or id"):
        cells.read_id(value)


@pytest.mark.parametrize("value", ["1771012345678901", "1771 0123 4567 8901", 1771012345678901])
def test_a_nik_is_refused_and_not_repeated(value: Any) -> None:
    for read in (cells.read_text, cells.read_id, cells.read_date, cells.read_flag):
        with pytest.raises(CellError) as caught:
            read(value)
        assert "1771" not in caught.value.what + caught.value.remedy


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Senin-Kamis, Sabtu", "mon tue wed thu sat"),
        ("senin s.d. rabu", "mon tue wed"),
        ("Sen, Sel & Jum'at", "mon tue fri"),
        ("Monday to Wednesday and Sunday", "mon tue wed sun"),
        ("mon-thu", "mon tue wed thu"),
        ("Ahad", "sun"),
        ("setiap hari", "mon tue wed thu fri sat sun"),
    ],
)
def test_weekdays_are_read_in_both_languages(text: str, days: str) -> None:
    assert cells.read_weekdays(text) == days.split()


@pytest.mark.parametrize(
    "value", ["2008-03", "03/2008", "Maret 2008", "Mar 2008", A_DAY.replace(2008, 3, 1)]
)
def test_a_month_of_birth_is_a_month(value: Any) -> None:
    assert cells.read_month(value) == dt.date(2008, 3, 1)


@pytest.mark.parametrize("value", ["14 Maret 2008", "14/03/2008", dt.date(2008, 3, 14)])
def test_a_full_date_of_birth_is_refused(value: Any) -> None:
    with pytest.raises(CellError, match="full date") as caught:
        cells.read_month(value)
    assert caught.value.remedy.startswith("Only counts are handled")


@pytest.mark.parametrize(("value", "flag"), [(True, True), ("Ya", True), ("no", False), (0, False)])
def test_yes_and_no_are_read_in_both_languages(value: Any, flag: bool) -> None:
    assert cells.read_flag(value) is flag


def test_semicolons_or_commas_stand_between_tags() -> None:
    assert cells.read_tags("ramp, sign") == ["ramp", "sign"]
    assert cells.read_tags("ramp, steep; sign;") == ["ramp, steep", "sign"]
