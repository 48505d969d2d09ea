import pytest

from ektp_sched.cli.tables import tiers_in_words
from ektp_sched.solve import TierResult
from tests.builders import a_problem


@pytest.mark.parametrize(
    ("term", "sense", "value", "bound", "words"),
    [
        ("students", "max", 1200, 1200, "1,200 pupils recorded: proven, no plan can do better"),
        ("students", "max", 1000, 1012, "no plan can record more than 12 pupils more (gap 1.2%)"),
        ("schools", "max", 10, 11, "no plan can visit more than 1 school more (gap 10%)"),
        ("shortfall", "min", 5, None, "5 pupils short of the floors: how much better a plan"),
        ("lessons", "min", 123450, 123400, "1,234 pupil-minutes of lessons missed: no plan can"),
        ("lessons", "min", 150, 120, "1.5 pupil-minutes of lessons missed: no plan can be better"),
        ("lessons", "min", 150, 120, "by more than 1 pupil-minute (gap 20%)"),
        ("students", "max", 4, 12, "no plan can record more than 8 pupils more"),
        ("travel", "min", 200, 190, "no plan can be better by more than 10 minutes (gap 5.0%)"),
        (
            "2*students - travel",
            "max",
            -7,
            -2,
            "no plan's weighted sum is better by more than 5 (gap 71%)",
        ),
    ],
)
def test_a_tier_in_words(term: str, sense: str, value: int, bound: int | None, words: str) -> None:
    gap = None if bound is None else abs(bound - value) / max(1, abs(value))
    raw = {"term": term, "sense": sense, "value": value, "bound": bound, "gap": gap}
    (line,) = tiers_in_words([TierResult.model_validate(raw)], a_problem())
    assert words in line


def test_a_gap_of_100_percent_or_more_says_nothing_and_is_not_told() -> None:
    told = TierResult(term="students", sense="max", value=4, bound=12, gap=2)
    (line,) = tiers_in_words([told], a_problem())
    assert line.endswith("no plan can record more than 8 pupils more")


def test_the_parts_of_a_sum_are_told_one_by_one() -> None:
    told = TierResult(
        term="2*students - lessons",
        sense="max",
        value=-1_480,
        bound=-1_465,
        gap=15 / 1_480,
        parts={"students": 10, "lessons": 1_500},
    )
    (line,) = tiers_in_words([told], a_problem())
    assert line == (
        "10 pupils recorded and 15 pupil-minutes of lessons missed (2*students - lessons): "
        "no plan's weighted sum is better by more than 15 (gap 1.0%)"
    )
