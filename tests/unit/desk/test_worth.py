from typing import Any

import pytest

from ektp_sched.desk.interventions import LongerHours, MoreBlanks, MoreKits, MoreTeamDay
from ektp_sched.desk.stand_ins import BorrowedTeamDay
from ektp_sched.desk.worth import Gain, Worth, worth
from ektp_sched.domain import Floor, Plan, Policy, Problem, Stock, WeightedTerm
from ektp_sched.errors import PlanError, RequestError, SettingsError
from ektp_sched.rulebook import check
from ektp_sched.solve import CancelToken, Result, solve
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)
from tests.cli.fakes import no_result


def asked(problem: Problem, plan: Plan | Result | None = None, **options: object) -> Worth:
    if plan is None:
        plan = solve(problem, time_limit=60, gap=0, deterministic=True)
    settings = {"time_limit": 60, "deterministic": True, "verify": 9, **options}
    return worth(problem, plan, **settings)  # type: ignore[arg-type]


def gain_of(answer: Worth, relief: object) -> Gain:
    return next(gain for gain in answer.gains if gain.relief == relief)


def few_blanks() -> Problem:
    """All the time in the world, but 40 blanks for 100 pupils."""
    return a_problem(end=TUESDAY, stock=Stock(opening=40))


def one_morning(**school: Any) -> Problem:
    """One day of a team with room for 51 of 80 pupils (90 minutes of recording, two kits)."""
    hours = some_hours("08:00", "10:15")
    schools = (a_school(cohorts=80, hours=(hours,), **school),)
    return a_problem(schools=schools, end=TUESDAY, teams=(a_team(shifts=(a_shift(days=["mon"]),)),))


def test_blanks_are_worth_what_the_pupils_left_can_use() -> None:
    answer = asked(few_blanks())
    assert (answer.pupils, answer.improved, answer.bound) == (40, 0, 40)
    gain = gain_of(answer, MoreBlanks(date=TUESDAY, cards=100))
    assert (gain.estimate, gain.found, gain.at_most) == (60, 60, 60)
    assert gain.plan is not None
    assert check(gain.relief.apply(few_blanks()), gain.plan).score.students == 100


def test_what_is_not_scarce_is_worth_nothing_and_is_not_tried() -> None:
    answer = asked(few_blanks())
    others = [gain for gain in answer.gains if not isinstance(gain.relief, MoreBlanks)]
    assert others == list(answer.unverified)
    assert all(gain.estimate == pytest.approx(0, abs=1e-3) for gain in others)
    assert all(gain.at_most == 0 for gain in others)


def test_a_team_day_on_a_date_without_a_shift() -> None:
    answer = asked(one_morning())
    assert answer.pupils == 51
    relief = MoreTeamDay(team="A", date=TUESDAY, start="07:00", end="16:00")
    gain = gain_of(answer, relief)
    assert (gain.found, gain.at_most) == (29, 29)


def test_a_second_team_where_the_school_lets_two_in() -> None:
    relief = BorrowedTeamDay(team="A", date=MONDAY)
    assert gain_of(asked(one_morning(max_teams_per_day=2)), relief).found == 29
    assert not gain_of(asked(one_morning()), relief).found


def test_kits_and_half_an_hour() -> None:
    answer = asked(one_morning())
    assert gain_of(answer, MoreKits(team="A")).found == 26  # 77 fit in 90 minutes of three kits
    late = LongerHours(school="S1", date=MONDAY, start="10:15", end="10:45")
    assert gain_of(answer, late).found == 17  # 68 fit in 120 minutes


def test_a_school_that_is_closed_has_no_hours_to_lengthen() -> None:
    answer = asked(one_morning(closed=(a_range(MONDAY, MONDAY),)))
    assert not [gain for gain in answer.gains if isinstance(gain.relief, LongerHours)]


