import pytest

from ektp_sched.domain import WeightedTerm
from ektp_sched.errors import BrokenPlanError
from ektp_sched.solve import tiers

STUDENTS = (WeightedTerm(term="students"),)
DRIVING = (WeightedTerm(term="travel", weight=3),)
BOTH = (WeightedTerm(term="students", weight=2), WeightedTerm(term="travel"))


@pytest.mark.parametrize(
    ("tier", "name"),
    [(STUDENTS, "students"), (DRIVING, "travel"), (BOTH, "2*students - travel")],
)
def test_the_name_of_a_tier(tier: tiers.Tier, name: str) -> None:
    assert tiers.label(tier) == name


@pytest.mark.parametrize(
    ("tier", "total", "own"),
    [
        (STUDENTS, 7, 7),
        (DRIVING, -12, 4),
        (DRIVING, -10, 4),  # at least 10/3 minutes driven, so at least 4
        (BOTH, -5, -5),
    ],
)
def test_a_sum_in_the_tiers_own_units(tier: tiers.Tier, total: int, own: int) -> None:
    assert tiers.in_own_units(tier, total) == own


def test_a_value_at_its_bound_has_no_gap() -> None:
    assert tiers.tier_result(STUDENTS, 5, 5).gap == 0
    assert tiers.tier_result(DRIVING, 8, 6).gap == 0.25
    assert tiers.tier_result(BOTH, 0, 3).gap == 3
    assert tiers.tier_result(BOTH, 0, None).gap is None


@pytest.mark.parametrize(("tier", "bound"), [(STUDENTS, 4), (DRIVING, 6), (BOTH, 4)])
def test_a_value_past_its_bound_is_our_fault(tier: tiers.Tier, bound: int) -> None:
    with pytest.raises(BrokenPlanError, match=f"reaches 5, past the bound {bound}"):
        tiers.tier_result(tier, 5, bound)


def test_the_widest_gap_is_unknown_where_one_is() -> None:
    known = tiers.tier_result(STUDENTS, 10, 11), tiers.tier_result(DRIVING, 10, 8)
    assert tiers.widest_gap(known) == 0.2
    assert tiers.widest_gap((*known, tiers.tier_result(BOTH, 0, None))) is None
