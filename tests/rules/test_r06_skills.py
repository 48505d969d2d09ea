"""R6: the team's skills contain all of the school's needs."""

from tests.builders import a_problem, a_school, a_team, a_visit
from tests.rules.verdicts import amounts, violations


def test_a_school_without_needs_takes_any_team() -> None:
    assert amounts("R6", a_problem(teams=(a_team(skills={"boat"}),)), a_visit()) == []


def test_a_team_with_exactly_the_needs_or_more_is_allowed() -> None:
    schools = (a_school(needs={"slb", "boat"}),)
    for skills in ({"slb", "boat"}, {"slb", "boat", "motorbike"}):
        problem = a_problem(schools=schools, teams=(a_team(skills=skills),))
        assert amounts("R6", problem, a_visit()) == []


def test_each_missing_skill_counts() -> None:
    schools = (a_school(needs={"slb", "boat", "ramp"}),)
    problem = a_problem(schools=schools, teams=(a_team(skills={"boat"}),))
    (violation,) = violations("R6", problem, a_visit())
    assert (violation.by, violation.unit) == (2, "skills")
    assert violation.message == (
        "SMA 1 on 2024-08-05 by Team A: the school needs ramp, slb, which the team does not offer"
    )


def test_a_done_visit_is_exempt() -> None:
    done = a_visit(status="done")
    problem = a_problem(schools=(a_school(needs={"slb"}),), commitments=(done,))
    assert amounts("R6", problem, done) == []
