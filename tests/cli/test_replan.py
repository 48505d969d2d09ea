import json
from pathlib import Path
from typing import Any

import pytest

from ektp_sched.domain import Plan, Problem, Stock
from ektp_sched.files import load_plan, load_problem
from ektp_sched.rulebook import check
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)
from tests.cli.running import Ran, Terminal, is_clear

CLOSED = {"kind": "school_closed", "school": "S1", "start": MONDAY, "end": TUESDAY}
FILES = ("problem.json", "plan.json", "changes.json")


@pytest.fixture
def office() -> Problem:
    """On a grid so coarse that everything is proven at once."""
    schools = (a_school("S1", cohorts=60), a_school("S2", name="SMK [Dua]", cohorts=7))
    return a_problem(schools=schools, time_step=60)


@pytest.fixture
def published() -> Plan:
    return a_plan(a_visit(students=40, status="confirmed"), a_visit("S2", date=TUESDAY, students=7))


def run(terminal: Terminal, *changes: dict[str, Any], options: tuple[str, ...] = ()) -> Ran:
    Path("changes.json").write_text(json.dumps(changes), encoding="utf-8")
    return terminal.run("replan", *FILES, "-o", "out", "--time-limit", "60", *options)


@pytest.fixture(autouse=True)
def _files(problem_file: Path, published: Plan) -> None:
    Path("plan.json").write_text(published.model_dump_json(), encoding="utf-8")


def test_a_cancelled_visit_is_told_and_all_is_written(terminal: Terminal) -> None:
    ran = run(terminal, CLOSED)
    assert ran.code == 0, ran.err
    for words in (
        "Test, replanned after 1 change\n",
        "1. SMA 1 closed from Mon 5 Aug to Tue 6 Aug: 40 pupils, 1 visit concerned.",
        "SMA 1 on Mon 5 Aug 08:00 (Team A), 40 pupils\n    R2, by change 1: ",
        "What is different, by school:\n  SMA 1: moved from Mon 5 Aug 08:00 (Team A) to ",
        "By team:\n  Team A\n    SMA 1: moved",
        "Visits: 1 stay as they were, 1 moved, 0 with other pupils, 0 cancelled, 0 new.",
        "The changes alone make 1 visit other than they were.",
        "Pupils: 47 in the old plan, 7 in what stands of it, 67 in the new plan.",
        "No plan that keeps the promises can record more than 67 pupils.",
        "Written: out/problem.json, out/plan.json, out/result.json, out/diff.json",
    ):
        assert words in ran.out
    problem = load_problem("out/problem.json")
    assert check(problem, load_plan("out/plan.json", problem)).ok
    told = json.loads(Path("out/diff.json").read_text(encoding="utf-8"))
    assert told["diff"]["moved"][0]["before"]["school"] == "S1"
    assert json.loads(Path("out/result.json").read_text(encoding="utf-8"))["status"] == "optimal"


def test_nothing_has_happened(terminal: Terminal) -> None:
    whole = a_plan(a_visit(students=60, end="12:00"), a_visit("S2", date=TUESDAY, students=7))
    Path("plan.json").write_text(whole.model_dump_json(), encoding="utf-8")
    ran = run(terminal, options=("--max-changes", "1"))
    assert "Test, replanned after 0 changes\n\nNo visit is different.\n\nVisits: 2 stay" in ran.out
    assert "The changes alone make 0 visits other than they were; up to 1 were allowed." in ran.out


def test_what_is_frozen_and_capped(terminal: Terminal) -> None:
    options = ("--max-changes", "0", "--frozen-until", WEDNESDAY, "--json")
    ran = run(terminal, CLOSED, options=options)
    told = json.loads(ran.out)
    assert (told["forced"], told["max_changes"]) == (1, 0)
    assert [visit["school"] for visit in told["diff"]["kept"]] == ["S2"]
    ran = run(terminal, CLOSED, options=options[:-1])
    assert "more than the 0 allowed. No others were changed." in ran.out


