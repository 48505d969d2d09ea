"""What an office makes of the blanks it is sent: a plan, and how far any plan could come.

The dual prices of an office's linear master bound its pupils for any stock of blanks: with more or
fewer of them up to the last day of a level, the bound moves by no more than their price there. So
each appraisal says something of all that the office may be sent (a Benders cut).
"""

import math
import pickle
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ektp_sched import master
from ektp_sched.budget import Budget
from ektp_sched.domain import Delivery, Plan, Policy, Problem, WeightedTerm
from ektp_sched.domain.scalars import Value
from ektp_sched.network import Network, build_network, index_visits
from ektp_sched.network.arrays import IntArray
from ektp_sched.offices.planning import with_deliveries
from ektp_sched.rulebook import check
from ektp_sched.solve import Result, solve
from ektp_sched.solve.budgeting import budgeted
from ektp_sched.solve.price_book import tier_of_pupils
from ektp_sched.solve.settings import Settings
from ektp_sched.solve.warm_up import compile_engine

PLAN_SHARE = 0.75  # of the time, for the plan; the rest is for prices
CLOSE = 2e-4  # of the bound to the linear program's value
ROUNDED = 1e-4  # what sums of floating-point numbers may be off
PUPILS_ALONE = Policy(tiers=((WeightedTerm(term="students"),),))


class Appraisal(Value):
    """A plan made with what an office was sent, and a bound on what it records with anything.

    Days are indices of the office's horizon, D in all. Pupils count as in term T1.

    Parameters
    ----------
    plan
        As JSON, which is smaller.
    most
        No plan records more with what was sent, or with less.
    free
        Cards that are left by each day without anything sent, below 0 where they lack, [D].
    promised, drawn
        Cards that promised visits draw up to each day, and those of the plan, [D].
    base, prices
        No plan records more than ``base + Σ price × blanks``: with ``(day, price)`` for each
        level of blanks that has a price, and the blanks that may be drawn up to its last day.
    """

    plan: str
    pupils: int
    most: int
    free: tuple[int, ...]
    promised: tuple[int, ...]
    drawn: tuple[int, ...]
    base: float
    prices: tuple[tuple[int, float], ...]


def appraise(
    packed: bytes, sent: Sequence[Delivery], start: str | None, share: float, settings: Settings
) -> Appraisal | None:
    """Appraise what an office is sent; None where it has no plan at all.

    Parameters
    ----------
    packed
        The problem, pickled.
    start
        A plan to begin with, as JSON.
    share
        Seconds, or units of work.

    Raises
    ------
    RequestError
        No tier of the office's policy counts pupils.
    """
    problem = with_deliveries(pickle.loads(packed), sent)
    counting = _up_to_pupils(problem)
    known = None if start is None else Plan.model_validate_json(start)
    result = solve(
        counting,
        time_limit=share * PLAN_SHARE,
        gap=settings.gap,
        seed=settings.seed,
        workers=1,
        deterministic=settings.deterministic,
        warm_start=known,
    )
    if result.plan is None:
        return None
    rest = replace(settings, time_limit=share * (1 - PLAN_SHARE), workers=1)
    with budgeted(rest, None) as budget:
        return _priced(problem, result, result.plan, sent, budget)


def _up_to_pupils(problem: Problem) -> Problem:
    """The problem without the tiers after the one that counts pupils: they move no blank."""
    tiers = problem.policy.tiers[: tier_of_pupils(problem) + 1]
    policy = problem.policy.model_copy(update={"tiers": tiers})
    return problem.model_copy(update={"policy": policy})


def _priced(
    problem: Problem, result: Result, plan: Plan, sent: Sequence[Delivery], budget: Budget
) -> Appraisal:
    """The appraisal by a plan and by prices that begin with its tours."""
    counting = problem.model_copy(update={"policy": PUPILS_ALONE})
    with budget.pause():
        compile_engine()
    network = build_network(counting)
    engine = master.Engine(network, PUPILS_ALONE.tiers, budget, 0.0, lambda *_: None)
    firm = (visit for visit in plan.visits if visit.status not in {"done", "contingent"})
    generator = engine.generator_for(0, index_visits(counting, firm, network.team_day_at))
    pupils, beside = check(counting, plan).score.students, int(engine.fixed[0] + engine.history[0])
    generator.solve(
        engine.demand.tier_weights[0],
        close=lambda bound, optimum: bound - optimum <= CLOSE * max(1.0, optimum),
        until=budget.limit,
        enough=lambda bound: math.floor(bound + ROUNDED) + beside <= pupils,
        more=lambda: 0,
    )
    slots, rows = generator.relaxation.slots, generator.relaxation.blanks
    prices = generator.prices[rows]
    blanks = np.array(slots.level_blanks, dtype=np.int64)
    return Appraisal(
        plan=plan.model_dump_json(),
        pupils=pupils,
        most=min([math.floor(generator.bound + ROUNDED) + beside, *_proven(result)]),
        free=tuple((network.free_cards - _delivered(network, sent)).tolist()),
        promised=tuple((network.allowance - engine.promised.blanks).tolist()),
        drawn=tuple((network.allowance - engine.incumbent.state.blanks).tolist()),
        base=generator.bound + beside - float(prices @ blanks),
        prices=tuple(
            (end, price)
            for end, price in zip(slots.level_ends, prices.tolist(), strict=True)
            if price > 0
        ),
    )


def _proven(result: Result) -> list[int]:
    """A bound by solve() on the pupils alone, where no tier comes before them."""
    first = result.tiers[0]
    return [first.bound] if first.term == "students" and first.bound is not None else []


def _delivered(network: Network, sent: Sequence[Delivery]) -> IntArray:
    """Cards sent up to each day, [D]."""
    cards = np.zeros(network.days, dtype=np.int64)
    for one in sent:
        day = max(0, (one.date - network.first_day).days)
        if day < network.days:
            cards[day:] += one.cards
    return cards
