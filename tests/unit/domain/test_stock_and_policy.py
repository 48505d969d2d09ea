"""Blank cards, and tiers of terms."""

from datetime import date
from typing import Any

import pytest

from ektp_sched.domain import MAXIMISED, TERMS, Delivery, Floor, Policy, Stock, WeightedTerm
from tests.unit.domain.faults import forbidden


def test_the_defaults_of_a_stock() -> None:
    stock = Stock(opening=0)
    assert (stock.reserve, stock.walk_in_per_day, stock.cards) == (0, 0, "reserve")
    assert (stock.walk_in_overrides, stock.deliveries) == ({}, ())


def test_overrides_of_walk_ins_are_by_date() -> None:
    stock = Stock.model_validate({"opening": 1, "walk_in_overrides": {"2026-07-20": 3}})
    assert stock.walk_in_overrides == {date(2026, 7, 20): 3}
    with forbidden("iso_date"):
        Stock.model_validate({"opening": 1, "walk_in_overrides": {"20 July": 3}})


def test_cards_are_drawn_in_one_of_three_ways() -> None:
    ways: tuple[Any, ...] = ("reserve", "later", "none")
    assert [Stock(opening=0, cards=way).cards for way in ways] == list(ways)
    with forbidden("literal_error"):
        Stock.model_validate({"opening": 0, "cards": "sooner"})


def test_a_delivery_says_whether_it_is_confirmed() -> None:
    with forbidden("missing", at=("confirmed",)):
        Delivery.model_validate({"date": "2026-07-20", "cards": 5})


def tier(*terms: Any) -> tuple[WeightedTerm, ...]:
    return tuple(WeightedTerm(term=term) for term in terms)


def test_the_default_tiers() -> None:
    terms = [[item.term for item in tier] for tier in Policy().tiers]
    assert terms == [["shortfall"], ["students"], ["lessons"], ["travel"]]


def test_eight_terms_two_of_which_are_maximised() -> None:
    assert len(TERMS) == 8
    assert set(TERMS) > {"students", "schools"} == MAXIMISED


def test_every_term_may_be_in_one_tier_or_in_its_own() -> None:
    assert len(Policy(tiers=(tier(*TERMS),)).tiers) == 1
    assert len(Policy(tiers=tuple(tier(term) for term in TERMS)).tiers) == len(TERMS)


@pytest.mark.parametrize(
    "tiers", [(tier("travel", "travel"),), (tier("travel"), tier("wait", "travel"))]
)
def test_a_term_is_in_one_tier_only(tiers: Any) -> None:
    with forbidden("term_twice", saying="tiers name travel more than once"):
        Policy(tiers=tiers)


@pytest.mark.parametrize("tiers", [(), (tier("travel"), ())])
def test_no_tier_is_empty(tiers: Any) -> None:
    with forbidden("too_short"):
        Policy(tiers=tiers)


def test_a_weight_has_limits() -> None:
    assert [WeightedTerm(term="wait", weight=w).weight for w in (1, 1_000_000)] == [1, 1_000_000]
    with forbidden("greater_than_equal"):
        WeightedTerm(term="wait", weight=0)
    with forbidden("less_than_equal"):
        WeightedTerm(term="wait", weight=1_000_001)


def floor(by: Any, value: str) -> Floor:
    return Floor(by=by, value=value, percent=50)


def test_floors_may_name_a_district_and_a_kind_alike() -> None:
    floors = (floor("district", "A"), floor("kind", "A"), floor("kind", "B"))
    assert Policy(floors=floors).floors == floors


def test_a_group_has_one_floor() -> None:
    with forbidden("floor_twice", saying="floors name 'kind A' more than once"):
        Policy(floors=(floor("kind", "A"), floor("kind", "A")))
