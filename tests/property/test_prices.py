"""Dual prices hold as bounds, and what worth() has verified is true."""

import math
from random import Random

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.desk.worth import (
    Wish,
    blank_wishes,
    hour_wishes,
    kit_wishes,
    team_day_wishes,
    worth,
)
from ektp_sched.domain import Plan, Policy, Problem, WeightedTerm
from ektp_sched.engine.budget import Budget
from ektp_sched.rulebook import check
from ektp_sched.solve.prices import PriceBook
from tests.solving import solved
from tests.strategies import micro_problems, tiny_problems

TOLERANCE = 1e-4
MOST_TRIED = 3
TIERS = (("students",), ("shortfall", "students"), ("schools", "students"))


@st.composite
def pupils_last(draw: st.DrawFn, problems: st.SearchStrategy[Problem]) -> Problem:
    """A problem whose last tier counts pupils."""
    problem = draw(problems)
    terms = draw(st.sampled_from(TIERS))
    tiers = tuple((WeightedTerm(term=term),) for term in terms)
    policy = Policy(tiers=tiers, floors=problem.policy.floors)
    return problem.model_copy(update={"policy": policy})


def best(problem: Problem) -> Plan:
    """The best plan; problems whose promises contradict the rules are left out."""
    result = solved(problem)
    assume(result.plan is not None)
    assert result.plan is not None
    assert result.status == "optimal"
    return result.plan


def pupils(problem: Problem, plan: Plan) -> int:
    return check(problem, plan).score.students


def book_of(problem: Problem, plan: Plan) -> PriceBook:
    return PriceBook(problem, plan, Budget(20, deterministic=True), 20.0)


def wishes(book: PriceBook) -> list[Wish]:
    return [
        *team_day_wishes(book, until=math.inf),
        *blank_wishes(book, 3),
        *kit_wishes(book, until=math.inf),
        *hour_wishes(book, book.problem.time_step, until=math.inf),
    ]


@settings(max_examples=max(15, settings().max_examples // 4))
@given(pupils_last(micro_problems() | tiny_problems()), st.randoms(use_true_random=False))
def test_no_plan_with_one_thing_more_passes_the_bound_and_its_worth(
    problem: Problem, random: Random
) -> None:
    plan = best(problem)
    book = book_of(problem, plan)
    assert pupils(problem, plan) <= book.bound + TOLERANCE
    asked = wishes(book)
    for wish in random.sample(asked, min(MOST_TRIED, len(asked))):
        note(f"{wish} {book.bound}")
        assert wish.estimate >= 0
        changed = wish.relief.apply(problem)
        assert pupils(changed, best(changed)) <= book.bound + wish.estimate + TOLERANCE


@settings(max_examples=max(15, settings().max_examples // 4))
@given(pupils_last(micro_problems()))
def test_gains_are_those_that_planning_anew_gives(problem: Problem) -> None:
    plan = best(problem)
    answer = worth(problem, plan, time_limit=60, verify=3, cards=2, deterministic=True)
    assert (answer.pupils, answer.improved) == (pupils(problem, plan), 0)
    assert answer.bound is not None
    assert answer.bound >= answer.pupils
    for gain in answer.gains[:4]:
        changed = gain.relief.apply(problem)
        truth = pupils(changed, best(changed)) - answer.pupils
        assert gain.at_most is not None
        assert truth <= gain.at_most
        if gain.found is not None:
            assert gain.plan is not None
            assert check(changed, gain.plan).ok
            assert gain.found == truth
            assert pupils(changed, gain.plan) == answer.pupils + truth
