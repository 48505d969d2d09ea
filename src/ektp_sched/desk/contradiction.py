"""contradiction(): a smallest set of promises that cannot all be kept."""

from collections.abc import Iterator, Sequence
from typing import Literal

from ektp_sched.desk.promises import FIRM, committed_to, in_order
from ektp_sched.desk.searching import budget_of, solve_within
from ektp_sched.domain import EstimatedTravel, Plan, Problem, Visit
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.rulebook import Violation, check
from ektp_sched.rulebook.report import violations_table
from ektp_sched.solve import Progress, Result
from ektp_sched.texts.language import _

SHARE = 0.2

Answer = Literal["kept", "refused", "unknown"]


class Contradiction(Shown):
    """Commitments that cannot all be kept, and the rules at which they fail.

    `visits` are done or confirmed visits of the problem. `violations` are those of the plan of
    these visits alone; their numbers count in `visits`. `minimal` says that it was shown for each
    visit that the others can be kept without it; it is False where time ended before.
    """

    visits: tuple[Visit, ...]
    violations: tuple[Violation, ...]
    minimal: bool

    def _shown(self) -> Iterator[str | Table]:
        yield _("These visits cannot all be kept:")
        yield visits_table(self.visits)
        yield violations_table(self.violations)


def contradiction(
    problem: Problem,
    *,
    time_limit: float = 20,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> Contradiction | None:
    """Find a smallest set of commitments that contradict each other or the rules.

    Visits are left out one by one; a set that still cannot be kept goes on, until each of its
    visits is needed. There may be other such sets: mend this one and ask again.

    Parameters
    ----------
    time_limit
        Seconds in all; a deterministic run counts the solvers' units of work for each solve and
        has no limit in all.

    Returns
    -------
    Contradiction or None
        None where all commitments can be kept, or where the time did not show that they cannot.

    Raises
    ------
    SettingsError
        A number is out of range.
    """
    budget = budget_of(
        time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
    )
    ask = _Question(problem, budget, time_limit * SHARE)
    promises = sorted((v for v in problem.commitments if v.status in FIRM), key=in_order)
    if ask.answer(promises) != "refused":
        return None
    found, minimal = _least(ask, _first_guess(ask, promises))
    return Contradiction(visits=tuple(found), violations=ask.violations(found), minimal=minimal)


class _Question:
    """Whether some promises can be kept all together, whatever else is planned."""

    def __init__(self, problem: Problem, budget: Budget, limit: float) -> None:
        self._problem = problem
        self._limit = limit
        self.budget = budget

    def answer(self, visits: Sequence[Visit]) -> Answer:
        """Kept by a plan that is known, refused by a proof, or unknown within the time."""
        if not self.violations(visits):
            return "kept"  # they are such a plan
        result = self._solved(visits)
        if result.plan is not None:
            return "kept"
        return "refused" if result.status == "infeasible" else "unknown"

    def violations(self, visits: Sequence[Visit]) -> tuple[Violation, ...]:
        """The rules that the plan of these visits alone breaks."""
        return check(committed_to(self._problem, visits), Plan(visits=tuple(visits))).violations

    def _solved(self, visits: Sequence[Visit]) -> Result:
        """Solve until a first plan is there."""
        token = CancelToken()

        def stop_at_first(step: Progress) -> None:
            if step.value is not None or self.budget.token.cancelled:
                token.cancel()

        return solve_within(
            self.budget,
            self._around(visits),
            max(1e-3, min(self._limit, self.budget.remaining)),
            on_progress=stop_at_first,
            cancel=token,
        )

    def _around(self, visits: Sequence[Visit]) -> Problem:
        """The problem with these promises, and only their schools where others cannot help.

        A plan that keeps them still does without its visits to other schools, unless a way by
        another school is quicker than the direct one.
        """
        problem, travel = committed_to(self._problem, visits), self._problem.travel
        if not isinstance(travel, EstimatedTravel) or travel.overrides:
            return problem
        names = {visit.school for visit in visits}
        schools = tuple(school for school in problem.schools if school.id in names)
        policy = problem.policy.model_copy(update={"floors": ()})
        return problem.model_copy(update={"schools": schools, "policy": policy})


def _first_guess(ask: _Question, promises: list[Visit]) -> list[Visit]:
    """The visits that the first broken rule names, if they are enough; else all."""
    for violation in ask.violations(promises):
        some = [promises[number] for number in violation.visits]
        if some and ask.answer(some) == "refused":
            return some
    return promises


def _least(ask: _Question, visits: list[Visit]) -> tuple[list[Visit], bool]:
    """Leave visits out as long as the rest is refused; whether each that stays is needed.

    History does not only take: without a done visit others may break R10. So whenever a visit is
    left out, all that stay are asked again.
    """
    minimal, number = True, 0
    while number < len(visits) and len(visits) > 1:
        if ask.budget.over:
            return visits, False
        rest = visits[:number] + visits[number + 1 :]
        answer = ask.answer(rest)
        if answer == "refused":
            visits, minimal, number = rest, True, 0
        else:
            minimal = minimal and answer == "kept"
            number += 1
    return visits, minimal
