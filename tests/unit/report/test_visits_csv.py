import csv
import io

import pytest

from ektp_sched.report.visits_csv import visits_csv
from ektp_sched.texts.language import Language
from tests.builders import MONDAY, TUESDAY, a_cohort, a_plan, a_problem, a_school, a_visit

CLASSES = (a_cohort("XII", 60), a_cohort("XI", 40))
PROBLEM = a_problem(
    schools=(a_school("0123", cohorts=CLASSES), a_school("S2", name="=1+1 <b>", cohorts=9))
)
PLAN = a_plan(
    a_visit("S2", date=TUESDAY, students=9, status="contingent"),
    a_visit("0123", students={"XI": 10, "XII": 30}),
)


@pytest.mark.parametrize(
    ("language", "separator", "headings", "statuses"),
    [
        ("id", ";", ["Tanggal", "Jam mulai", "Jam selesai"], ["diusulkan", "bersyarat"]),
        ("en", ",", ["Date", "Start", "End"], ["proposed", "contingent"]),
    ],
)
def test_visits_are_rows_in_order_of_time(
    language: Language, separator: str, headings: list[str], statuses: list[str]
) -> None:
    text = visits_csv(PROBLEM, PLAN, language=language)
    assert text.startswith("\ufeff")
    head, first, second = csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator)
    assert head[:3] == headings
    assert first[:-1] == [
        *(MONDAY, "08:00", "10:00", "A", "Team A"),
        *("0123", "SMA 0123", "SMA", "Ratu Agung", "40", "XII: 30, XI: 10"),
    ]
    assert second[6] == "'=1+1 ‹b›"
    assert [first[-1], second[-1]] == statuses
