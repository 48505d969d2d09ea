import pytest

from ektp_sched.domain import WeightedTerm
from ektp_sched.rulebook import Score
from ektp_sched.solve.result import Tier, in_own_units, label, tier_result, tier_results, widest_gap

STUDENTS = (WeightedTerm(term="students"),)
DRIVING = (WeightedTerm(term="travel", weight=3),)
BOTH = (WeightedTerm(term="students", weight=2), WeightedTerm(term="travel"))


def a_score() -> Score:
    return Score(
        students=5, shortfall=0, schools=1, lessons=0, travel=3, team_days=1, wait=0, changes=0
    )


@pytest.mark.parametrize(
    ("tier", "name"),
    [(STUDENTS, "students"), (DRIVING, "travel"), (BOTH, "2*students - travel")],
)
def test_the_name_of_a_tier(tier: Tier, name: str) -> None:
    assert label(tier) == name


@pytest.mark.parametrize(
    ("tier", "total", "own"),
    [
        (STUDENTS, 7, 7),
        (DRIVING, -12, 4),
        (DRIVING, -10, 4),  # at least 10/3 minutes driven, so at least 4
        (BOTH, -5, -5),
    ],
)
def test_a_sum_in_the_tiers_own_units(tier: Tier, total: int, own: int) -> None:
    assert in_own_units(tier, total) == own


def test_a_value_at_its_bound_has_no_gap() -> None:
    assert tier_result(STUDENTS, 5, 5).gap == 0
    assert tier_result(DRIVING, -24, -18).gap == 0.25
    assert tier_result(BOTH, 0, 3).gap == 3
    assert tier_result(BOTH, 0, None).gap is None


def test_that_nothing_is_minimised_below_none_says_nothing() -> None:
    told = tier_result(DRIVING, -24, 0)
    assert (told.value, told.bound, told.gap) == (8, None, None)
    all_of_it = tier_result((*DRIVING, WeightedTerm(term="lessons")), -24, 0)
    assert (all_of_it.bound, all_of_it.gap) == (None, None)


def test_where_nothing_is_driven_nothing_is_left_to_prove() -> None:
    told = tier_result(DRIVING, 0, None)
    assert (told.value, told.bound, told.gap) == (0, 0, 0)


@pytest.mark.parametrize(
    ("tier", "value", "bound"), [(STUDENTS, 5, 4), (DRIVING, 3, -12), (BOTH, 7, 6)]
)
def test_a_bound_that_is_passed_is_left_out_and_told(tier: Tier, value: int, bound: int) -> None:
    (outcome,), faults = tier_results([tier], a_score(), [bound])
    assert (outcome.value, outcome.bound, outcome.gap) == (value, None, None)
    assert len(faults) == 1
    assert "past the bound" in faults[0]


def test_of_what_is_in_order_no_fault_is_told() -> None:
    outcomes, faults = tier_results([STUDENTS, DRIVING], a_score(), [5, None])
    assert [one.bound for one in outcomes] == [5, None]
    assert faults == ()


def test_the_parts_of_a_sum_are_told_in_their_own_units() -> None:
    outcomes, _ = tier_results([BOTH, STUDENTS], a_score(), [None, None])
    assert [one.parts for one in outcomes] == [{"students": 5, "travel": 3}, {}]


def test_the_widest_gap_is_unknown_where_one_is() -> None:
    known = tier_result(STUDENTS, 10, 11), tier_result(DRIVING, -30, -24)
    assert widest_gap(known) == 0.2
    assert widest_gap((*known, tier_result(BOTH, 0, None))) is None
