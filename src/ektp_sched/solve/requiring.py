"""The best plan with a visit of one school on one half of a team-day, proven by the exact model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ektp_sched import compact
from ektp_sched.bounds import Bounds
from ektp_sched.budget import Budget
from ektp_sched.domain import Plan, Problem, WeightedTerm
from ektp_sched.errors import BrokenPlanError
from ektp_sched.lexicographic import improve
from ektp_sched.network import FixedVisit, Network, build_network, index_visits
from ektp_sched.solve.canonical import canonical_plan
from ektp_sched.solve.placing import NOON, Placed, judged, promise_of
from ektp_sched.solve.solver import EXACT_ARCS
from ektp_sched.solve.tiers import Tier

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
        return compact.arcs_of(self.network) <= EXACT_ARCS

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
        model = compact.CompactModel(self.network, policy, self.published)
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
