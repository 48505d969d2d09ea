"""Plans with one more promise: made quickly from a plan, or the best by the exact model."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ektp_sched.domain import Plan, Problem, Visit, WeightedTerm
from ektp_sched.engine.bounds import Bounds
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.cpsat import improve
from ektp_sched.engine.exact.model import CompactModel, arcs_of
from ektp_sched.engine.instance import FixedVisit, Network, build_network, index_visits, visit_of
from ektp_sched.engine.search.insertion import first_plan
from ektp_sched.engine.search.openings import NOON, Openings
from ektp_sched.engine.search.pupils import topped_up, within_blanks
from ektp_sched.errors import BrokenPlanError
from ektp_sched.rulebook import Report, check
from ektp_sched.solve.canonical import canonical_plan
from ektp_sched.solve.result import Tier, sum_of
from ektp_sched.solve.solver import EXACT_ARCS
from ektp_sched.solve.warm_up import compile_first_plan

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
        openings = Openings(self.network, self.problem.policy.tiers, s, self.visits).found()
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
        kept = within_blanks(network, visits, firm=frozenset(network.confirmed))
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
        fuller = topped_up(network, policy, kept, firm=firm)
        return first_plan(network, policy, Budget(FILLING_UP), keep=fuller)


def promise_of(problem: Problem, network: Network, visit: FixedVisit) -> tuple[Visit, Problem]:
    """A visit as a promise, and the problem that holds it."""
    promise = visit_of(problem, network, visit).model_copy(update={"status": "confirmed"})
    commitments = (*problem.commitments, promise)
    return promise, problem.model_copy(update={"commitments": commitments})


def judged(problem: Problem, plan: Plan, promise: Visit, *, published: Plan) -> Placed:
    """A plan with what the checker says to it, whether it breaks rules or not."""
    report = check(problem, plan, baseline=published)
    rank = tuple(sum_of(tier, report.score) for tier in problem.policy.tiers)
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


HALVES = ((0, NOON), (NOON, 24 * 60))
WhereAndWhen = tuple[int, int, int]  # team-day, first and last minute at which it may begin


@dataclass(slots=True)
class Requiring:
    """Exact answers about problems that are small enough; see `Placing` for the parameters."""

    problem: Problem
    plan: Plan
    budget: Budget
    network: Network = field(init=False)
    published: tuple[FixedVisit, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.network = build_network(self.problem)
        team_days = self.network.team_day_at
        self.published = index_visits(self.problem, self.plan.visits, team_days)

    @property
    def fits(self) -> bool:
        """Whether the problem is small enough for the exact model."""
        return arcs_of(self.network) <= EXACT_ARCS

    def found(self, school: str) -> Iterator[Placed]:
        """For each half of a team-day the best plan with a new visit of the school, if proven."""
        s = self.network.school_ids.index(school)
        taken = {visit.team_day for visit in self.network.confirmed if visit.school == s}
        for j in range(self.network.team_days):
            if s in self.network.options(j) and j not in taken:
                for since, until in HALVES:
                    placed = self._best(s, (j, since, until))
                    if placed is not None:
                        yield placed

    def _best(self, school: int, wanted: WhereAndWhen) -> Placed | None:
        team_day, since, until = wanted
        policy = _then_stable(self.problem.policy.tiers)
        model = CompactModel(self.network, policy, self.published)
        model.keep_stays_short()
        model.require(school=school, team_day=team_day, since=since, until=until)
        bounds = Bounds(len(policy))
        visits, reached, _ = improve(
            model, self.budget, gap=0, start=None, report=lambda *_: None, bounds=bounds
        )
        proven = len(reached) == len(policy) and all(
            bounds.best(tier, reached) == value for tier, value in enumerate(reached)
        )
        return self._placed(visits, school, team_day) if visits and proven else None

    def _placed(self, visits: list[FixedVisit], school: int, team_day: int) -> Placed:
        (at,) = (v for v in visits if (v.school, v.team_day) == (school, team_day))
        promise, problem = promise_of(self.problem, self.network, at)
        network = replace(self.network, confirmed=(*self.network.confirmed, at))
        plan = canonical_plan(problem, network, visits, unchanged=self.published)
        placed = judged(problem, plan, promise, published=self.plan)
        if not placed.report.ok:
            raise BrokenPlanError("The exact model's plan breaks rules; a fault of ektp-sched.")
        return placed


def _then_stable(policy: Sequence[Tier]) -> Sequence[Tier]:
    """The tiers, and of plans that are alike in them those that leave more of the plan as it is."""
    if any(item.term == "changes" for tier in policy for item in tier):
        return policy
    return (*policy, (WeightedTerm(term="changes"),))
