"""R7: no more pupils than a cohort has, and none before its record_from."""

import pytest

from tests.builders import MONDAY, TUESDAY, WEDNESDAY, a_cohort, a_problem, a_school, a_visit
from tests.rules.verdicts import amounts, violations


def test_an_unvisited_school_breaks_nothing() -> None:
    assert amounts("R7", a_problem()) == []


def test_all_pupils_in_several_visits_are_allowed_and_one_more_is_not() -> None:
    problem = a_problem()
    first = a_visit(date=MONDAY, students=40)
    assert amounts("R7", problem, first, a_visit(date=TUESDAY, students=60)) == []
    (violation,) = violations("R7", problem, a_visit(date=TUESDAY, students=61), first)
    assert (violation.by, violation.unit, violation.visits) == (1, "pupils", (0, 1))
    assert violation.message == ("SMA 1: 101 pupils of XII recorded, 1 more than the 100 there are")


def test_each_cohort_is_counted_for_itself() -> None:
    school = a_school(cohorts=(a_cohort("XI", 50), a_cohort("XII", 50), a_cohort("X", 50)))
    problem = a_problem(schools=(school,))
    students = {"XI": 53, "XII": 50, "X": 57}
    found = violations("R7", problem, a_visit(students=students))
    assert {(v.by, v.message.split(" of ")[1].split()[0]) for v in found} == {(3, "XI"), (7, "X")}


@pytest.mark.parametrize(("since", "broken"), [(MONDAY, []), (TUESDAY, [(40, "pupils")])])
def test_nobody_before_the_16th_birthday(since: str, broken: list[tuple[int, str]]) -> None:
    school = a_school(cohorts=(a_cohort(record_from=since),))
    assert amounts("R7", a_problem(schools=(school,)), a_visit(students=40)) == broken


def test_only_the_too_young_are_counted() -> None:
    cohorts = (a_cohort("XI", record_from=TUESDAY), a_cohort("XII"))
    problem = a_problem(schools=(a_school(cohorts=cohorts),))
    (violation,) = violations("R7", problem, a_visit(students={"XI": 7, "XII": 30}))
    assert violation.by == 7
    assert violation.message.endswith("7 pupils of XI recorded, who are 16 only from 2024-08-06")


def test_done_visits_take_pupils_away_from_the_others() -> None:
    done = a_visit(date="2024-07-30", students=70, status="done")
    problem = a_problem(commitments=(done,))
    assert amounts("R7", problem, done, a_visit(students=30)) == []
    assert amounts("R7", problem, done, a_visit(students=31)) == [(1, "pupils")]


def test_history_alone_may_overdraw_and_be_too_early() -> None:
    cohorts = (a_cohort("XI", record_from=WEDNESDAY), a_cohort("XII"))
    done = a_visit(students={"XI": 105}, status="done")
    problem = a_problem(schools=(a_school(cohorts=cohorts),), commitments=(done,))
    assert amounts("R7", problem, done) == []
    assert amounts("R7", problem, done, a_visit(date=TUESDAY, students={"XII": 10})) == []
    # A visit that records the overdrawn cohort itself answers for all that is too much.
    later = a_visit(date=WEDNESDAY, students={"XI": 2, "XII": 10})
    assert amounts("R7", problem, done, later) == [(7, "pupils")]


def test_contingent_visits_are_counted_apart() -> None:
    firm = a_visit(date=MONDAY, students=60)
    found = violations(
        "R7", a_problem(), firm, a_visit(date=TUESDAY, students=41, status="contingent")
    )
    (violation,) = found
    assert violation.by == 1
    assert violation.message.startswith("SMA 1: with the contingent visits, 101 pupils")
