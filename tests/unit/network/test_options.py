"""Which schools a team-day can visit: for one pupil, with nothing else to do."""

import pytest

from ektp_sched.domain import Problem, School, Team
from ektp_sched.engine.instance import build_network
from ektp_sched.engine.instance.build import on_grid_up, shortest_stays
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    some_hours,
    some_travel,
)


def one_day(school: School, team: Team, travel: int = 10, **fields: object) -> Problem:
    return a_problem(schools=(school,), teams=(team,), travel=travel, end=MONDAY, **fields)


def options(problem: Problem) -> list[list[int]]:
    network = build_network(problem)
    return [network.options(j) for j in range(network.team_days)]


@pytest.mark.parametrize(
    ("opens", "closes", "shift", "fits"),
    [
        # 30 + 15 minutes and 105 seconds for one pupil: 46.75 minutes, 50 on the grid
        ("08:00", "08:50", ("07:00", "16:00"), True),
        ("08:00", "08:49", ("07:00", "16:00"), False),
        ("08:00", "08:50", ("07:50", "09:00"), True),  # there at 08:00, back at 09:00
        ("08:00", "08:50", ("07:51", "09:00"), False),
        ("08:00", "08:50", ("07:50", "08:59"), False),
        ("07:58", "08:50", ("07:00", "16:00"), True),
        ("08:01", "08:54", ("07:00", "16:00"), False),  # 08:05–08:50 on the grid
        ("08:00", "09:00", ("07:41", "08:52"), False),  # 07:55 at the earliest, 08:40 at the latest
    ],
)
def test_set_up_one_pupil_and_pack_up_fit_in(
    opens: str, closes: str, shift: tuple[str, str], fits: bool
) -> None:
    school = a_school(hours=(some_hours(opens, closes),))
    assert options(one_day(school, a_team(shifts=(a_shift(*shift),)))) == [[0] if fits else []]


def test_touching_hours_are_one() -> None:
    hours = (some_hours("08:00", "08:25"), some_hours("08:25", "08:50"))
    assert options(one_day(a_school(hours=hours), a_team())) == [[0]]
    apart = (some_hours("08:00", "08:25"), some_hours("08:26", "08:51"))
    assert options(one_day(a_school(hours=apart), a_team())) == [[]]


def test_a_school_open_twice_is_one_option() -> None:
    hours = (some_hours("08:00", "10:00"), some_hours("11:00", "13:00"))
    assert options(one_day(a_school(hours=hours), a_team())) == [[0]]


def test_the_way_out_and_the_way_back_each_count_in_their_direction() -> None:
    team = a_team(shifts=(a_shift("07:00", "08:30"),))
    travel = some_travel(["B", "S1"], ways={("B", "S1"): 20, ("S1", "B"): 20})
    assert options(one_day(a_school(), team).model_copy(update={"travel": travel})) == [[0]]
    slower = some_travel(["B", "S1"], ways={("B", "S1"): 20, ("S1", "B"): 21})
    assert options(one_day(a_school(), team).model_copy(update={"travel": slower})) == [[]]


def test_where_ways_are_no_metric_a_school_may_be_reached_by_way_of_others() -> None:
    """S3 is an hour from S2, that an hour from S1; stays on the way take 50 minutes each."""
    chain = {("B", "S1"): 10, ("S1", "S2"): 60, ("S2", "S3"): 60, ("S3", "S1"): 5, ("S1", "B"): 20}
    travel = some_travel(["B", "S1", "S2", "S3"], 600, ways=chain)
    schools = tuple(a_school(f"S{n}") for n in (1, 2, 3))
    network = build_network(a_problem(schools=schools, travel=travel, end=MONDAY))
    assert network.way_out.tolist() == [[10, 120, 230]]
    assert network.way_back.tolist() == [[20, 185, 75]]
    # S3 from 10:50 to 11:40 and S1 from 11:45 on; S2 from 09:00 to 09:50 and home at 12:55
    for end, found in (("12:55", [0, 1, 2]), ("12:54", [0]), ("08:20", [0]), ("08:19", [])):
        team = a_team(shifts=(a_shift("07:00", end),))
        network = build_network(
            a_problem(schools=schools, travel=travel, teams=(team,), end=MONDAY)
        )
        assert network.options(0) == found, end


def test_skills_hold_all_needs() -> None:
    school = a_school(needs=frozenset({"ramp", "sign"}))
    assert options(one_day(school, a_team(skills=frozenset({"ramp", "sign", "boat"})))) == [[0]]
    assert options(one_day(school, a_team(skills=frozenset({"ramp", "boat"})))) == [[]]


def test_each_team_day_has_the_schools_of_its_date() -> None:
    schools = (
        a_school("S1", closed=(a_range(MONDAY, MONDAY),)),
        a_school("S2"),
        a_school("S3", cohorts=0, max_visits=0),  # whether pupils are left is not asked
    )
    teams = (a_team("A"), a_team("C", off=(a_range(TUESDAY, TUESDAY),)))
    problem = a_problem(schools=schools, teams=teams, end=TUESDAY)
    assert options(problem) == [[1, 2], [1, 2], [0, 1, 2]]


def test_no_team_days_no_options() -> None:
    network = build_network(a_problem(holidays=(MONDAY,), end=MONDAY))
    assert network.team_days == 0
    assert network.option_ptr.tolist() == [0]
    assert network.option_school.tolist() == []


def test_shortest_stays_by_team_and_school() -> None:
    schools = (a_school("S1"), a_school("S2", seconds_per_student=1500))
    teams = (a_team("A"), a_team("C", kits=1, seconds_per_student=300))
    stays = shortest_stays(build_network(a_problem(schools=schools, teams=teams)))
    assert stays.tolist() == [[50, 60], [50, 70]]  # 45 minutes and 1.75, 12.5, 5, 25


def test_raising_to_the_grid() -> None:
    network = build_network(a_problem())
    assert on_grid_up(network.travel.ravel() + 40, 25).tolist() == [50, 50, 50, 50]
    assert on_grid_up(network.travel.ravel() + 50, 25).tolist() == [50, 75, 75, 50]
