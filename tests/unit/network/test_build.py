"""A problem's numbers in the arrays."""

from ektp_sched.domain import Floor, Policy
from ektp_sched.engine.instance import FixedVisit, build_network
from ektp_sched.engine.instance.arrays import NO_LIMIT
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_base,
    a_break,
    a_cohort,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
)


def test_team_days_by_date_with_shift_break_and_limits() -> None:
    shifts = (a_shift("07:00", "12:00", days=("mon", "wed")),)
    limited = {"max_visits_per_day": 2, "max_travel_minutes": 0}
    teams = (
        a_team("A", breaks=(a_break(30, "11:30", "13:00", days=("wed",)),)),
        a_team("C", base="B2", shifts=shifts, **limited),
        a_team("E", shifts=()),
    )
    bases = (a_base("B1"), a_base("B2"), a_base("B"))
    problem = a_problem(teams=teams, bases=bases, holidays=(TUESDAY,), end=WEDNESDAY)
    network = build_network(problem)
    assert network.td_day.tolist() == [0, 0, 2, 2]
    assert network.td_team.tolist() == [0, 1, 0, 1]
    assert network.shift_start.tolist() == [420] * 4
    assert network.shift_end.tolist() == [960, 720, 960, 720]
    assert network.break_minutes.tolist() == [0, 0, 30, 0]
    assert network.break_earliest.tolist() == [0, 0, 690, 0]
    assert network.break_latest.tolist() == [0, 0, 780, 0]
    assert network.td_max_visits.tolist() == [NO_LIMIT, 2, NO_LIMIT, 2]
    assert network.td_max_travel.tolist() == [NO_LIMIT, 0, NO_LIMIT, 0]
    assert network.base_place.tolist() == [2, 1, 2]
    assert [network.home(j) for j in range(4)] == [2, 1, 2, 1]


def test_pace_is_the_school_s_own_or_the_team_s() -> None:
    schools = (a_school("S1"), a_school("S2", seconds_per_student=1500, setup_minutes=40))
    teams = (a_team("A"), a_team("C", seconds_per_student=300, kits=3))
    network = build_network(a_problem(schools=schools, teams=teams))
    assert network.seconds.tolist() == [[210, 1500], [300, 1500]]
    assert network.kits.tolist() == [2, 3]
    assert network.overhead.tolist() == [45, 55]


def test_cohorts_with_their_days_less_what_history_recorded() -> None:
    cohorts = (
        a_cohort("X", 50, record_from=WEDNESDAY, card_from="2025-08-01"),
        a_cohort("XI", 30, record_from="2024-01-01", card_from=FRIDAY, priority=2),
        a_cohort("XII", 20, record_from="2024-08-10"),
    )
    schools = (a_school("S1", cohorts=7), a_school("S2", cohorts=cohorts))
    done = (
        a_visit("S2", date="2024-07-01", students={"XI": 10, "XII": 25}, status="done"),
        a_visit("S2", date=TUESDAY, students={"XI": 4}, status="done"),
    )
    network = build_network(a_problem(schools=schools, commitments=done))
    assert network.cohort_ptr.tolist() == [0, 1, 4]
    assert network.cohorts_of(1) == range(1, 4)
    assert network.cohort_names == ("XII", "X", "XI", "XII")
    assert network.cohort_students.tolist() == [7, 50, 30, 20]
    assert network.cohort_left.tolist() == [7, 50, 16, 0]
    assert network.record_day.tolist() == [0, 2, 0, 5]
    assert network.card_day.tolist() == [0, 5, 4, 0]
    assert network.priority.tolist() == [1, 1, 2, 1]


def test_floors_count_their_group_and_round_up() -> None:
    schools = (
        a_school("S1", cohorts=(a_cohort("X", 3), a_cohort("XII", 30))),
        a_school("S2", cohorts=10, kind="SMK"),
        a_school("S3", cohorts=1, district="Gading"),
    )
    floors = (
        Floor(by="kind", value="SMA", percent=50),
        Floor(by="district", value="Ratu Agung", percent=33),
        Floor(by="district", value="Gading", percent=0),
    )
    network = build_network(a_problem(schools=schools, policy=Policy(floors=floors)))
    expected = [[True, False, True], [True, True, False], [False, False, True]]
    assert network.floor_of.tolist() == expected
    assert network.floor_target.tolist() == [17, 15, 0]


def test_only_confirmed_and_done_visits_are_commitments() -> None:
    fields = {"schools": (a_school(cohorts=(a_cohort("XI"), a_cohort("XII"))),)}
    visits = (
        a_visit(date=TUESDAY, status="confirmed"),
        a_visit(date=WEDNESDAY, status="proposed"),
        a_visit(date=THURSDAY, status="contingent"),
        a_visit(date="2024-08-03", status="done", students={"XI": 3}),
        a_visit(date=MONDAY, status="done"),
    )
    problem = a_problem(
        **fields, commitments=visits, teams=(a_team(off=(a_range(MONDAY, MONDAY),)),)
    )
    network = build_network(problem)
    times = {"school": 0, "team": 0, "start": 480, "end": 600}
    assert network.confirmed == (FixedVisit(**times, team_day=0, day=1, take=(0, 40)),)
    assert network.done == (
        FixedVisit(**times, team_day=-1, day=-2, take=(3, 0)),
        FixedVisit(**times, team_day=-1, day=0, take=(0, 40)),
    )


def test_an_empty_problem_has_empty_arrays() -> None:
    network = build_network(a_problem(schools=(), teams=(), bases=()))
    assert (network.schools, network.team_days) == (0, 0)
    assert network.seconds.shape == network.skilled.shape == (0, 0)
    assert network.cohort_ptr.tolist() == [0]
    network = build_network(a_problem(teams=()))
    assert network.seconds.shape == (0, 1)
