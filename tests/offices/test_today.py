"""Today's three rules: whole boxes, the limits of each office, and never more than has arrived."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_sched import Delivery
from ektp_sched.offices import Pool, PoolOffice, Rule, Shipment, shared_today

FIRST = date(2026, 8, 3)
RULES: tuple[Rule, ...] = ("pupils", "requests", "first_come")
PUPILS = {"A": 600, "B": 300, "C": 100}


def a_pool(*arrivals: int, **fields: dict[str, int]) -> Pool:
    """Three offices with boxes of 10; `fields` give others by office."""
    asked = {"A": 100, "B": 300, "C": 100}
    offices = [
        {"office": name, "province": "North", "lot": 10, "requested": asked[name]}
        | {"requested_on": FIRST - timedelta(7 - number)}
        | fields.get(name, {})
        for number, name in enumerate(("C", "B", "A"))
    ]
    days = [FIRST + timedelta(7 * number) for number in range(len(arrivals))]
    return Pool(
        arrivals=tuple(
            Delivery(date=day, cards=cards, confirmed=True)
            for day, cards in zip(days, arrivals, strict=True)
        ),
        offices=tuple(PoolOffice.model_validate(office) for office in offices),
    )


def cards(shipments: tuple[Shipment, ...]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for shipment in shipments:
        total[shipment.office] += shipment.cards
    return dict(total)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("pupils", {"A": 120, "B": 60, "C": 20}),
        ("requests", {"A": 40, "B": 120, "C": 40}),
        ("first_come", {"C": 100, "B": 100}),
    ],
)
def test_each_rule_shares_as_it_says(rule: Rule, expected: dict[str, int]) -> None:
    assert cards(shared_today(a_pool(200), PUPILS, rule)) == expected


def test_what_no_box_can_hold_waits_for_the_next_arrival() -> None:
    sent = shared_today(a_pool(15, 15), PUPILS, "pupils")
    assert [(one.office, one.date, one.cards) for one in sent] == [
        ("A", FIRST, 10),
        ("B", FIRST + timedelta(7), 10),
        ("A", FIRST + timedelta(7), 10),
    ]


@pytest.mark.parametrize("rule", RULES)
def test_the_least_of_each_comes_first_and_the_most_ends_it(rule: Rule) -> None:
    pool = a_pool(100, C={"least": 45}, B={"most": 20})
    found = cards(shared_today(pool, PUPILS, rule))
    assert found["C"] >= 50
    assert found.get("B", 0) <= 20


@pytest.mark.parametrize("rule", RULES)
def test_cards_are_kept_back_for_a_box_that_is_owed(rule: Rule) -> None:
    pool = a_pool(25, 25, B={"lot": 50, "least": 50})
    assert cards(shared_today(pool, PUPILS, rule)) == {"B": 50}
    pool = a_pool(25, 50, B={"lot": 50, "least": 50})
    assert cards(shared_today(pool, PUPILS, rule))["B"] == 50
    at_once = [one for one in shared_today(pool, PUPILS, rule) if one.date == FIRST]
    assert sum(one.cards for one in at_once) == 20  # what comes later is enough for B


@given(st.data())
def test_no_rule_breaks_a_limit(data: st.DataObject) -> None:
    number = st.integers(0, 60)
    offices = {}
    for name in PUPILS:
        lot, least = data.draw(st.integers(1, 12)), data.draw(st.integers(0, 20))
        most = -(-least // lot) * lot + data.draw(number)
        offices[name] = {"lot": lot, "least": least, "most": most, "requested": data.draw(number)}
    arrivals = data.draw(st.lists(number, min_size=1, max_size=3))
    least_boxes = sum(-(-one["least"] // one["lot"]) * one["lot"] for one in offices.values())
    arrivals[-1] += max(0, least_boxes - sum(arrivals))
    pool = a_pool(*arrivals, **offices)
    for rule in RULES:
        sent = shared_today(pool, PUPILS, rule)
        total = cards(sent)
        for one in pool.offices:
            assert total.get(one.office, 0) % one.lot == 0
            assert one.least <= total.get(one.office, 0) <= (one.most or 0)
        for week in range(len(arrivals)):
            day = FIRST + timedelta(7 * week)
            assert sum(s.cards for s in sent if s.date <= day) <= sum(arrivals[: week + 1])
