import json
from pathlib import Path

import pytest

from ektp_sched.cli.worth import worth_in_words
from ektp_sched.desk.worth import Worth, worth
from ektp_sched.domain import Floor, Plan, Policy, Problem, Stock, WeightedTerm
from ektp_sched.engine.budget import CancelToken
from tests.builders import (
    FRIDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
)
from tests.cli.running import Ran, Terminal, is_clear

A_PLAN = a_plan(a_visit(students=40))


def run(terminal: Terminal, problem: Problem, plan: Plan, *options: str) -> Ran:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return terminal.run("worth", "problem.json", "plan.json", "--time-limit", "6", *options)


@pytest.fixture
def few_blanks() -> Problem:
    return a_problem(stock=Stock(opening=40))


def test_what_blanks_would_bring(terminal: Terminal, few_blanks: Problem) -> None:
    ran = run(terminal, few_blanks, A_PLAN)
    assert (ran.code, ran.err) == (0, "")
    assert "Your plan: 40 pupils recorded." in ran.out
    assert "no plan can record more than 40 (0 more)" in ran.out
    assert f"100 more blanks that arrive on Fri {FRIDAY}   about 60     +60        60" in ran.out
    assert "One more team-day: none brings a pupil more; that is proven." in ran.out
    assert "1 gain of" in ran.out


def test_json_and_nothing_else(terminal: Terminal, few_blanks: Problem) -> None:
    ran = run(terminal, few_blanks, A_PLAN, "--json")
    assert (ran.code, ran.err) == (0, "")
    answer = Worth.model_validate_json(ran.out)
    assert answer.gains[0].found == 60
    assert json.loads(ran.out)["gains"][0]["relief"]["kind"] == "more_blanks"


def test_team_days_kits_and_hours_by_name_and_alike_dates_in_one_line(terminal: Terminal) -> None:
    hours = (some_hours("08:00", "10:15", days=["mon", "tue", "wed"]),)
    cohorts = (a_cohort(students=300, priority=2),)
    problem = a_problem(
        schools=(a_school(cohorts=cohorts, hours=hours, max_visits=5, max_teams_per_day=2),),
        teams=(a_team(shifts=(a_shift(days=["mon"]),)),),
    )
    ran = run(terminal, problem, a_plan(a_visit(students=40)))
    assert "A plan found on the way has 22 points more" in ran.out  # 51 pupils instead of 40
    assert "Team A out on Tue 2024-08-06 too, 07:00-16:00" in ran.out
    assert "1 kit more for Team A" in ran.out
    assert "SMA 1 open 10:15-10:45 too on Mon 2024-08-05" in ran.out
    assert "a second team like Team A on Mon 2024-08-05" in ran.out


def test_where_cards_are_printed_later_blanks_do_not_matter(terminal: Terminal) -> None:
    ran = run(terminal, a_problem(stock=Stock(opening=0, cards="later")), A_PLAN)
    assert "blanks do not limit recording here" in ran.out


def test_floors_and_what_nothing_is_known_of(terminal: Terminal) -> None:
    tier = (WeightedTerm(term="shortfall"), WeightedTerm(term="students"))
    floor = Floor(by="kind", value="SMA", percent=70)
    problem = a_problem(
        stock=Stock(opening=40), policy=Policy(tiers=(tier,), floors=(floor,)), teams=()
    )
    ran = run(terminal, problem, a_plan())
    assert "Your plan: 0 pupils recorded." in ran.out
    assert "no plan can record more" not in ran.out
    assert "One more kit, on all days of a team: there is nothing of that kind" in ran.out
    with_team = problem.model_copy(update={"teams": (a_team(),)})
    assert "+60 and 30 fewer short of the floors" in run(terminal, with_team, A_PLAN).out


def test_what_there_was_no_time_for_is_told() -> None:
    problem, token = a_problem(stock=Stock(opening=500)), CancelToken()
    token.cancel()
    answer = worth(problem, A_PLAN, time_limit=6, cancel=token)
    text = "\n".join(map(str, worth_in_words(answer, problem)))
    assert "One more kit, on all days of a team: there was no time to look at all of them." in text
    assert "More blank cards: the prices are too rough to tell." in text
    assert "No time was left to look at all of: kits, team-days, hours of schools." in text
    assert "Give more --time-limit" in text
    assert answer.model_dump(mode="json")["not_priced"] == ["kits", "team_days", "hours"]


def test_blanks_that_are_all_used_have_their_price_without_any_time(few_blanks: Problem) -> None:
    token = CancelToken()
    token.cancel()
    answer = worth(few_blanks, A_PLAN, time_limit=6, cancel=token)
    text = "\n".join(map(str, worth_in_words(answer, few_blanks)))
    assert "no plan can record more than 40 (0 more)" in text
    assert "No time was left to plan with the best of: blank cards." in text
    assert [gain.relief.kind for gain in answer.gains] == ["more_blanks"]


def test_what_there_was_no_time_to_try_is_told(few_blanks: Problem) -> None:
    answer = worth(few_blanks, A_PLAN, time_limit=6, verify=0)
    told = answer.model_copy(update={"not_tried": ("blanks",)})
    text = "\n".join(map(str, worth_in_words(told, few_blanks)))
    assert "No time was left to plan with the best of: blank cards." in text


def test_bad_input(terminal: Terminal, few_blanks: Problem) -> None:
    other = run(terminal, few_blanks, a_plan(a_visit("S9")))
    assert is_clear(other, "plan.json", "visits[0].school", "not in the problem")
    broken = run(terminal, few_blanks, a_plan(a_visit(students=41)))
    assert is_clear(broken, "plan", "R11")