def test_the_best_gain_found_comes_first_and_estimates_last() -> None:
    found = [gain.found for gain in asked(one_morning(), verify=2).gains]
    known = [one for one in found if one is not None]
    assert len(known) == 2
    assert found == [*sorted(known, reverse=True), *[None] * (len(found) - 2)]


def test_without_time_everything_stays_an_estimate() -> None:
    token = CancelToken()
    token.cancel()
    plan = solve(few_blanks(), time_limit=60, gap=0, deterministic=True)
    answer = asked(few_blanks(), plan, cancel=token)
    assert answer.gains == answer.unverified
    assert answer.pupils == 40
    assert answer.not_priced == ("kits", "team_days", "hours")


def test_with_time_enough_every_kind_is_looked_at_and_tried() -> None:
    answer = asked(one_morning())
    assert (answer.not_priced, answer.not_tried) == ((), ())


def test_the_best_that_there_was_no_time_to_plan_with_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = CancelToken()

    def cancelling(problem: Problem, **options: Any) -> Result:
        token.cancel()
        return solve(problem, **options)

    plan = solve(few_blanks(), time_limit=60, gap=0, deterministic=True)
    monkeypatch.setattr("ektp_sched.desk.searching.solve", cancelling)
    answer = asked(few_blanks(), plan, cancel=token)
    assert (answer.not_priced, answer.not_tried) == ((), ("blanks",))


def test_a_better_plan_without_anything_more_is_not_credited_to_a_gain() -> None:
    answer = asked(few_blanks(), a_plan(a_visit(students=25)))
    assert (answer.pupils, answer.improved) == (40, 15)
    assert gain_of(answer, MoreBlanks(date=TUESDAY, cards=100)).found == 60


def test_what_is_confirmed_in_the_plan_stays() -> None:
    promise = a_visit(start="08:00", end="09:05", students=10, status="confirmed")
    answer = asked(one_morning(max_visits=1), a_plan(promise))
    assert promise in answer.plan.visits
    assert (answer.pupils, answer.improved, answer.bound) == (10, 0, 10)


def test_blanks_that_limit_nothing_are_no_wish() -> None:
    problem = few_blanks().model_copy(update={"stock": Stock(opening=0, cards="later")})
    assert not [g for g in asked(problem).gains if isinstance(g.relief, MoreBlanks)]


def test_pupils_short_of_a_floor_are_told_too() -> None:
    floor = Floor(by="kind", value="SMA", percent=70)
    problem = few_blanks().model_copy(update={"policy": Policy(floors=(floor,))})
    gain = gain_of(asked(problem), MoreBlanks(date=TUESDAY, cards=100))
    assert (gain.found, gain.fewer_short) == (60, 30)


def test_a_tier_of_several_terms_bounds_no_pupils() -> None:
    tier = (WeightedTerm(term="students", weight=9), WeightedTerm(term="travel"))
    problem = few_blanks().model_copy(update={"policy": Policy(tiers=(tier,))})
    answer = asked(problem)
    assert answer.bound is None
    gain = gain_of(answer, MoreBlanks(date=TUESDAY, cards=100))
    assert (gain.found, gain.at_most) == (60, None)
    assert 95 < gain.estimate < 100  # the drive there is paid for


def test_bad_questions_are_refused() -> None:
    problem, good = few_blanks(), a_plan(a_visit(students=40))
    with pytest.raises(PlanError, match="'S9' is not in the problem"):
        asked(problem, a_plan(a_visit("S9")))
    with pytest.raises(RequestError, match="R14"):
        asked(problem, a_plan(a_visit(start="08:01")))
    with pytest.raises(RequestError, match="the result has no plan"):
        asked(problem, no_result())
    with pytest.raises(SettingsError, match="time_limit"):
        asked(problem, good, time_limit=0)
    policy = Policy(tiers=((WeightedTerm(term="travel"),),))
    with pytest.raises(RequestError, match="counts the pupils"):
        asked(problem.model_copy(update={"policy": policy}), good)
