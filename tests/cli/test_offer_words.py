from ektp_sched.cli.agreeing import Telling
from ektp_sched.desk.differences import effects
from ektp_sched.desk.offer import Offer, Offers
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.rulebook import check
from tests.builders import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_cohort,
    a_plan,
    a_problem,
    a_school,
    a_visit,
)

COHORTS = (a_cohort("XI", 50), a_cohort("XII", 50))
OFFICE = a_problem(schools=tuple(a_school(name, cohorts=COHORTS) for name in ("S1", "S2", "S3")))
SLOT = a_visit("S1", students=40, status="confirmed")
OTHER = a_visit("S2", date=TUESDAY, students={"XI": 20, "XII": 20})


def told(before: Plan, after: Plan, problem: Problem = OFFICE) -> list[str]:
    """What is said of one offer, a line each."""
    one = Offer(
        number=1,
        visit=SLOT,
        score=check(problem, after).score,
        effects=effects(before, after),
        estimated=True,
        plan=after,
        mark="none",
    )
    offers = Offers(school="S1", score=check(problem, before).score, offers=(one,))
    return [line.strip() for line in Telling(problem, before).offers(offers)]


def with_other(other: Visit) -> list[str]:
    return told(a_plan(OTHER), a_plan(SLOT, other))


def test_a_visit_of_another_school_falls_moves_or_is_new() -> None:
    assert f"- SMA 2 loses Tue {TUESDAY} at 08:00 (40 pupils)" in told(a_plan(OTHER), a_plan(SLOT))
    later = OTHER.model_copy(update={"date": a_visit(date=WEDNESDAY).date})
    assert (
        f"- SMA 2 has Wed {WEDNESDAY} at 08:00 (40 pupils) instead of Tue {TUESDAY} at 08:00 "
        "(40 pupils)"
    ) in with_other(later)
    assert f"- SMA 2 gains Tue {TUESDAY} at 08:00 (40 pupils)" in told(
        a_plan(), a_plan(SLOT, OTHER)
    )


def test_a_visit_of_another_school_has_fewer_or_other_pupils() -> None:
    fewer = with_other(OTHER.model_copy(update={"students": {"XI": 1}}))
    assert f"- SMA 2 on Tue {TUESDAY}: 1 pupil instead of 40" in fewer
    regrouped = with_other(OTHER.model_copy(update={"students": {"XI": 40}}))
    assert f"- SMA 2 on Tue {TUESDAY}: other pupils" in regrouped


def test_what_the_slot_stands_for_and_what_stays_beside_it() -> None:
    before = a_visit("S1", date=TUESDAY, students=40)
    lines = told(a_plan(before), a_plan(SLOT, a_visit("S1", date=WEDNESDAY, students=20)))
    assert f"Instead of Tue {TUESDAY} at 08:00 (40 pupils)." in lines
    assert f"Besides Wed {WEDNESDAY} at 08:00 (20 pupils)." in lines


def test_costs_are_said_in_the_order_of_the_policy() -> None:
    lines = told(a_plan(OTHER), a_plan(SLOT, OTHER.model_copy(update={"students": {"XI": 1}})))
    assert (
        "Changes in the whole plan (estimated): 1 pupil more, 15 pupil-minutes of lessons more, "
        "20 minutes more on the road."
    ) in lines


def test_the_plan_as_it_is_costs_nothing() -> None:
    planned = SLOT.model_copy(update={"status": "proposed"})
    lines = told(a_plan(planned), a_plan(SLOT))
    assert "This is the plan as it is." in lines
    assert f"1. Mon {MONDAY}, 08:00-10:00, Team A: 40 pupils" in lines
    assert not any(line.startswith("Changes") for line in lines)
    moved = told(a_plan(planned), a_plan(SLOT.model_copy(update={"team": "A"}), OTHER))
    assert any(line.startswith("Changes") for line in moved)