def test_fewer_kits_and_a_date_that_cannot_be_had(terminal: Terminal) -> None:
    kits = {"kind": "kits_out", "team": "A", "start": MONDAY, "end": MONDAY}
    wish = {"kind": "school_asks", "school": "S2", "date": "2024-08-09"}
    ran = run(terminal, kits, {"kind": "holiday_added", "date": FRIDAY}, wish)
    assert "It keeps its date and time, with 21 pupils." in ran.out
    assert "stays on Mon 5 Aug 08:00 (Team A, 1 kit), 21 instead of 40 pupils" in ran.out
    assert "SMK [Dua] on Fri 9 Aug: it is a holiday" in ran.out
    assert "2. holiday on Fri 9 Aug: nothing." in ran.out


def test_a_change_that_brings_pupils(terminal: Terminal, office: Problem) -> None:
    coming = (a_delivery(MONDAY, 40), a_delivery(MONDAY, 1, confirmed=False))
    scarce = office.model_copy(update={"stock": Stock(opening=10, deliveries=coming)})
    Path("problem.json").write_text(scarce.model_dump_json(), encoding="utf-8")
    late = {"kind": "delivery_late", "date": MONDAY, "announced": 40, "new_date": "2024-09-01"}
    arrived = {"kind": "delivery_arrived", "date": MONDAY, "announced": 1, "cards": 40}
    ran = run(terminal, late, arrived)
    assert "1. delivery of Mon 5 Aug only on Sun 1 Sep: 37 pupils, 2 visits concerned." in ran.out
    assert "2. delivery of Mon 5 Aug arrived with 40 cards: 37 pupils more." in ran.out


def test_changes_that_cannot_be_are_refused_and_nothing_is_written(terminal: Terminal) -> None:
    unknown = run(terminal, {**CLOSED, "school": "S9"})
    assert is_clear(unknown, "changes.json", "changes[0] (school_closed).school: school 'S9'")
    done = {"kind": "visit_done", "school": "S1", "date": MONDAY, "recorded": {"XII": 1}}
    assert is_clear(run(terminal, CLOSED, done), "changes.json", "changes[1]", "contradicts")
    assert list(Path("out").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"kind": "strike"}, ("[0]", 'is "strike", which is not known', "'team_off'")),
        ({"school": "S1"}, ("[0] (S1)", "the key 'kind' is missing")),
        ({**CLOSED, "end": "5 August"}, ("[0] (S1).end", '"YYYY-MM-DD"')),
        ({**CLOSED, "reson": ""}, ("[0] (S1).reson", "Did you mean 'reason'?")),
        ({**CLOSED, "start": FRIDAY}, ("[0] (S1)", "Swap the dates")),
    ],
)
def test_broken_changes(terminal: Terminal, change: Any, parts: tuple[str, ...]) -> None:
    assert is_clear(run(terminal, change), "changes.json", *parts)


def test_broken_json(terminal: Terminal) -> None:
    Path("changes.json").write_text("[{", encoding="utf-8")
    ran = terminal.run("replan", *FILES, "-o", "out")
    assert is_clear(ran, "changes.json", "line 1")
    assert not Path("out").exists()


def test_a_plan_of_another_problem(terminal: Terminal) -> None:
    other = a_plan(a_visit("S9"))
    Path("plan.json").write_text(other.model_dump_json(), encoding="utf-8")
    ran = run(terminal, CLOSED)
    assert is_clear(ran, "plan.json", "visits[0].school: school 'S9' is not in the problem")


def test_what_is_read_is_never_written_over(terminal: Terminal, office: Problem) -> None:
    Path("changes.json").write_text("[]", encoding="utf-8")
    ran = terminal.run("replan", *FILES, "-o", ".")
    assert is_clear(ran, "problem.json", "this file was read and is not overwritten")
    assert load_problem("problem.json") == office


def test_a_bad_number_is_refused(terminal: Terminal) -> None:
    ran = run(terminal, CLOSED, options=("--max-changes", "-1"))
    assert (ran.code, ran.out) == (2, "")
    assert "max_changes: -1 is out of range" in ran.err


def test_the_form_of_changes(terminal: Terminal) -> None:
    ran = terminal.run("schema", "changes")
    assert json.loads(ran.out)["title"] == "Changes"
