import json
from pathlib import Path

import pytest

from ektp_sched.domain import Plan, Problem, Stock
from ektp_sched.files import load_plan
from ektp_sched.rulebook import check
from tests.builders import (
    MONDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)
from tests.cli.running import Terminal, is_clear

PLAN = a_plan(a_visit("S1", students=40))


def an_office(cards: str = "reserve", *, confirmed: bool = False) -> Problem:
    stock = Stock.model_validate(
        {
            "opening": 40,
            "cards": cards,
            "deliveries": (a_delivery(WEDNESDAY, 60, confirmed=confirmed),),
        }
    )
    schools = tuple(a_school(name, cohorts=40) for name in ("S1", "S2"))
    return a_problem(schools=schools, stock=stock, time_step=30)


def written(problem: Problem, plan: Plan = PLAN) -> tuple[str, str]:
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return "problem.json", "plan.json"


def test_contingent_visits_are_added_and_told_in_the_order_to_give_them_up(
    terminal: Terminal,
) -> None:
    ran = terminal.run("contingent", *written(an_office()), "-o", "new")
    assert (ran.code, ran.err) == (0, "")
    assert "1 visit and 40 pupils more." in ran.out
    assert (
        f"Blanks without these deliveries: none above the reserve from Mon {MONDAY} on." in ran.out
    )
    assert "Blanks with them: some above the reserve are left at the end." in ran.out
    plan = load_plan("new/plan.json", an_office())
    assert check(an_office(), plan).ok
    assert [visit.status for visit in plan.visits] == ["proposed", "contingent"]


def test_contingent_as_json(terminal: Terminal) -> None:
    ran = terminal.run("contingent", *written(an_office()), "-o", "new", "--json")
    assert len(json.loads(ran.out)["drop_order"]) == 1


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (an_office("later"), "Recording needs no blank at hand here"),
        (an_office(confirmed=True), "Every delivery is confirmed"),
    ],
)
def test_where_no_visit_waits(terminal: Terminal, problem: Problem, words: str) -> None:
    ran = terminal.run("contingent", *written(problem), "-o", "new")
    assert ran.code == 0
    assert words in ran.out
    assert load_plan("new/plan.json", problem) == PLAN


def test_where_the_delivery_allows_nothing(terminal: Terminal) -> None:
    alone = a_problem(schools=(a_school("S1", cohorts=40),), stock=an_office().stock)
    ran = terminal.run("contingent", *written(alone), "-o", "new")
    assert "would allow no visit more" in ran.out


def test_what_if_is_a_table(terminal: Terminal) -> None:
    waiting = a_visit("S2", date=WEDNESDAY, students=40, status="contingent")
    files = written(an_office(), a_plan(*PLAN.visits, waiting))
    ran = terminal.run("what-if", *files)
    assert (ran.code, ran.err) == (0, "")
    assert f"60 cards for Wed {WEDNESDAY}" in ran.out
    rows = {line[:20].strip(): line[20:].split() for line in ran.out.splitlines()}
    assert rows["as announced"][0] == "80"
    assert rows["none"][0] == "40"
    assert rows["half of the cards"][-1] == "1"


def test_what_if_as_json(terminal: Terminal) -> None:
    rows = json.loads(terminal.run("what-if", *written(an_office()), "--json").out)
    assert [row["pupils"] for row in rows] == [40] * 7


def test_what_if_where_cards_are_printed_later(terminal: Terminal) -> None:
    ran = terminal.run("what-if", *written(an_office("later")))
    assert "only the printing of cards differs" in ran.out


def test_nothing_read_is_overwritten(terminal: Terminal) -> None:
    ran = terminal.run("contingent", *written(an_office()), "-o", ".")
    assert is_clear(ran, "plan.json", "was read and is not overwritten")


def test_a_plan_that_breaks_rules(terminal: Terminal) -> None:
    ran = terminal.run(
        "what-if", *written(an_office(), a_plan(a_visit(start="08:15", students=20)))
    )
    assert is_clear(ran, "plan", "it breaks R14", "08:15")
