"""What must hold across a problem, and between a problem and a plan."""

from typing import Any

import pytest

from ektp_sched.domain import EstimatedTravel, Floor, MatrixTravel, Policy, TravelOverride
from ektp_sched.errors import PlanError
from tests.builders import (
    a_base,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
    some_travel,
)
from tests.unit.domain.faults import forbidden


def test_the_smallest_problem_has_no_bases_schools_or_teams() -> None:
    problem = a_problem(bases=(), schools=(), teams=())
    assert problem.place_ids == []


def test_the_defaults_of_a_problem() -> None:
    problem = a_problem()
    assert (problem.time_zone, problem.time_step) == ("Asia/Jakarta", 5)
    assert problem.working_days == ("mon", "tue", "wed", "thu", "fri")
    assert a_problem(travel=EstimatedTravel()).travel == EstimatedTravel()


@pytest.mark.parametrize("name", ["Asia/Jakarta", "Asia/Jayapura", "UTC"])
def test_a_time_zone_is_known_by_its_name(name: str) -> None:
    assert a_problem(time_zone=name).time_zone == name


@pytest.mark.parametrize("name", ["WIB", "Asia/Bengkulu", "../etc/passwd", "/etc/passwd", "Asia"])
def test_another_time_zone_is_refused(name: str) -> None:
    with forbidden("time_zone", saying="is no time zone. Write Asia/Jakarta", at=("time_zone",)):
        a_problem(time_zone=name)


@pytest.mark.parametrize("minutes", [1, 240])
def test_a_time_step_is_at_its_limits(minutes: int) -> None:
    assert a_problem(time_step=minutes).time_step == minutes


@pytest.mark.parametrize("minutes", [0, 241])
def test_a_time_step_has_limits(minutes: int) -> None:
    with forbidden("greater_than_equal" if minutes == 0 else "less_than_equal", at=("time_step",)):
        a_problem(time_step=minutes)


def test_a_horizon_may_be_one_day() -> None:
    assert a_problem(start="2026-07-20", end="2026-07-20").start.day == 20


def test_a_horizon_begins_before_it_ends() -> None:
    with forbidden("horizon_backwards", saying="end 2026-07-19 is before start 2026-07-20"):
        a_problem(start="2026-07-20", end="2026-07-19")


def test_a_horizon_of_two_years_is_the_longest() -> None:
    assert a_problem(start="2026-01-01", end="2028-01-01").end.year == 2028
    with forbidden("horizon_too_long", saying="2026-01-01 to 2028-01-02 is more than 731 days"):
        a_problem(start="2026-01-01", end="2028-01-02")


@pytest.mark.parametrize(
    "fields",
    [
        {"bases": (a_base("B"), a_base("B"))},
        {"schools": (a_school("S1"), a_school("S1"))},
        {"bases": (a_base("B"), a_base("S1"))},
    ],
)
def test_a_place_has_an_id_of_its_own(fields: dict[str, Any]) -> None:
    with forbidden("id_twice", saying="is used by more than one base or school"):
        a_problem(**fields, travel=EstimatedTravel())


def test_a_team_has_an_id_of_its_own() -> None:
    with forbidden("id_twice", saying="id 'A' is used by more than one team"):
        a_problem(teams=(a_team("A"), a_team("A")))


def test_a_team_may_be_called_like_a_place() -> None:
    assert a_problem(teams=(a_team("S1"),)).teams[0].id == "S1"


def test_a_team_starts_from_a_base_of_the_problem() -> None:
    with forbidden("unknown_base", saying="base 'S1', which is not in bases. Add that base or use"):
        a_problem(teams=(a_team(base="S1"),))


def test_a_message_names_what_there_is() -> None:
    with forbidden("unknown_base", saying="use one of: (none)."):
        a_problem(bases=())
    many = tuple(a_base(f"B{n}") for n in range(10))
    listing = ", ".join(f"'B{n}'" for n in range(8))
    with forbidden("unknown_base", saying=f"use one of: {listing} and 2 more."):
        a_problem(bases=many)


