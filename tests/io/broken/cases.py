"""Broken problems and plans: what is done to a good one, and what the complaint must say."""

from dataclasses import dataclass
from typing import Any

REMOVED: Any = object()


@dataclass(frozen=True)
class Case:
    """A value set (or removed) at a path, and parts of the complaint about it."""

    name: str
    path: str
    value: Any
    where: str
    what: str
    remedy: str
    faults: int = 1

    def broken(self, raw: Any) -> Any:
        """The raw value with this case's fault in it; a path is as in schools.0.name."""
        if not self.path:
            return self.value
        *steps, last = [int(s) if s.isdigit() and s.isascii() else s for s in self.path.split(".")]
        holder = raw
        for step in steps:
            holder = holder[step]
        if self.value is REMOVED:
            del holder[last]
        else:
            holder[last] = self.value
        return raw


S1 = "schools[0] (SMA 1)"
S2 = "schools[1] (SMA 2)"
XII = f"{S1}.cohorts[0] (XII)"
TEAM = "teams[0] (Team A)"
WHOLE = "Write a whole number in digits"
COUNTS = "Only counts are handled"
A_PUPIL = {"name": "Siswa Contoh", "nik": "1771000000000000"}

# name, path, value, where, what, remedy[, number of faults]
PROBLEMS = [
    Case("number_for_object", "", 7, "", "7 stands where an object", "Write an object"),
    Case("list_for_object", "", [], "", "a list stands where an object", "Write an object"),
    Case("null_for_object", "", None, "", "null stands where an object", "Write an object"),
    Case("all_missing", "", {}, "schools", "this key is missing", "Add it", 7),
    Case("name_missing", "name", REMOVED, "name", "this key is missing", "Add it"),
    Case("name_empty", "name", "", "name", "the text is empty", "at least one character"),
    Case("name_two_lines", "name", "a\nb", "name", "line breaks", "one plain line"),
    Case("name_too_long", "name", "a" * 201, "name", "too long", "at most 200 characters"),
    Case("name_half_a_pair", "name", "\ud83d", "name", "half a character", "Write that text again"),
    Case("date_month_13", "start", "2024-13-01", "start", "is not a date", "YYYY-MM-DD"),
    Case("date_31_june", "end", "2024-06-31", "end", "is not a date", "YYYY-MM-DD"),
    Case("date_indonesian", "end", "09/08/2024", "end", "is not a date", "YYYY-MM-DD"),
    Case("date_a_number", "end", 20240809, "end", "is not a date", "YYYY-MM-DD"),
    Case("horizon_backwards", "end", "2024-08-01", "end", "is before start", "Swap the dates"),
    Case("horizon_endless", "end", "2094-08-01", "end", "more than 731 days", "Check the years"),
    Case("time_zone", "time_zone", "WIB", "time_zone", "'WIB' is no time zone", "Asia/Jakarta"),
    Case("time_step_0", "time_step", 0, "time_step", "0 is too small", "from 1 on"),
    Case("time_step_half", "time_step", 2.5, "time_step", "2.5 is not a whole", WHOLE),
    Case("weekday", "working_days.1", "senin", "working_days[1]", '"senin" is not one of', "'mon'"),
    Case("no_weekday", "working_days", [], "working_days", "list is empty", "at least one entry"),
    Case("weekday_alone", "working_days", "mon", "working_days", '"mon" stands where', "[...]"),
    Case("holidays_object", "holidays", {}, "holidays", "an object stands where a list", "[...]"),
    Case("unknown_key", "colour", "red", "colour", "not known", "Remove it, or use one of: name"),
    Case("misspelt_key", "schools.0.distict", "x", f"{S1}.distict", "not known", "'district'?"),
    Case("control_key", "a\x1b[31m", 1, "a\\x1b[31m", "not known", "Remove it"),
    Case("nik", "schools.0.cohorts.0.nik", "1771", f"{XII}.nik", "not known", COUNTS),
    Case("birth_date", "schools.0.birth_date", "2008-01-01", f"{S1}.birth_date", "known", COUNTS),
    Case("student_name", "schools.0.Student-Name", "x", f"{S1}.Student-Name", "known", COUNTS),
    Case("tanggal_lahir", "tanggal_lahir", "x", "tanggal_lahir", "not known", COUNTS),
    Case("pupils_listed", "schools.0.cohorts.0.students", [A_PUPIL], XII, "a list stands", COUNTS),
    Case("students_text", "schools.0.cohorts.0.students", "40", XII, '"40" is not a', WHOLE),
    Case("students_true", "schools.0.cohorts.0.students", True, XII, "true is not a", WHOLE),
    Case("students_nan", "schools.0.cohorts.0.students", float("nan"), XII, "nan is not", WHOLE),
    Case("students_minus", "schools.0.cohorts.0.students", -1, XII, "-1 is too small", "from 0"),
    Case("students_huge", "schools.0.cohorts.0.students", 10**30, XII, "too large", "to 100000"),
    Case("npsn_number", "schools.0.id", 10702415, f"{S1}.id", "is not text", "double quotes"),
    Case(
        "id_twice", "schools.1.id", "S1", "schools[1] (SMA 2).id", "'S1' is used by more", "own id"
    ),
    Case(
        "cohort_twice",
        "schools.1.cohorts.0.name",
        "XII",
        f"{S2}.cohorts[1] (XII).name",
        "more",
        "own",
    ),
    Case("cohorts_missing", "schools.0.cohorts", REMOVED, f"{S1}.cohorts", "missing", "Add it"),
    Case(
        "card_too_early",
        "schools.1.cohorts.0.card_from",
        "2024-08-01",
        f"{S2}.cohorts[0] (XI)",
        "card_from 2024-08-01 is before",
        "17th birthday comes after",
    ),
    Case("clock_24", "schools.0.hours.0.end", "24:00", f"{S1}.hours[0].end", "clock time", "HH:MM"),
    Case("clock_dot", "schools.0.hours.0.end", "9.30", f"{S1}.hours[0].end", "clock time", "HH:MM"),
    Case(
        "hours_turned", "schools.0.hours.0.end", "06:00", f"{S1}.hours[0]", "not after", "Correct"
    ),
    Case("percent", "schools.0.hours.0.lesson_percent", 101, "lesson_percent", "large", "to 100"),
    Case("closed_turned", "schools.1.closed.0.end", "2024-08-01", "closed[0]", "ends on", "Swap"),
    Case("season_turned", "schools.0.not_after", "2024-08-01", S1, "is later than", "Swap"),
    Case("replaces", "schools.1.extra_hours.0.replaces", "maybe", "replaces", "neither", "true or"),
    Case("needs_text", "schools.0.needs", "wheelchair", f"{S1}.needs", "stands where a", "[...]"),
    Case("lon_text", "schools.0.location.lon", "102.3", "location.lon", "not a number", "digits"),
    Case("lon_swapped", "schools.0.location.lat", 102.3, "location.lat", "too large", "up to 90"),
    Case("lon_infinite", "schools.0.location.lon", float("inf"), ".lon", "not a finite", "digits"),
    Case("location_pair", "schools.0.location", [102, -3], f"{S1}.location", "a list", "{...}"),
    Case("school_text", "schools.0", "SMA 1", "schools[0]", '"SMA 1" stands where', "{...}"),
    Case("base_unknown", "teams.0.base", "X", f"{TEAM}.base", "from base 'X'", "one of: 'B'"),
    Case("no_kits", "teams.0.kits", 0, f"{TEAM}.kits", "0 is too small", "from 1 on"),
    Case("shift_turned", "teams.0.shifts.0.end", "06:00", f"{TEAM}.shifts[0]", "after", "one day"),
    Case("break_long", "teams.0.breaks.0.minutes", 600, f"{TEAM}.breaks[0]", "not fit", "Shorten"),
    Case("travel_kind", "travel.kind", "car", "travel", "'kind' is \"car\"", "'matrix'"),
    Case("travel_no_kind", "travel.kind", REMOVED, "travel", "the key 'kind' is missing", "Add"),
    Case("travel_list", "travel", [], "travel", "a list stands where an object", "{...}"),
    Case(
        "matrix_ragged",
        "travel.minutes.1",
        [0, 1],
        "travel.minutes[1]",
        "this row has 2 entries for 3 places",
        "Give 3 rows",
    ),
    Case("matrix_minus", "travel.minutes.0.1", -5, "travel.minutes[0][1]", "too small", "from 0"),
    Case("matrix_rows", "travel.minutes", [[0]], "travel.minutes", "1 rows for 3", "Give 3 rows"),
    Case("matrix_lacks", "travel.places.2", "S3", "travel.places", "lacks 'S2'", "every base"),
    Case("matrix_unknown_key", "travel.speed_kmh", 25, "travel.speed_kmh", "not known", "places"),
    Case(
        "override_to",
        "travel.overrides",
        [{"from": "B", "minutes": 5}],
        "travel.overrides[0].to",
        "missing",
        "Add it",
    ),
    Case(
        "override_place",
        "travel.overrides",
        [{"from": "B", "to": "X", "minutes": 5}],
        "travel.overrides[0].to",
        "'X' is no base or school",
        "Correct the id",
    ),
    Case("cards", "stock.cards", "all", "stock.cards", '"all" is not one of', "'reserve'"),
    Case("opening_minus", "stock.opening", -1, "stock.opening", "-1 is too small", "from 0 on"),
    Case(
        "override_date",
        "stock.walk_in_overrides",
        {"9 Aug": 1},
        "stock.walk_in_overrides.9 Aug",
        "'9 Aug' is not a date",
        "YYYY-MM-DD",
    ),
    Case(
        "confirmed_unsure",
        "stock.deliveries.0.confirmed",
        None,
        "stock.deliveries[0] (2024-08-08).confirmed",
        "null is neither true nor false",
        "true or false",
    ),
    Case("no_tiers", "policy.tiers", [], "policy.tiers", "the list is empty", "at least one entry"),
    Case(
        "term", "policy.tiers.1.0.term", "cost", "tiers[1][0] (cost).term", "one of", "'students'"
    ),
    Case("term_twice", "policy.tiers.1.0.term", "travel", "policy.tiers[3][0]", "more", "one tier"),
    Case("floor", "policy.floors.0.value", "SMK", "floors[0] (SMK).value", "which no", "of: 'SMA'"),
    Case(
        "promise_school",
        "commitments.0.school",
        "S9",
        "commitments[0] (S9).school",
        "school 'S9' is not",
        "Correct the id",
    ),
    Case("promise_team", "commitments.0.team", "Z", "commitments[0] (S1).team", "'Z'", "of: 'A'"),
    Case("promise_status", "commitments.0.status", "ok", "commitments[0]", "one of", "'confirmed'"),
]

PLANS = [
    Case("visits_missing_name", "visit", [], "visit", "not known", "Did you mean 'visits'?"),
    Case("visits_object", "visits", {}, "visits", "an object stands where a list", "[...]"),
    Case("school", "visits.1.school", "S9", "visits[1].school", "'S9' is not in", "Correct the id"),
    Case("team", "visits.1.team", "Z", "visits[1].team", "'Z' is not in", "Use one of: 'A'"),
    Case("cohort", "visits.1.students", {"X": 9}, "visits[1].students", "no cohort 'X'", "'XII'"),
    Case("turned", "visits.0.end", "07:00", "visits[0] (S1)", "is not after start", "on one day"),
    Case("pupils_text", "visits.0.students.XII", "4", "students.XII", "not a whole", WHOLE),
    Case("pupils_list", "visits.0.students", ["Siswa"], "visits[0] (S1).students", "list", COUNTS),
    Case("date", "visits.0.date", "5 Aug", "visits[0] (S1).date", "is not a date", "YYYY-MM-DD"),
    Case("no_date", "visits.0.date", REMOVED, "visits[0] (S1).date", "missing", "Add it"),
    Case("empty_cohort", "visits.0.students", {"": 4}, '(S1).students.""', "empty", "one char"),
]
