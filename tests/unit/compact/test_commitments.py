"""R13: what was promised stays in every plan that the model holds."""

from typing import Any

import pytest

from ektp_sched.domain import Problem, Visit
from ektp_sched.engine.exact.constraints import keep_promises
from ektp_sched.engine.exact.variables import make_variables
from ektp_sched.engine.instance import build_network
from tests.builders import (
    MONDAY,
    TUESDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_range,
    a_school,
    a_team,
    a_visit,
)
from tests.unit.compact.fixing import accepts, solved, values

PROMISED = a_visit(date=TUESDAY, students={"XI": 8, "XII": 12}, status="confirmed")


def promising(*commitments: Visit, **school: Any) -> Problem:
    cohorts = (a_cohort("XI", 40), a_cohort("XII", 40))
    one = a_school(cohorts=cohorts, **school)
    return a_problem(schools=(one,), teams=(a_team(), a_team("C")), commitments=commitments)


@pytest.mark.parametrize(
    "change",
    [
        {"start": "08:05"},
        {"end": "10:05"},
        {"students": {"XI": 9, "XII": 12}},
        {"students": {"XI": 12, "XII": 8}},
        {"team": "C"},
        {"date": MONDAY},
    ],
)
def test_a_promised_visit_stays_as_it_is(change: dict[str, object]) -> None:
    problem = promising(PROMISED)
    assert accepts(problem, PROMISED)
    assert not accepts(problem, Visit.model_validate({**PROMISED.model_dump(), **change}))
    assert not accepts(problem)


def test_other_visits_may_join_it() -> None:
    assert accepts(promising(PROMISED), PROMISED, a_visit(date=MONDAY, students=10))


def test_proposed_and_contingent_ones_promise_nothing() -> None:
    idea = PROMISED.model_copy(update={"status": "proposed"})
    maybe = PROMISED.model_copy(update={"status": "contingent", "team": "C"})
    assert accepts(promising(idea, maybe))


def test_a_promise_of_pupils_whom_history_took_is_held_by_no_plan() -> None:
    history = a_visit(date="2024-08-01", students={"XII": 30}, status="done")
    assert not accepts(promising(PROMISED, history), PROMISED)


def test_a_promise_that_is_no_option_makes_the_model_infeasible() -> None:
    """The checker calls it a contradiction before; the model says so too."""
    off = a_problem(
        teams=(a_team(off=(a_range(TUESDAY, TUESDAY),)),),
        commitments=(a_visit(date=TUESDAY, status="confirmed"),),
    )
    young = promising(PROMISED).model_copy(
        update={
            "schools": (
                a_school(
                    cohorts=(a_cohort("XI", 40, record_from="2025-01-01"), a_cohort("XII", 40))
                ),
            )
        }
    )
    for problem in (off, young):
        network = build_network(problem)
        variables = make_variables(network)
        keep_promises(network, variables)
        assert not solved(variables.model)


def test_the_values_of_a_promise_count() -> None:
    found = values(promising(PROMISED), PROMISED, baseline=a_plan(PROMISED))
    assert (found["students"], found["wait"], found["changes"]) == (20, 20, 0)
