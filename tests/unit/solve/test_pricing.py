import pytest

from ektp_sched.domain import Stock
from ektp_sched.errors import RequestError
from ektp_sched.solve import Prices, prices
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_plan,
    a_problem,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)


def priced(**fields: object) -> Prices:
    return prices(a_problem(end=TUESDAY, **fields), time_limit=20, deterministic=True)


def test_a_scarce_blank_is_worth_a_pupil_and_nothing_else_is_scarce() -> None:
    found = priced(stock=Stock(opening=40))
    assert found.close
    assert found.bound == pytest.approx(40, rel=1e-3)
    assert [one.pupils for one in found.blanks] == pytest.approx([1, 1], abs=1e-3)
    assert [one.pupils for one in found.team_days] == pytest.approx([0, 0], abs=1e-3)
    assert found.schools[0].pupil == pytest.approx(0, abs=1e-3)


def test_a_scarce_team_day_is_worth_what_it_has_room_for() -> None:
    school = a_school(cohorts=500, hours=(some_hours("08:00", "10:15"),))
    team = a_team(shifts=(a_shift(days=["mon", "tue"]),))
    found = priced(schools=(school,), teams=(team,))
    assert found.bound == pytest.approx(102, rel=1e-3)
    assert [one.pupils for one in found.team_days] == pytest.approx([51, 51], rel=1e-2)
    assert found.schools[0].room == pytest.approx(1, rel=1e-2)


def test_where_every_pupil_is_recorded_one_more_is_worth_one() -> None:
    found = priced(schools=(a_school(cohorts=20),))
    assert found.bound == pytest.approx(20, rel=1e-3)
    assert found.schools[0].pupil == pytest.approx(1, abs=1e-2)


def test_a_plan_that_breaks_rules_has_no_prices() -> None:
    with pytest.raises(RequestError, match="R14"):
        prices(a_problem(), plan=a_plan(a_visit(date=MONDAY, start="08:01")))