def test_a_matrix_covers_bases_and_schools() -> None:
    assert a_problem(travel=some_travel(["S1", "B"])).travel.kind == "matrix"
    with forbidden("matrix_incomplete", saying="travel.places: the matrix lacks 'S1'"):
        a_problem(travel=some_travel(["B"]))


def test_a_matrix_names_places_of_the_problem_only() -> None:
    with forbidden("unknown_place", saying="travel.places[2]: 'S9' is no base or school"):
        a_problem(travel=some_travel(["B", "S1", "S9"]))


@pytest.mark.parametrize("kind", ["estimate", "matrix"])
@pytest.mark.parametrize("ends", [("B", "S9"), ("S9", "B")])
def test_an_override_names_places_of_the_problem_only(kind: str, ends: tuple[str, str]) -> None:
    def travel(way: TravelOverride) -> EstimatedTravel | MatrixTravel:
        if kind == "estimate":
            return EstimatedTravel(overrides=(way,))
        return some_travel(["B", "S1"]).model_copy(update={"overrides": (way,)})

    known = TravelOverride(from_place="B", to_place="S1", minutes=3)
    assert a_problem(travel=travel(known)).travel.overrides == (known,)
    with forbidden("unknown_place", saying="'S9' is no base or school"):
        a_problem(travel=travel(TravelOverride(from_place=ends[0], to_place=ends[1], minutes=3)))


@pytest.mark.parametrize(("by", "value"), [("district", "Ratu Agung"), ("kind", "SMA")])
def test_a_floor_is_for_a_group_of_the_problem(by: Any, value: str) -> None:
    floor = Floor(by=by, value=value, percent=80)
    assert a_problem(policy=Policy(floors=(floor,))).policy.floors == (floor,)
    other = Floor(by=by, value="MA", percent=80)
    with forbidden("unknown_group", saying=f"a floor is set for {by} 'MA', which no school has"):
        a_problem(policy=Policy(floors=(other,)))


UNKNOWN = [
    (a_visit("S9"), "[0].school", "school 'S9' is not in the problem"),
    (a_visit(team="Z"), "[0].team", "team 'Z' is not in the problem"),
    (a_visit(students={"X": 1}), "[0].students", "school 'S1' has no cohort 'X'"),
]


@pytest.mark.parametrize(("visit", "where", "what"), UNKNOWN)
def test_a_commitment_names_what_the_problem_knows(visit: Any, where: str, what: str) -> None:
    assert a_problem(commitments=(a_visit(),)).commitments == (a_visit(),)
    with forbidden("unknown_name", saying=f"commitments{where}: {what}"):
        a_problem(commitments=(visit,))


def test_a_commitment_is_held_once() -> None:
    later = a_visit(start="13:00", end="14:00")
    assert len(a_problem(commitments=(a_visit(), later)).commitments) == 2
    with forbidden("commitment_twice", saying="S1 by A on 2024-08-05 at 08:00 more than once"):
        a_problem(commitments=(a_visit(), a_visit(students=1)))


def test_a_plan_that_names_what_the_problem_knows_matches() -> None:
    a_problem().require_match(a_plan(a_visit()))


@pytest.mark.parametrize(("visit", "where", "what"), UNKNOWN)
def test_a_plan_of_another_problem_does_not_match(visit: Any, where: str, what: str) -> None:
    with pytest.raises(PlanError) as caught:
        a_problem().require_match(a_plan(visit))
    (complaint,) = caught.value.complaints
    assert (complaint.where, complaint.what) == (f"visits{where}", what)
    assert complaint.remedy


def test_every_unknown_name_of_a_plan_is_told() -> None:
    plan = a_plan(a_visit(), a_visit("S9", team="Z"), a_visit(team="Z", students={"X": 1}))
    with pytest.raises(PlanError) as caught:
        a_problem().require_match(plan)
    places = [complaint.where for complaint in caught.value.complaints]
    assert places == ["visits[1].school", "visits[2].students", "visits[2].team"]


def test_what_is_unknown_to_the_format_is_refused() -> None:
    with forbidden("extra_forbidden", at=("colour",)):
        a_problem(colour="red")
