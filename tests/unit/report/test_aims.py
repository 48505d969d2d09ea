import pytest

from ektp_sched.report.aims import tiers_in_words
from ektp_sched.solve import TierResult
from tests.builders import a_cohort, a_problem, a_school


def said(term: str, sense: str, value: int, bound: int | None, **office: object) -> str:
    gap = None if bound is None else abs(bound - value) / max(1, abs(value))
    raw = {"term": term, "sense": sense, "value": value, "bound": bound, "gap": gap}
    (line,) = tiers_in_words([TierResult.model_validate(raw)], a_problem(**office), "id")
    return line


@pytest.mark.parametrize(
    ("term", "sense", "value", "bound", "words"),
    [
        (
            "students",
            "max",
            1200,
            1212,
            "1.200 siswa terekam: tidak ada rencana yang bisa merekam lebih dari 12 siswa lagi "
            "(selisih 1,0%)",
        ),
        ("schools", "max", 9, 9, "9 sekolah dikunjungi: terbukti, tidak ada rencana yang bisa"),
        ("shortfall", "min", 5, None, "belum diketahui seberapa jauh"),
        ("lessons", "min", 123450, 123400, "1.234 menit pelajaran siswa terlewat: rencana lain"),
        (
            "2*students - travel",
            "max",
            -7,
            -2,
            "-7 = 2*siswa - perjalanan: jumlah tertimbangnya paling banyak",
        ),
    ],
)
def test_in_indonesian(term: str, sense: str, value: int, bound: int | None, words: str) -> None:
    assert words in said(term, sense, value, bound)


def test_pupils_of_unlike_priorities_are_points() -> None:
    school = a_school(cohorts=(a_cohort("XI", priority=2), a_cohort("XII")))
    assert "30 poin untuk siswa" in said("students", "max", 30, 30, schools=(school,))
