import pytest

from ektp_sched.cli.words import tiers_in_words
from ektp_sched.solve import TierResult
from tests.builders import a_problem


@pytest.mark.parametrize(
    ("term", "sense", "value", "bound", "words"),
    [
        ("students", "max", 1200, 1200, "1,200 pupils recorded: proven, no plan can do better"),
        ("students", "max", 1000, 1012, "no plan can record more than 12 pupils more (gap 1.20%)"),
        ("schools", "max", 10, 11, "no plan can visit more than 1 schools more (gap 10.00%)"),
        ("shortfall", "min", 5, None, "5 pupils short of the floors: how much better a plan"),
        ("lessons", "min", 123450, 123400, "1,234.5 pupil-minutes of lessons missed: no plan can"),
        ("lessons", "min", 100, 50, "no plan can be better by more than 0.5 pupil-minutes"),
        ("travel", "min", 200, 190, "no plan can be better by more than 10 minutes (gap 5.00%)"),
        ("2*students - travel", "max", -7, -2, "-7 = 2*students - travel: no plan can reach"),
    ],
)
def test_a_tier_in_words(term: str, sense: str, value: int, bound: int | None, words: str) -> None:
    gap = None if bound is None else abs(bound - value) / max(1, abs(value))
    raw = {"term": term, "sense": sense, "value": value, "bound": bound, "gap": gap}
    (line,) = tiers_in_words([TierResult.model_validate(raw)], a_problem())
    assert words in line
