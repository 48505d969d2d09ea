"""The search for the best plan near a published one, and what keeps it near."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ektp_sched.desk.differences import diff_plans
from ektp_sched.desk.promises import FIRM, committed_to, place_of
from ektp_sched.desk.replan.result import result_of
from ektp_sched.desk.searching import Search, as_agreed
from ektp_sched.domain import Closed, Plan, Policy, Problem, School, Team, Visit, WeightedTerm
from ektp_sched.errors import BrokenPlanError
from ektp_sched.rulebook import check, score_of
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.solve import Result
from ektp_sched.solve.result import sum_of

# A visit that stands is changed only where that records at least so many pupils more.
PUPILS_PER_CHANGE = 10
MOST_WEIGHT = 1_000_000
ABOUT_PUPILS = frozenset({"students", "shortfall", "schools"})


def steady(policy: Policy) -> Policy:
    """The policy with T8 (changes) in it: as it was stated, else beside the pupils recorded.

    In the tier of `students` a change counts as much as PUPILS_PER_CHANGE pupils. A policy that
    does not count pupils gets T8 after its last tier about pupils or schools.
    """
    tiers = list(policy.tiers)
    terms = [item.term for tier in tiers for item in tier]
    if "changes" in terms:
        return policy
    for number, tier in enumerate(tiers):
        for item in tier:
            if item.term == "students":
                weight = min(MOST_WEIGHT, item.weight * PUPILS_PER_CHANGE)
                tiers[number] = (*tier, WeightedTerm(term="changes", weight=weight))
    if "students" not in terms:
        about = [n for n, tier in enumerate(tiers) if any(i.term in ABOUT_PUPILS for i in tier)]
        tiers.insert(max(about, default=-1) + 1, (WeightedTerm(term="changes"),))
    return policy.model_copy(update={"tiers": tuple(tiers)})


def without_changes(policy: Policy) -> Policy:
    """The policy without T8, as for planning afresh; unchanged where it has nothing else."""
    left = (tuple(i for i in tier if i.term != "changes") for tier in policy.tiers)
    tiers = tuple(tier for tier in left if tier)
    return policy.model_copy(update={"tiers": tiers}) if tiers else policy


def with_policy(problem: Problem, policy: Policy) -> Problem:
    """The same problem with another policy."""
    return problem.model_copy(update={"policy": policy})


def rank(problem: Problem, policy: Policy, plan: Plan, published: Plan) -> tuple[int, ...]:
    """A tuple that is larger for a better plan, tier before tier."""
    score = score_of(problem, plan, baseline=published)
    return tuple(sum_of(tier, score) for tier in policy.tiers)


def quiet_until(problem: Problem, frozen_until: date | None) -> date:
    """The first date on which new visits can be: none frozen, and after the last visit done."""
    done = (visit.date for visit in problem.commitments if visit.status == "done")
    after = [day + timedelta(days=1) for day in done]
    return max([problem.start, *after, *([frozen_until] if frozen_until else [])])


def quietened(problem: Problem, held: Iterable[Visit], until: date) -> Problem:
    """The problem without room for new visits before a date: all are off but for held visits."""
    busy = {
        (name, visit.date)
        for visit in held
        if visit.status != "done"
        for name in (("team", visit.team), ("school", visit.school))
    }
    quiet = [day for day in horizon(problem) if day < until]

    def idle(kind: str, name: str) -> tuple[Closed, ...]:
        return tuple(Closed(start=d, end=d) for d in quiet if ((kind, name), d) not in busy)

    def rested(team: Team) -> Team:
        return team.model_copy(update={"off": (*team.off, *idle("team", team.id))})

    def closed(school: School) -> School:
        return school.model_copy(update={"closed": (*school.closed, *idle("school", school.id))})

    return problem.model_copy(
        update={
            "teams": tuple(map(rested, problem.teams)),
            "schools": tuple(map(closed, problem.schools)),
        }
    )


# Of the time left each: filling what stands, planning all that is changed already, planning afresh,
# and, where the problem is small, everything with T8.
FILL_SHARE, FREE_SHARE, FRESH_SHARE, EXACT_SHARE = 0.2, 0.3, 0.6, 0.7
ROUNDS = 4  # of letting go a few published visits, in what is left then
FEW = 8  # visits let go at once where no number of changes is given


@dataclass(slots=True)
class NearPlan:
    """The best plan around what stands of a published one.

    Solves hold visits that stand, as if they were confirmed, and so never change more of them than
    they are given; the best plan of all solves is taken. The column search leaves T8 aside, which
    is why the plan stays near by what is held rather than by what is aimed at.

    Parameters
    ----------
    carrying
        The problem after the changes with the published visits among its commitments.
    held, kept
        What stands: visits that must stay, and others that can.
    until
        Before this date nothing is new, and what stands stays.
    """

    search: Search
    carrying: Problem
    held: list[Visit]
    kept: list[Visit]
    max_changes: int | None
    until: date
    problem: Problem = field(init=False)  # with what is promised as its commitments
    open: Problem = field(init=False)  # the same, without room for what is new before `until`
    steady: Problem = field(init=False)  # the same as `open`, with T8 in its policy
    published: Plan = field(init=False)
    forced: int = field(init=False)
    best: Plan = field(init=False)
    fresh: Result = field(init=False)
    exact: Result | None = None  # of the whole problem with T8, where it is small

    def __post_init__(self) -> None:
        self.problem = committed_to(self.carrying, (v for v in self.held if v.status in FIRM))
        self.held = [*self.held, *(visit for visit in self.kept if visit.date < self.until)]
        self.kept = [visit for visit in self.kept if visit.date >= self.until]
        self.open = quietened(self.problem, self.held, self.until)
        self.steady = with_policy(self.open, steady(self.problem.policy))
        self.published = Plan(visits=self.carrying.commitments)
        self.best = as_agreed(Plan(visits=(*self.held, *self.kept)), self.held)
        self.forced = self._changes(self.best)
        if broken := check(self.problem, self.best).violations:
            raise BrokenPlanError("\n".join(one.message for one in broken))

    def run(self) -> None:
        """Fill what stands, plan afresh, and look for what is worth changing."""
        self._consider(self._solve(self.steady, self.best.visits, FILL_SHARE))
        self._consider(self._solve(self.steady, self._intact(), FREE_SHARE))
        afresh = with_policy(self.open, without_changes(self.problem.policy))
        self.fresh = self._solve(afresh, self.held, FRESH_SHARE)
        self._consider(self.fresh)
        if self.fresh.method == "exact":
            self.exact = self._solve(self.steady, self.held, EXACT_SHARE)
            self._consider(self.exact)
        self._let_some_go()

    def result(self) -> Result:
        """The outcome for the best plan."""
        if self.exact is not None and self._as_good(self.exact):
            elapsed = self.search.budget.elapsed
            return self.exact.model_copy(update={"plan": self.best, "runtime_seconds": elapsed})
        return result_of(self.steady, self.best, self.published, self.fresh, self.search)

    def _solve(self, problem: Problem, held: Sequence[Visit], share: float) -> Result:
        """Plan around visits that stay, from the best plan so far."""
        return self.search.solve(
            problem, held, share=share, start=self.best, published=self.published
        )

    def _consider(self, result: Result) -> None:
        """Take a plan if it is better than the best so far and changes no more than it may."""
        if result.plan is None:
            return
        plan = as_agreed(result.plan, self.held)
        better = self._rank(plan) > self._rank(self.best)
        if better and self._changes(plan) <= self._most and check(self.problem, plan).ok:
            self.best = plan

    def _let_some_go(self) -> None:
        """Plan around all but a few published visits, those near a date, again and again."""
        random, days = Random(self.search.budget.seed), horizon(self.problem)
        for left in range(ROUNDS, 0, -1):
            allowance = self._most - self._changes(self.best)
            if self.max_changes is None:
                allowance = min(FEW, allowance)
            if allowance <= 0 or self.search.over or self._proven:
                break
            day, must_stay = random.choice(days), _places(self.held)
            movable = (v for v in self._intact() if place_of(v) not in must_stay)
            near = sorted(movable, key=lambda v: (abs(v.date - day), random.random()))
            gone = _places(near[:allowance])
            stay = [visit for visit in self._intact() if place_of(visit) not in gone]
            self._consider(self._solve(self.steady, stay, 1 / left))

    def _intact(self) -> list[Visit]:
        """Visits of the best plan that must stay or are as they were published."""
        must_stay = _places(self.held)
        kept = _places(diff_plans(self.published, self.best).kept)
        return [v for v in self.best.visits if place_of(v) in must_stay or place_of(v) in kept]

    def _as_good(self, result: Result) -> bool:
        """Whether the best plan is worth as much as that of a result."""
        return result.plan is not None and self._rank(result.plan) == self._rank(self.best)

    @property
    def _proven(self) -> bool:
        """Whether the plan cannot be better, whatever were changed."""
        exact = self.exact
        return exact is not None and exact.stopped_by == "optimal" and self._as_good(exact)

    @property
    def _most(self) -> int:
        """Visits of the published plan that may be changed."""
        everything = len(self.published.visits)
        return everything if self.max_changes is None else max(self.max_changes, self.forced)

    def _changes(self, plan: Plan) -> int:
        return diff_plans(self.published, plan).changes

    def _rank(self, plan: Plan) -> tuple[int, ...]:
        return rank(self.problem, self.steady.policy, plan, self.published)


def _places(visits: Iterable[Visit]) -> set[Hashable]:
    return {place_of(visit) for visit in visits}
