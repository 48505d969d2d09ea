"""R12: visits a day and driving a day."""

from typing import Any

import pytest

from ektp_sched.domain import Problem
from tests.builders import TUESDAY, a_problem, a_school, a_team, a_visit, some_travel
from tests.rules.verdicts import amounts, violations


def limited(**fields: Any) -> Problem:
    """Three schools; the tour base, S1, S2, base takes 10 + 20 + 15 minutes."""
    ways = {("B", "S1"): 10, ("S1", "S2"): 20, ("S2", "B"): 15}
    return a_problem(
        schools=tuple(map(a_school, ("S1", "S2", "S3"))),
        teams=(a_team("A", **fields), a_team("C")),
        travel=some_travel(["B", "S1", "S2", "S3"], 5, ways=ways),
    )


TOUR = (a_visit("S1"), a_visit("S2", start="11:00", end="13:00"))
THIRD = a_visit("S3", start="14:00", end="15:00", students=10)


def test_without_limits_anything_goes() -> None:
    assert amounts("R12", limited(), *TOUR, THIRD) == []


def test_max_visits_per_day() -> None:
    problem = limited(max_visits_per_day=2)
    assert amounts("R12", problem, *TOUR) == []
    (violation,) = violations("R12", problem, *TOUR, THIRD)
    assert (violation.by, violation.unit, violation.visits) == (1, "visits", (0, 1, 2))
    assert violation.message == "Team A on 2024-08-05: 3 visits, 1 more than the 2 allowed"


def test_other_days_and_other_teams_have_their_own_count() -> None:
    problem = limited(max_visits_per_day=1, max_travel_minutes=20)
    visits = (a_visit("S1"), a_visit("S3", "C"), a_visit("S2", date=TUESDAY))
    assert amounts("R12", problem, *visits) == []


@pytest.mark.parametrize(("most", "over"), [(45, 0), (44, 1), (0, 45)])
def test_max_travel_minutes_from_base_to_base(most: int, over: int) -> None:
    expected = [(over, "minutes")] if over else []
    assert amounts("R12", limited(max_travel_minutes=most), *TOUR) == expected
    # The order of the plan's list is not the order of the tour.
    assert amounts("R12", limited(max_travel_minutes=most), *reversed(TOUR)) == expected


def test_done_visits_are_not_counted() -> None:
    done = a_visit("S2", start="11:00", end="13:00", status="done")
    problem = a_problem(
        schools=(a_school("S1"), a_school("S2")),
        teams=(a_team(max_visits_per_day=1, max_travel_minutes=20),),
        commitments=(done,),
    )
    assert amounts("R12", problem, done, a_visit("S1")) == []
