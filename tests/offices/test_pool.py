"""The pool's file: what it says, what it refuses, and how boxes and delivery days count."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ektp_sched import Delivery, FileError, InputError, Plan, ProblemError, save_plan
from ektp_sched.offices import (
    OfficePlan,
    Pool,
    PoolOffice,
    ProvinceFloor,
    Sharing,
    Shipment,
    load_pool,
    load_sharing,
    plan_offices,
    pool_schema,
    save_pool,
    save_sharing,
)
from tests.builders import a_problem

SATURDAY, MONDAY = date(2026, 8, 1), date(2026, 8, 3)


def an_office(office: str = "A", **fields: Any) -> PoolOffice:
    return PoolOffice(office=office, province="North", **fields)


def a_pool(*offices: PoolOffice, cards: int = 100, floors: tuple[ProvinceFloor, ...] = ()) -> Pool:
    arrivals = (
        Delivery(date=MONDAY, cards=cards // 2, confirmed=True),
        Delivery(date=SATURDAY, cards=cards - cards // 2, confirmed=True),
        Delivery(date=MONDAY, cards=7, confirmed=False),
    )
    return Pool(arrivals=arrivals, offices=offices, floors=floors)


def test_a_pool_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    pool = a_pool(an_office(lot=25, least=30, most=80), an_office("B"))
    save_pool(tmp_path / "pool.json", pool)
    assert load_pool(tmp_path / "pool.json") == pool
    assert '"arrivals"' in pool_schema()


def test_only_confirmed_cards_count_and_arrivals_come_by_date() -> None:
    pool = a_pool(an_office(), cards=11)
    assert pool.cards == 11
    assert [one.date for one in pool.confirmed] == [SATURDAY, MONDAY]
    assert [one.cards for one in pool.in_order if not one.confirmed] == [7]


@pytest.mark.parametrize(("days", "reached"), [(("mon", "thu"), 3), (("sat",), 1), (("fri",), 7)])
def test_boxes_arrive_on_delivery_days(days: tuple[str, ...], reached: int) -> None:
    assert an_office(delivery_days=days).first_delivery(SATURDAY) == date(2026, 8, reached)


def test_whole_boxes_only() -> None:
    office = an_office(lot=25, least=30, most=80)
    assert (office.least_boxes, office.most_boxes(1_000), office.most_boxes(60)) == (2, 3, 2)
    assert an_office(lot=25).most_boxes(60) == 2


@pytest.mark.parametrize(
    ("offices", "floors", "words"),
    [
        ([{}, {}], [], "office 'A' is there more than once"),
        ([{"lot": 50, "least": 60, "most": 90}], [], "2 boxes of 50 cards"),
        ([{"least": 101}], [], "more than the 100 confirmed"),
        ([{}], [("South", 10)], "a floor is set for 'South', where no office is"),
        ([{}], [("North", 10), ("North", 20)], "province 'North' has more than one floor"),
    ],
)
def test_what_contradicts_itself_is_told(
    offices: list[dict[str, Any]], floors: list[tuple[str, int]], words: str, tmp_path: Path
) -> None:
    good = a_pool(an_office()).model_dump(mode="json")
    office = good["offices"][0]
    bad = good | {
        "offices": [office | fields for fields in offices],
        "floors": [{"province": name, "percent": percent} for name, percent in floors],
    }
    file = tmp_path / "pool.json"
    file.write_text(Pool.model_construct(**bad).model_dump_json(warnings=False), encoding="utf-8")
    with pytest.raises(ProblemError, match=words):
        load_pool(file)


def test_a_plan_in_the_place_of_a_pool_is_called_by_its_name(tmp_path: Path) -> None:
    save_plan(tmp_path / "plan.json", Plan())
    with pytest.raises(InputError, match="this is a plan, where a pool of blank cards"):
        load_pool(tmp_path / "plan.json")


def test_a_sharing_is_kept_without_its_plans(tmp_path: Path) -> None:
    sent = Shipment(office="A", date=MONDAY, cards=50, confirmed=True)
    sharing = Sharing(
        shipments=(sent,), offices=(), pupils=100, bound=110, rules=(), plans={"A": Plan()}
    )
    save_sharing(tmp_path / "sharing.json", sharing)
    found = load_sharing(tmp_path / "sharing.json")
    assert found == sharing.model_copy(update={"plans": {}})
    assert found.gap == pytest.approx(0.1)
    (tmp_path / "sharing.json").write_text("[", encoding="utf-8")
    with pytest.raises(FileError):
        load_sharing(tmp_path / "sharing.json")


def test_an_office_plans_with_what_it_is_sent_and_from_the_plan_given() -> None:
    problem = a_problem()
    empty = problem.model_copy(
        update={"stock": problem.stock.model_copy(update={"opening": 0, "deliveries": ()})}
    )
    shipments = (Shipment(office="A", date=empty.start, cards=10, confirmed=True),)

    def recorded(**more: Any) -> int:
        found: list[OfficePlan] = list(
            plan_offices({"A": empty}, time_limit=0.5, workers=1, deterministic=True, **more)
        )
        (one,) = found
        assert one.result is not None
        assert one.result.plan is not None
        return sum(sum(visit.students.values()) for visit in one.result.plan.visits)

    assert recorded() == 0
    assert recorded(shipments=shipments, warm_starts={"A": Plan()}) == 10
