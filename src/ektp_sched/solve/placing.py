"""Plans with one more promise, made from a plan that is there: quick and checked, not the best."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ektp_sched import master
from ektp_sched.budget import Budget
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.network import FixedVisit, Network, build_network, index_visits, visit_of
from ektp_sched.rulebook import Report, check
from ektp_sched.solve import tiers
from ektp_sched.solve.canonical import canonical_plan
from ektp_sched.solve.warm_up import compile_first_plan

NOON = master.NOON
FILLING_UP = 3600.0  # seconds, a limit that filling up a plan never comes near


@dataclass(frozen=True, slots=True)
class Placed:
    """A plan, what the checker says to it, and the visit that was put into it, as a promise.

    `rank` is each tier of the plan as a sum to be maximised: larger is better.
    """

    visit: Visit
    plan: Plan
    report: Report
    rank: tuple[int, ...]


@dataclass(slots=True)
class Placing:
    """Visits put into a plan, one at a time, each as if it were promised.

    Parameters
    ----------
    problem
        Its commitments are all that must stay of the plan.
    plan
        One that breaks no rule; its contingent visits are left aside. T8 compares with it.
    """

    problem: Problem
    plan: Plan
    network: Network = field(init=False)
    visits: tuple[FixedVisit, ...] = field(init=False)  # to come, promised ones too

    def __post_init__(self) -> None:
        compile_first_plan()
        self.network = build_network(self.problem)
        firm = (visit for visit in self.plan.visits if visit.status in {"proposed", "confirmed"})
        self.visits = index_visits(self.problem, firm, self.network.team_day_at)

    def found(self, school: str, *, most: int) -> Iterator[Placed]:
        """Plans with the school's own proposed visits, and with visits in `most` openings."""
        s = self.network.school_ids.index(school)
        promised = set(self.network.confirmed)
        own = [v for v in self.visits if v.school == s and v not in promised]
        openings = master.Openings(self.network, self.problem.policy.tiers, s, self.visits).found()
        tries = [*((visit, self.visits) for visit in own)]
        tries += [(one.visit, (one.visit, *one.others)) for one in openings[:most]]
        for visit, visits in tries:
            placed = self._placed(visit, visits)
            if placed is not None:
                yield placed

    def _placed(self, visit: FixedVisit, visits: Sequence[FixedVisit]) -> Placed | None:
        """The plan with as much of `visits` as all rules and `visit` allow, filled up again."""
        network = dataclasses.replace(self.network, confirmed=(*self.network.confirmed, visit))
        promise, problem = promise_of(self.problem, network, visit)
        kept = master.within_blanks(network, visits, firm=frozenset(network.confirmed))
        while kept is not None:
            filled = self._filled_up(network, kept)
            plan = canonical_plan(problem, network, filled, settled=self.visits)
            placed = judged(problem, plan, promise, published=self.plan)
            if placed.report.ok:
                return placed
            kept = _without_culprits(problem, network, placed)
        return None

    def _filled_up(self, network: Network, kept: Sequence[FixedVisit]) -> list[FixedVisit]:
        policy, firm = self.problem.policy.tiers, frozenset(network.confirmed)
        fuller = master.topped_up(network, policy, kept, firm=firm)
        return master.first_plan(network, policy, Budget(FILLING_UP), keep=fuller)


def promise_of(problem: Problem, network: Network, visit: FixedVisit) -> tuple[Visit, Problem]:
    """A visit as a promise, and the problem that holds it."""
    promise = visit_of(problem, network, visit).model_copy(update={"status": "confirmed"})
    commitments = (*problem.commitments, promise)
    return promise, problem.model_copy(update={"commitments": commitments})


def judged(problem: Problem, plan: Plan, promise: Visit, *, published: Plan) -> Placed:
    """A plan with what the checker says to it, whether it breaks rules or not."""
    report = check(problem, plan, baseline=published)
    rank = tuple(tiers.sum_of(tier, report.score) for tier in problem.policy.tiers)
    return Placed(promise, plan, report, rank)


def _without_culprits(
    problem: Problem, network: Network, placed: Placed
) -> list[FixedVisit] | None:
    """The plan's visits to come but those that break a rule; None where only promises do."""
    culprits = {number for fault in placed.report.violations for number in fault.visits}
    live = [pair for pair in enumerate(placed.plan.visits) if pair[1].status != "done"]
    stay = [v for number, v in live if number not in culprits or v.status == "confirmed"]
    if len(stay) == len(live):
        return None
    return list(index_visits(problem, stay, network.team_day_at))
