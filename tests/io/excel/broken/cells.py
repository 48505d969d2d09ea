"""Workbooks with something wrong in their cells: what is done, and what must be said."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from tests.io.excel.books import Change, called, fill, page_of, put, without

COUNTS = "Only counts are handled"


@dataclass(frozen=True)
class Case:
    """A change, the place of the complaint, and parts of what it says."""

    name: str
    change: Change
    where: str
    what: str
    remedy: str
    faults: int = 1


def _renamed(place: str, text: str) -> Change:
    return put(place, text)


def _emptied(title: str) -> Change:
    def change(book: Workbook) -> None:
        page = page_of(book, title)
        page.delete_rows(1, page.max_row)
        page["A1"] = "notes"

    return change


def _a_column(title: str, heading: str, *values: Any) -> Change:
    """A column of its own after the last one."""

    def change(book: Workbook) -> None:
        page = page_of(book, title)
        number = page.max_column + 1
        for line, value in enumerate((heading, *values), start=1):
            page.cell(line, number).value = value

    return change


_MORNING = dt.datetime(2024, 8, 8, 9, 30)  # noqa: DTZ001 - as Excel has it
_NUMBERS = ("is not a whole number", "Write a whole number")
_TIMES = ("is not a time of day", "Write hours and minutes as 07:30")
_DATES = ("is not a date", "05/08/2025 (day first)")

CASES = [
    # Wrong types
    Case("pupils_in_words", put("Pupils!C2", "banyak"), "Pupils!C2", "this is text", _NUMBERS[1]),
    Case("pupils_and_a_half", put("Pupils!C2", 40.5), "Pupils!C2", *_NUMBERS),
    Case("pupils_true", put("Pupils!C2", True), "Pupils!C2", *_NUMBERS),
    Case("pupils_below_0", put("Pupils!C2", -4), "Pupils!C2", "-4 is too small", "from 0 on"),
    Case("pupils_huge", put("Pupils!C2", 10**9), "Pupils!C2", "too large", "up to 100000"),
    Case("pupils_a_date", put("Pupils!C2", dt.date(2024, 8, 5)), "Pupils!C2", *_NUMBERS),
    Case("pupils_missing", put("Pupils!C2", None), "Pupils!C2", "is missing", "Fill it in"),
    Case("latitude_in_words", put("Schools!E2", "selatan"), "Schools!E2", "not a number", "102.27"),
    Case("latitude_of_longitude", put("Schools!E2", 102.3), "Schools!E2", "too large", "up to 90"),
    Case("kits_0", put("Teams!D2", 0), "Teams!D2", "0 is too small", "from 1 on"),
    Case("kits_as_percent", put("Teams!D2", 2, "0%"), "Teams!D2", *_NUMBERS),
    Case("time_25", put("School hours!C2", "25:00"), "School hours!C2", *_TIMES),
    Case("time_a_number", put("School hours!C2", 7.3), "School hours!C2", *_TIMES),
    Case("time_in_words", put("Shifts!C2", "pagi"), "Shifts!C2", *_TIMES),
    Case(
        "time_with_seconds", put("Shifts!C2", dt.time(7, 0, 30)), "Shifts!C2",
        "has seconds", "as 07:30",
    ),
    Case("date_31_june", put("Closed dates!B2", "31/06/2024"), "Closed dates!B2", *_DATES),
    Case("date_american", put("Closed dates!B2", "08/31/2024"), "Closed dates!B2", *_DATES),
    Case("date_two_digits", put("Closed dates!B2", "5/8/24"), "Closed dates!B2", *_DATES),
    Case("date_a_small_number", put("Deliveries!A2", 8), "Deliveries!A2", *_DATES),
    Case(
        "date_with_time", put("Deliveries!A2", _MORNING), "Deliveries!A2",
        "has a time of day", "Write the date alone",
    ),
    Case(
        "percent_too_large", put("School hours!E2", 120), "School hours!E2",
        "120 is too large", "up to 100",
    ),
    Case(
        "percent_a_fraction", put("School hours!E2", 0.75), "School hours!E2",
        "is not a whole percentage", "such as 75",
    ),
    Case(
        "weekdays", put("School hours!B2", "Senin-Hari Raya"), "School hours!B2",
        "are no weekdays", "Senin-Kamis",
    ),
    Case(
        "weekdays_backwards", put("School hours!B2", "Jumat-Senin"), "School hours!B2",
        "are no weekdays", "Senin-Kamis",
    ),
    Case("perhaps", put("Deliveries!C2", "mungkin"), "Deliveries!C2", "neither yes", "ya or tidak"),
    Case("status", put("Commitments!F2", "ok"), "Commitments!F2", "one of the words", "disetujui"),
    Case("aim", put("Aims!B2", "biaya"), "Aims!B2", "is not one of the words", "siswa terekam"),
    Case(
        "class_a_date", put("Pupils!B2", dt.date(2024, 10, 1)), "Pupils!B2",
        "turned the text into a date", "as Text",
    ),
    Case("name_too_long", put("Schools!B2", "a" * 201), "Schools!B2", "too long", "200 characters"),
    Case("id_long_number", put("Schools!A3", 123456789), "Schools!A3", "is no NPSN", "as Text"),
    # What does not fit together
    Case(
        "npsn_twice", fill("Schools", ("S1", "SMA 3", "SMA", "Ratu Agung", -3.8, 102.3)),
        "Schools!A4", "'S1' stands in Schools!A2 too", "its own",
    ),
    Case(
        "team_twice", fill("Teams", ("A", "Team B", "B")), "Teams!A3",
        "'A' stands in Teams!A2 too", "its own",
    ),
    Case(
        "class_twice", fill("Pupils", ("S1", "XII", 5)), "Pupils!B5",
        "'XII' is named more than once", "its own name",
    ),
    Case(
        "base_is_a_school", fill("Bases", ("S1", "Cabang", -3.8, 102.3)), "Schools!A2",
        "'S1' is used by more than one base or school", "its own id",
    ),
    Case(
        "pupils_of_nobody", fill("Pupils", ("S9", "XII", 5)), "Pupils!A5",
        "'S9' is not in the sheet 'Schools'", "there are: S1, S2",
    ),
    Case(
        "hours_of_some_unknown", put("School hours!A2", "S1; S8"), "School hours!A2",
        "'S8' is not in the sheet", "there are: S1, S2",
    ),
    Case("shift_of_nobody", put("Shifts!A2", "Z"), "Shifts!A2", "'Z' is not in", "there are: A"),
    Case("base_unknown", put("Teams!C2", "X"), "Teams!C2", "'X' is not in", "there are: B"),
    Case(
        "hours_turned", put("School hours!D2", "06:00"), "School hours!A2",
        "end 06:00 is not after start 07:00", "Correct the times",
    ),
    Case(
        "shift_to_nobody_knows", put("Shifts!D2", None), "Shifts!D2", "To time) is missing", "12:00"
    ),
    Case(
        "two_shifts", fill("Shifts", ("A", "Rabu", "16:00", "18:00")), "Shifts!A3",
        "shifts name wed more than once", "at most one shift",
    ),
    Case("break_long", put("Breaks!C2", 600), "Breaks!A2", "does not fit", "Shorten the break"),
    Case(
        "closed_turned", put("Closed dates!C2", "01/08/2024"), "Closed dates!A2",
        "before it starts", "Swap the dates",
    ),
    Case("season_turned", put("Schools!P2", "01/08/2024"), "Schools!A2", "is later than", "Swap"),
    Case(
        "card_too_early", put("Pupils!F3", "01/08/2024"), "Pupils!A3",
        "card_from 2024-08-01 is before", "17th birthday comes after",
    ),
    Case("horizon_turned", put("Office!B4", "01/08/2024"), "Office!B4", "before start", "Swap"),
    Case("horizon_endless", put("Office!B4", "01/08/2094"), "Office!B4", "731 days", "the years"),
    Case("time_zone", put("Office!B5", "WIB"), "Office!B5", "'WIB' is no time zone", "Jakarta"),
    Case("no_opening_stock", put("Office!B8", None), "Office!B8", "is missing", "Fill it in"),
    Case("group_unknown", put("Floors!B2", "SMP"), "Floors!B2", "no school has 'SMP'", "are: SMA"),
    Case(
        "floor_twice", fill("Floors", ("kind", "SMA", 60)), "Floors!A3",
        "floors name 'kind SMA' more than once", "Keep one floor",
    ),
    Case(
        "aim_twice", fill("Aims", (5, "pupils recorded", 1)), "Aims!A6",
        "name students more than once", "one tier",
    ),
    Case(
        "walk_ins_twice", fill("Counters by date", ("09/08/2024", 3)), "Counters by date!A3",
        "2024-08-09 is there twice", "Keep one row",
    ),
    Case(
        "way_to_nowhere", fill("Travel overrides", ("B", "S7", 10)), "Travel overrides!B2",
        "'S7' is not in the sheet 'Bases' or 'Schools'", "there are: B, S1, S2",
    ),
    Case(
        "way_twice", fill("Travel overrides", ("B", "S1", 10), ("B", "S1", 12)),
        "Travel overrides!A3", "this way stands in Travel overrides!A2 too", "Keep one",
    ),
    Case("table_minutes", put("Travel table!C2", "dekat"), "Travel table!C2", *_NUMBERS),
    Case("table_gap", put("Travel table!C2", None), "Travel table!C2", "are missing", "minutes"),
    Case("table_far", put("Travel table!C2", 9999), "Travel table!C2", "are no way", "0 to 1440"),
    Case(
        "table_id", put("Travel table!C1", "S7"), "Travel table!C1",
        "'S7' is not in the sheet 'Bases' or 'Schools'", "there are: B, S1, S2", faults=2,
    ),
    Case(
        "table_turned", put("Travel table!A2", "S1"), "Travel table!A1",
        "not those in row 1", "along both edges",
    ),
    Case(
        "table_not_asked", put("Office!B12", "perkiraan"), "Travel table!A1",
        "travel times are to be estimated", "tabel",
    ),
    Case(
        "table_asked_for", without("Travel table"), "Tabel waktu tempuh", "it is empty", "perkiraan"
    ),
    Case(
        "promise_of_no_class", put("Commitments!G2", "X"), "Commitments!G2",
        "school S1 has no class 'X'", "Its classes are: XII",
    ),
    Case(
        "promise_without_class", put("Commitments!G2", None), "Commitments!G2",
        "go together", "Fill in both",
    ),
    Case(
        "promise_in_two_minds",
        fill("Commitments", ("S1", "A", "05/08/2024", "08:00", "11:00", "done", "XII", 4)),
        "Commitments!E3", "has another one in Commitments!E2", "the same in all its rows", faults=3,
    ),
    # Sheets and headings
    Case("no_schools", without("Schools"), "Sekolah", "is missing", "ektp-sched template"),
    Case("no_office", without("Office"), "Kantor", "is missing", "ektp-sched template"),
    Case("misspelt_sheet", called("Holidays", "Holydays"), "Holydays", "not known", "'Holidays'"),
    Case(
        "sheet_twice", lambda book: book.create_sheet("Sekolah"), "Sekolah",
        "the sheets 'Schools' and 'Sekolah' are the same", "Delete one",
    ),
    Case("no_headings", _emptied("Teams"), "Teams!A1", "no row of headings", "Nama tim"),
    Case(
        "heading_missing", _renamed("Pupils!C1", "Catatan"), "Pupils!Jumlah siswa",
        "'Jumlah siswa' (Number of pupils) is missing", "Add it",
    ),
    Case(
        "heading_misspelt", _renamed("Schools!J1", "Most visit"), "Schools!J1",
        "'Most visit' is not known", "Did you mean 'Most visits'?",
    ),
    Case("heading_twice", _a_column("Pupils", "Kelas"), "Pupils!H1", "there twice", "Delete one"),
    Case("no_heading", _a_column("Pupils", "", 1), "Pupils!H1", "has no heading", "Give it"),
    Case(
        "setting_misspelt", put("Office!A9", "Reserves"), "Office!A9", "not known", "'Reserve'"
    ),
    # About single persons
    Case("nik", _a_column("Pupils", "NIK", "1771"), "Pupils!H1", "single persons", COUNTS),
    Case("name_of_pupil", _a_column("Pupils", "Nama", "x"), "Pupils!H1", "persons", COUNTS),
    Case("student_name", _a_column("Schools", "Student name"), "Schools!Q1", "persons", COUNTS),
    Case("birth", _a_column("Pupils", "Tanggal lahir", "x"), "Pupils!H1", "persons", COUNTS),
    Case("class_a_nik", put("Pupils!B2", "1771 0123 4567 8901"), "Pupils!B2", "(NIK)", COUNTS),
    Case(
        "birth_of_one", put("Pupils!D2", dt.date(2008, 3, 14)), "Pupils!D2", "full date", COUNTS
    ),
    # Formulas
    Case("formula", put("Pupils!C2", "=1+1"), "Pupils!C2", "no saved value", "save it again"),
]  # fmt: skip
