"""What a network answers about visits."""

import pytest

from ektp_sched.domain import Hours, Stock
from ektp_sched.engine.instance import FixedVisit, Network, build_network
from tests.builders import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_problem,
    a_range,
    a_school,
    a_team,
    some_hours,
)


def kit(kits: int, seconds: int, *, overhead: int = 45, step: int = 5) -> Network:
    school = a_school(setup_minutes=overhead, teardown_minutes=0, seconds_per_student=seconds)
    team = a_team(kits=kits, seconds_per_student=1)
    return build_network(a_problem(schools=(school,), teams=(team,), time_step=step))


@pytest.mark.parametrize(
    ("stay", "pupils"), [(120, 42), (105, 34), (48, 1), (46, 0), (45, 0), (44, 0), (0, 0)]
)
def test_capacity_is_what_is_left_of_the_stay_for_two_kits(stay: int, pupils: int) -> None:
    assert kit(2, 210).capacity(0, 0, stay) == pupils


@pytest.mark.parametrize(
    ("pupils", "stay"), [(0, 45), (1, 50), (2, 50), (3, 55), (42, 120), (43, 125)]
)
def test_the_shortest_stay_on_the_grid(pupils: int, stay: int) -> None:
    assert kit(2, 210).shortest_stay(0, 0, pupils) == stay


@pytest.mark.parametrize("step", [1, 5, 7, 30])
@pytest.mark.parametrize(("kits", "seconds"), [(1, 60), (2, 210), (3, 7), (7, 1499)])
def test_the_shortest_stay_is_on_the_grid_long_enough_and_no_longer(
    step: int, kits: int, seconds: int
) -> None:
    network = kit(kits, seconds, overhead=11, step=step)
    for pupils in range(1, 60):
        stay = network.shortest_stay(0, 0, pupils)
        assert stay % step == 0
        assert network.capacity(0, 0, stay) >= pupils
        assert network.capacity(0, 0, stay - step) < pupils


MORNING = some_hours("08:00", "10:00", lesson_percent=80)
NOON = some_hours("10:00", "12:00", lesson_percent=20)
LUNCH = some_hours("10:00", "11:00", lesson_percent=0)


@pytest.mark.parametrize(
    ("hours", "start", "end", "percent"),
    [
        ((MORNING, NOON), 480, 600, 80),
        ((MORNING, NOON), 480, 670, 80),
        ((MORNING, NOON), 530, 671, 20),
        ((MORNING, NOON), 540, 660, 80),  # an hour in each: the earlier
        ((NOON, MORNING), 540, 660, 80),  # whatever comes first in the file
        ((NOON, LUNCH), 600, 660, 0),  # as much in both, same start: the earlier end
        ((NOON, LUNCH), 600, 665, 20),
        ((MORNING, some_hours("08:00", "10:00", lesson_percent=30)), 480, 600, 30),
        ((MORNING, NOON), 720, 780, 0),  # in none
    ],
)
def test_lessons_of_the_interval_that_holds_most_of_the_stay(
    hours: tuple[Hours, ...], start: int, end: int, percent: int
) -> None:
    network = build_network(a_problem(schools=(a_school(hours=hours),)))
    assert network.lesson_percent(0, 0, start, end) == percent


def test_a_blank_is_drawn_on_the_visit_or_on_the_birthday() -> None:
    cohorts = (
        a_cohort("XII"),
        a_cohort("XI", card_from=WEDNESDAY),
        a_cohort("X", card_from="2025-01-01"),
        a_cohort("old", card_from="2024-01-01"),
    )
    schools = (a_school(cohorts=cohorts),)
    network = build_network(a_problem(schools=schools))
    assert [network.draw_day(c, 1) for c in range(4)] == [1, 2, 5, 1]
    assert [network.draw_day(c, 3) for c in range(4)] == [3, 3, 5, 3]
    for cards in ("later", "none"):
        stock = Stock.model_validate({"opening": 5, "cards": cards})
        network = build_network(a_problem(schools=schools, stock=stock))
        assert [network.draw_day(c, 1) for c in range(4)] == [5] * 4


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"pupils": 0}, False),
        ({"pupils": 42}, True),
        ({"pupils": 43}, False),
        ({"start": 420, "end": 540}, False),  # there at 07:10 at the earliest
        ({"start": 430, "end": 550}, True),
        ({"start": 481}, False),
        ({"end": 599}, False),
        ({"start": 840, "end": 905}, False),  # open until 15:00
        ({"start": 840, "end": 900}, True),
        ({"day": 1}, False),  # the team is off
        ({"day": 5}, False),  # beyond the horizon
        ({"school": 1}, False),  # the skill is missing
        ({"team": 1, "day": 1}, True),
    ],
)
def test_one_visit_alone(changed: dict[str, int], allowed: bool) -> None:
    schools = (a_school("S1"), a_school("S2", needs=frozenset({"boat"})))
    teams = (a_team("A", off=(a_range(TUESDAY, TUESDAY),)), a_team("C"))
    network = build_network(a_problem(schools=schools, teams=teams))
    visit = {"team": 0, "school": 0, "day": 0, "start": 480, "end": 600, "pupils": 9, **changed}
    if changed.get("start") == 840:
        visit["pupils"] = 1
    assert network.allows(**visit) is allowed


def test_home_after_the_shift_is_not_allowed() -> None:
    team = a_team(shifts=({"days": ["mon"], "start": "07:00", "end": "10:09"},))
    network = build_network(a_problem(teams=(team,), end=MONDAY))
    alone = {"team": 0, "school": 0, "day": 0, "start": 480, "pupils": 1}
    assert not network.allows(**alone, end=600)
    assert network.allows(**alone, end=595)


def test_sizes_and_places() -> None:
    network = build_network(a_problem(schools=(a_school("S1"), a_school("S2")), end=TUESDAY))
    assert (network.schools, network.team_days, network.days) == (2, 2, 2)
    assert [network.place(s) for s in range(2)] == [1, 2]
    assert network.home(1) == 0
    assert str(network.day_of(1)) == TUESDAY
    assert network.team_day_at == {(0, 0): 0, (0, 1): 1}
    visit = FixedVisit(school=0, team=0, team_day=0, day=0, start=0, end=5, take=(3, 0, 4))
    assert visit.recorded == 7
