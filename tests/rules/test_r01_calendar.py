"""R1: a visit's date is in the horizon, no holiday, and the team works that day."""

from tests.builders import FRIDAY, MONDAY, TUESDAY, a_problem, a_range, a_shift, a_team, a_visit
from tests.rules.verdicts import amounts, violations


def test_no_visits_break_nothing() -> None:
    problem = a_problem(holidays=(MONDAY,), teams=(a_team(shifts=()),))
    assert amounts("R1", problem) == []


def test_first_and_last_date_of_the_horizon_are_allowed() -> None:
    visits = (a_visit(date=MONDAY), a_visit(date=FRIDAY))
    assert amounts("R1", a_problem(), *visits) == []


def test_days_before_and_after_the_horizon_are_counted() -> None:
    visits = (a_visit(date="2024-08-02"), a_visit(date="2024-08-12"))
    assert amounts("R1", a_problem(), *visits) == [(3, "days"), (3, "days")]


def test_a_holiday_is_forbidden_and_the_day_after_is_not() -> None:
    problem = a_problem(holidays=(MONDAY,))
    assert amounts("R1", problem, a_visit(date=TUESDAY)) == []
    (violation,) = violations("R1", problem, a_visit())
    assert (violation.by, violation.unit) == (1, "days")
    assert violation.message == "SMA 1 on 2024-08-05 by Team A: the date is a holiday"
    assert violation.visits == (0,)


def test_a_weekday_without_shift_is_forbidden() -> None:
    problem = a_problem(teams=(a_team(shifts=(a_shift(days=("tue",)),)),))
    assert amounts("R1", problem, a_visit(date=TUESDAY)) == []
    assert amounts("R1", problem, a_visit()) == [(1, "days")]


def test_both_ends_of_a_range_off_are_forbidden() -> None:
    away = a_range("2024-08-06", "2024-08-07", reason="training")
    problem = a_problem(teams=(a_team(off=(away,)),))
    days = ["2024-08-05", "2024-08-06", "2024-08-07", "2024-08-08"]
    verdicts = [violations("R1", problem, a_visit(date=day)) for day in days]
    assert [len(found) for found in verdicts] == [0, 1, 1, 0]
    assert (verdicts[1][0].by, verdicts[1][0].unit) == (1, "days")
    assert verdicts[1][0].message.endswith("the team is off: training")


def test_every_reason_is_told() -> None:
    team = a_team(off=(a_range("2024-08-03", "2024-08-03"),))
    problem = a_problem(holidays=("2024-08-03",), teams=(team,))
    assert len(amounts("R1", problem, a_visit(date="2024-08-03"))) == 4  # a Saturday too early


def test_a_done_visit_is_exempt() -> None:
    done = a_visit(date="2024-08-03", status="done")
    assert amounts("R1", a_problem(commitments=(done,)), done) == []
