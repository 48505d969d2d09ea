"""why_left_over(): for every school that is not fully served, why."""

from ektp_sched.budget import Budget, CancelToken
from ektp_sched.desk.explaining.overview import cases_left_over, likely_reason
from ektp_sched.desk.explaining.reasons import reasons
from ektp_sched.desk.explaining.serving import Serving
from ektp_sched.desk.explaining.values import Reason
from ektp_sched.desk.searching import budget_of
from ektp_sched.domain import Plan, Problem

# What a school needs at least for more than its likeliest reason, in seconds, and the share of it
# that a single solve may take.
LEAST = 4.0
SHARE = 0.25


def why_left_over(
    problem: Problem,
    plan: Plan,
    *,
    time_limit: float = 0,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> dict[str, tuple[Reason, ...]]:
    """Say why pupils are left over, by the id of their school, most pupils left first.

    The time is shared out evenly. Where that would be too little to find anything, the schools with
    most pupils left get what they need, one after the other. A school for which nothing else is
    found has its likeliest reason; explain() looks deeper into a single one. Contingent visits are
    left out.

    Parameters
    ----------
    time_limit
        Seconds in all, or units of work as in explain(). With 0 nothing is solved: each school has
        its likeliest reason, at once.
    seed, workers, deterministic
        As in explain().
    cancel
        Stops the search from another thread; schools still to come have their likeliest reason.

    Raises
    ------
    RequestError
        The plan breaks rules.
    PlanError
        The plan names what the problem does not know.
    SettingsError
        A number is out of range.
    """
    cases, whole = cases_left_over(problem, plan), Budget(0)
    if time_limit:
        whole = budget_of(
            time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
        )
    found: dict[str, tuple[Reason, ...]] = {}
    for turn, case in enumerate(cases):
        share = Budget(
            min(whole.remaining, max(LEAST, whole.remaining / (len(cases) - turn))),
            token=whole.token,
            deterministic=whole.deterministic,
            workers=whole.workers,
            seed=whole.seed,
        )
        case.serving = Serving(share, SHARE)
        found[case.school.id] = (() if share.over else reasons(case)) or (likely_reason(case),)
        whole.charge(share.used)
    return found
