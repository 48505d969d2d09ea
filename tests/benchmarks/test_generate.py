"""Made problems: the same every time, scarce, and with promises that can be kept."""

import pytest

from benchmarks.generate import Size, core_problem, is_size, office_problem, tiny_problem
from benchmarks.generate.town import shares
from benchmarks.peers.statement import state
from ektp_sched.domain import MatrixTravel, Plan, Problem, School
from ektp_sched.engine.exact.model import arcs_of
from ektp_sched.engine.instance import build_network
from ektp_sched.rulebook import check
from ektp_sched.solve.solver import EXACT_ARCS

CORE = ("70x3x20", "250x5x20")
OFFICE = ("70x2x8", "70x3x20")
MAKERS = [(core_problem, "30x2x10"), (office_problem, "30x2x10"), (tiny_problem, "8x2x3")]


def due(school: School) -> int:
    return sum(cohort.students for cohort in school.cohorts)


def test_a_size_reads_as_it_is_written() -> None:
    assert str(Size.parse("300x6x20")) == "300x6x20"
    assert not is_size("300x6")
    with pytest.raises(ValueError, match="no size"):
        Size.parse("0x1x1")


@pytest.mark.parametrize(("make", "size"), MAKERS)
def test_a_problem_is_a_function_of_size_and_seed(make, size) -> None:  # type: ignore[no-untyped-def]
    first, again, other = (make(Size.parse(size), seed) for seed in (0, 0, 1))
    assert first == again
    assert first.schools != other.schools
    assert Problem.model_validate_json(first.model_dump_json()) == first


@pytest.mark.parametrize("size", CORE)
def test_core_time_is_scarce_and_every_school_fits_in_one_visit(size: str) -> None:
    problem = core_problem(Size.parse(size), 0)
    statement = state(problem)
    time = sum(day.end - day.start for day in statement.team_days)
    work = sum(stay + 3 for stay in statement.stays)  # a quarter of an hour's drive
    assert 1.3 <= work / time <= 2
    assert all(60 <= day.end - day.start <= 96 for day in statement.team_days)
    assert all(statement.starts)
    assert all(s.min_students == due(s) and s.max_visits == 1 for s in problem.schools)
    assert all(2 <= len(team.shifts) <= 5 for team in problem.teams)


def test_core_times_lie_on_the_grid() -> None:
    problem = core_problem(Size.parse("70x3x20"), 0)
    travel = problem.travel
    assert isinstance(travel, MatrixTravel)
    assert all(minutes % problem.time_step == 0 for row in travel.minutes for minutes in row)


def test_pupils_are_as_many_as_reports_say() -> None:
    pupils = [due(school) for school in core_problem(Size.parse("500x5x20"), 0).schools]
    assert 40 <= sum(pupils) / len(pupils) <= 90
    assert min(pupils) >= 3
    assert max(pupils) <= 240


@pytest.mark.parametrize("size", OFFICE)
def test_office_promises_keep_all_rules(size: str) -> None:
    problem = office_problem(Size.parse(size), 0)
    assert {visit.status for visit in problem.commitments} == {"done", "confirmed"}
    assert check(problem, Plan(visits=problem.commitments)).ok


def test_offices_show_the_whole_rule_book() -> None:
    problem = office_problem(Size.parse("300x6x20"), 0)
    schools, teams = problem.schools, problem.teams
    cohorts = [cohort for school in schools for cohort in school.cohorts]
    assert any(cohort.record_from for cohort in cohorts)
    assert any(cohort.card_from for cohort in cohorts)
    assert any(school.closed for school in schools)
    assert any(school.extra_hours for school in schools)
    assert any(school.min_gap_days for school in schools)
    assert any(school.max_teams_per_day > 1 for school in schools)
    assert any(school.needs for school in schools)
    assert any(school.not_before for school in schools)
    assert any(school.not_after for school in schools)
    assert {team.kits for team in teams} == {2, 3}
    assert all(team.breaks for team in teams)
    assert any(team.off for team in teams)
    assert any(team.max_visits_per_day for team in teams)
    assert any(team.max_travel_minutes for team in teams)
    assert {delivery.confirmed for delivery in problem.stock.deliveries} == {True, False}
    assert {floor.by for floor in problem.policy.floors} == {"district", "kind"}


@pytest.mark.parametrize("seed", range(4))
def test_tiny_problems_are_small_enough_for_the_exact_model(seed: int) -> None:
    problem = tiny_problem(Size.parse("8x2x3"), seed)
    assert arcs_of(build_network(problem)) <= EXACT_ARCS
    assert check(problem, Plan(visits=problem.commitments)).ok


def test_what_is_not_tiny_is_refused() -> None:
    with pytest.raises(ValueError, match="not tiny"):
        tiny_problem(Size.parse("9x2x3"), 0)


def test_shares_add_up() -> None:
    assert shares(10, (1, 1, 1)) == [3, 3, 4]
    assert sum(shares(241, (40, 10, 10, 20, 10, 10))) == 241
